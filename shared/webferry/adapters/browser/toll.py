"""What is decided about single requests: which are not made, which carry the caller's headers."""

from dataclasses import dataclass
from typing import Any

from webferry.adapters.egress.guard import Target
from webferry.domain.pages import PageRequest
from webferry.domain.rendering import Asset, RenderOrder

Params = dict[str, Any]
_FETCH_TYPES = {Asset.FONTS: "Font", Asset.MEDIA: "Media", Asset.IMAGES: "Image"}


@dataclass(frozen=True, slots=True)
class Toll:
    """Only requests that match a pattern are stopped for a decision: each stop costs time."""

    origin: str
    page: PageRequest
    not_fetched: frozenset[Asset]

    @classmethod
    def of(cls, order: RenderOrder, target: Target) -> "Toll":
        """The decisions of an order."""
        return cls(f"{target.scheme}://{target.authority}/", order.page, order.not_fetched)

    @property
    def patterns(self) -> list[Params]:
        """The requests to stop."""
        stopped: list[Params] = [
            {"resourceType": _FETCH_TYPES[asset]} for asset in sorted(self.not_fetched)
        ]
        return [*stopped, {"urlPattern": "*"}] if self.page.headers else stopped

    @property
    def cookies(self) -> list[Params]:
        """The caller's cookies, for the page's own host."""
        return [
            {"name": name, "value": value, "url": self.origin} for name, value in self.page.cookies
        ]

    def decide(self, paused: Params) -> tuple[str, Params]:
        """What to tell DevTools about a stopped request."""
        request = {"requestId": paused["requestId"]}
        if paused["resourceType"] in {_FETCH_TYPES[asset] for asset in self.not_fetched}:
            return "Fetch.failRequest", request | {"errorReason": "BlockedByClient"}
        sent: dict[str, str] = paused["request"]["headers"]
        ours = {name.lower(): (name, value) for name, value in self.page.headers}
        # A request that was redirected still has what it was given: strangers get it taken away.
        kept = {name: value for name, value in sent.items() if name.lower() not in ours}
        if str(paused["request"]["url"]).startswith(self.origin):
            kept |= dict(ours.values())
        elif len(kept) == len(sent):
            return "Fetch.continueRequest", request
        headers = [{"name": name, "value": value} for name, value in kept.items()]
        return "Fetch.continueRequest", request | {"headers": headers}
