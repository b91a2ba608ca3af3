"""What a fetch says of itself to each hop, and what it remembers between hops."""

from dataclasses import dataclass, field, replace

from webferry.adapters.egress.guard import Target
from webferry.adapters.http_bodies import CODINGS
from webferry.adapters.http_exchange import Headers
from webferry.adapters.user_agents import DEVICES
from webferry.domain.pages import HTML_TYPES, PageRequest

_HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
# Of the caller's headers these tell another site nothing it should not know.
_HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
_MAX_COOKIES = 50
_MAX_COOKIE_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Voice:
    """The headers and cookies of one fetch; both are for one origin only."""

    headers: tuple[tuple[str, str], ...]
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether it says something that belongs to a caller."""
        return bool(self.cookies) or any(n.lower() not in _HARMLESS for n, _ in self.headers)

    def heard(self, set_cookies: list[str]) -> "Voice":
        """With the cookies that a hop has set: many a site sends in circles who comes without."""
        jar = dict(self.cookies)
        for line in set_cookies[:_MAX_COOKIES]:
            name, found, value = line.partition(";")[0].partition("=")
            if found and name.strip() and len(line) <= _MAX_COOKIE_CHARACTERS:
                jar[name.strip()] = value.strip()
        return replace(self, cookies=dict(list(jar.items())[:_MAX_COOKIES]))

    def for_strangers(self) -> "Voice":
        """What is left of it for another origin."""
        return Voice(tuple(pair for pair in self.headers if pair[0].lower() in _HARMLESS))


def voice_of(request: PageRequest) -> Voice:
    """What the caller wants said."""
    return Voice(request.headers, dict(request.cookies))


def headers_for(request: PageRequest, voice: Voice) -> Headers:
    """All headers of a hop but its Host."""
    device = DEVICES[request.profile]
    said = {
        "User-Agent": device.user_agent,
        **dict(device.hints),
        "Accept": _accept(request),
        "Accept-Language": "en-US,en;q=0.8",
        "Accept-Encoding": CODINGS,
        "Upgrade-Insecure-Requests": "1",
    }
    if request.known.etag:
        said["If-None-Match"] = request.known.etag
    if request.known.last_modified:
        said["If-Modified-Since"] = request.known.last_modified
    if voice.cookies:
        said["Cookie"] = "; ".join(f"{name}={value}" for name, value in voice.cookies.items())
    spoken = {name.lower(): (name, value) for name, value in said.items()}
    for name, value in voice.headers:
        spoken[name.lower()] = (name, value)
    return [(name.encode(), value.encode("latin-1")) for name, value in spoken.values()]


def same_origin(one: Target, other: Target) -> bool:
    """Whether both are the same site to a browser."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def _accept(request: PageRequest) -> str:
    if request.media_types == HTML_TYPES:
        return _HTML
    return ",".join([*sorted(request.media_types), "*/*;q=0.1"])
