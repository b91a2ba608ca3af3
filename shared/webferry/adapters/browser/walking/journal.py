"""What a walk writes down: its log, the pages it kept, its pictures; no secret stands in any."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from html import escape
from json import dumps
from urllib.parse import quote, quote_plus

from webferry.domain.errors import ErrorCode
from webferry.domain.runs import Level, LogLine
from webferry.domain.walks import Snapshot, StepPicture, Walk
from webferry.ports import Clock

MASK = "•••"
MAX_LINES = 1000
MAX_SNAPSHOTS = 60
MAX_SNAPSHOT_CHARS = 20_000_000
MAX_PICTURES = 30
MAX_PICTURE_BYTES = 20_000_000

# As text, in attributes and in scripts of a page; as part of an address, a query or a form.
_WAYS: tuple[Callable[[str], str], ...] = (
    str,
    escape,
    lambda text: escape(text, quote=False),
    lambda text: escape(text, quote=False).replace('"', "&quot;"),
    lambda text: text.replace("&", "&amp;").replace('"', "&quot;"),
    lambda text: dumps(text)[1:-1],
    lambda text: dumps(text, ensure_ascii=False)[1:-1],
    quote,
    quote_plus,
    lambda text: quote(text, safe="!'()*"),
    lambda text: quote(text, safe="!()*;/?:@&=+$,[]|^`{}%\\"),
    lambda text: quote(text, safe="!'()*;/?:@&=+$,#"),
    lambda text: quote_plus(text, safe="*").replace("~", "%7E"),
    lambda text: b64encode(text.encode()).decode(),
)
Report = Callable[[tuple[LogLine, ...]], None]


def mask_of(secrets: Iterable[str]) -> Callable[[str], str]:
    """Hides the secrets in a text, in all the ways in which pages and addresses write them."""
    told = {each for secret in secrets for each in (secret, secret.strip())}
    written = {way(each) for each in told for way in _WAYS}
    written.discard("")
    longest_first = sorted(written, key=len, reverse=True)

    def mask(text: str) -> str:
        for secret in longest_first:
            text = text.replace(secret, MASK)
        return text

    return mask


class Journal:
    """Bounded in everything: a page decides what is on it, but not how much we carry home."""

    def __init__(self, clock: Clock, mask: Callable[[str], str]) -> None:
        self._clock = clock
        self._lines = list[LogLine]()
        self._snapshots = list[Snapshot]()
        self._pictures = list[StepPicture]()
        self._room_chars = MAX_SNAPSHOT_CHARS
        self._room_bytes = MAX_PICTURE_BYTES
        self.mask = mask
        self.steps_begun = 0

    @property
    def lines(self) -> tuple[LogLine, ...]:
        """The log so far."""
        return tuple(self._lines)

    def write(self, message: str, level: Level = Level.INFO) -> None:
        """Add a line."""
        if len(self._lines) < MAX_LINES:
            self._lines.append(LogLine(self._clock.now_ms(), level, self.mask(message)))

    def keep(self, url: str, html: str) -> bool:
        """Keep a page as it stands; False if there is no more room."""
        room = self._room_chars - len(html)
        if room < 0 or len(self._snapshots) >= MAX_SNAPSHOTS:
            self.write("There is no room for this page beside those before it", Level.WARN)
            return False
        self._room_chars = room
        self._snapshots.append(Snapshot(self.mask(url), self.mask(html)))
        return True

    def show(self, label: str, png: bytes) -> None:
        """Keep a picture."""
        room = self._room_bytes - len(png)
        if room < 0 or len(self._pictures) >= MAX_PICTURES:
            self.write("There is no room for this picture beside those before it", Level.WARN)
            return
        self._room_bytes = room
        self._pictures.append(StepPicture(label, png))

    def walk(self, received_bytes: int, code: ErrorCode | None = None, message: str = "") -> Walk:
        """All of it."""
        return Walk(
            lines=self.lines,
            snapshots=tuple(self._snapshots),
            pictures=tuple(self._pictures),
            code=code,
            message=self.mask(message),
            received_bytes=received_bytes,
        )
