"""What a page has asked the network for: its own document, and what it still waits for."""

from dataclasses import dataclass, field
from typing import Any

Params = dict[str, Any]

# What a page's content can depend on; pictures, styles and beacons are not waited for.
_AWAITED = {"Fetch", "XHR", "Script"}
# The same address asked for the fourth time is a habit, not a wait.
POLLED_AFTER = 3
# A page that asks for more than this gets none of them remembered.
MAX_ADDRESSES = 2_000
URL_CHARACTERS = 8 * 1024
# A channel that never speaks must not hold the page for long.
CHANNEL_PATIENCE_MS = 3_000


@dataclass(slots=True)
class Document:
    """The main document's answer."""

    url: str
    status: int = 0
    content_type: str = ""
    error: str = ""


@dataclass(slots=True)
class Traffic:
    """Fed with DevTools' Network events; `frame` is the page's main frame."""

    frame: str
    document: Document | None = None
    navigations: int = 0
    _pending: dict[str, str] = field(default_factory=dict)
    _times_asked: dict[str, int] = field(default_factory=dict)
    _channels: dict[str, float] = field(default_factory=dict)

    def take(self, event: str, params: Params, at_ms: float) -> None:
        """One event."""
        request = params.get("requestId", "")
        match event:
            case "requestWillBeSent":
                self._sent(request, params, at_ms)
            case "responseReceived" if params.get("type") == "Document":
                self._answered(params)
            case "loadingFinished":
                self._done(request)
            case "loadingFailed":
                self._failed(request, params)
            case "webSocketCreated":
                self._channels[request] = at_ms
            case "webSocketFrameReceived" | "eventSourceMessageReceived" | "webSocketClosed":
                self._done(request)
            case _:
                pass

    def restart(self) -> None:
        """The page has given way to another: whatever it waited for, nobody does any more."""
        own = {request for request, url in self._pending.items() if url == self.frame}
        self._pending = dict.fromkeys(own, self.frame)
        self._channels.clear()

    def pending(self, now_ms: float) -> int:
        """How many answers the page waits for, habits and silent channels left out."""
        asked = sum(
            url == self.frame or self._times_asked.get(url, 0) <= POLLED_AFTER
            for url in self._pending.values()
        )
        opened = sum(now_ms - since < CHANNEL_PATIENCE_MS for since in self._channels.values())
        return asked + opened

    def _sent(self, request: str, params: Params, at_ms: float) -> None:
        kind, url = params.get("type"), str(params["request"]["url"])[:URL_CHARACTERS]
        if kind == "Document" and params.get("frameId") == self.frame:
            self.document = Document(url)
            self.navigations += "redirectResponse" not in params
            self._pending[request] = self.frame
        elif kind == "EventSource":
            self._channels[request] = at_ms
        elif kind in _AWAITED and request not in self._pending:
            self._pending[request] = url
            if len(self._times_asked) < MAX_ADDRESSES:
                self._times_asked[url] = self._times_asked.get(url, 0) + 1

    def _answered(self, params: Params) -> None:
        if params.get("frameId") != self.frame:
            return
        response = params["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        self.document = Document(
            url=str(response["url"]),
            status=int(response["status"]),
            content_type=str(headers.get("content-type", response.get("mimeType", ""))),
        )

    def _failed(self, request: str, params: Params) -> None:
        if self._pending.get(request) == self.frame and self.document is not None:
            self.document.error = str(params.get("errorText", ""))
        self._done(request)

    def _done(self, request: str) -> None:
        self._pending.pop(request, None)
        self._channels.pop(request, None)
