"""Scraping with everything canned: a fetcher, a browser, an album and a shelf in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.unit.test_scrape_page import CannedFetcher, CannedRenderer
from webferry.adapters.system import SystemChance, SystemClock
from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.kept_pages import KeptPlace
from webferry.domain.parts import StoredBody
from webferry.usecases.answer_prompt import AnswerPrompt
from webferry.usecases.scraping import Scraping


@dataclass
class Album:
    """Keeps pictures in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    async def keep(self, content: bytes, kind: str) -> str:
        name = f"{len(self.kept)}.{kind}"
        self.kept[name] = content
        return name

    def link(self, name: str) -> str:
        return f"https://album/{name}"


@dataclass
class Shelf:
    """Keeps pages in memory, counts what it is asked, and can be broken."""

    places: dict[str, KeptPlace] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def find(self, names: Iterable[str]) -> dict[str, KeptPlace]:
        self._called("find")
        return {name: self.places[name] for name in names if name in self.places}

    def put(self, places: Mapping[str, KeptPlace], kept_ms: int) -> None:
        self._called("put")
        self.places |= places

    def read(self, body: StoredBody) -> bytes:
        self._called("read")
        if body.key not in self.objects:
            raise NotFound("Result not found")
        return self.objects[body.key][body.start : body.start + body.length]

    def store(self, key: str, content: bytes) -> None:
        self._called("store")
        self.objects[key] = content

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if name in self.broken:
            raise Unavailable("broken")


class Reversing:
    """Seals by writing backwards, for one owner."""

    def seal(self, text: str, *, owner: str) -> bytes:
        return f"{owner}|{text}"[::-1].encode()

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        kept_for, _, text = sealed.decode()[::-1].partition("|")
        assert kept_for == owner
        return text


class StoppedClock(SystemClock):
    """A clock that a test puts forward."""

    def __init__(self, now_ms: int) -> None:
        self.at_ms = now_ms

    def now_ms(self) -> int:
        return self.at_ms


@dataclass
class Canned:
    """All that a scrape is made with, within reach."""

    fetcher: CannedFetcher = field(default_factory=CannedFetcher)
    renderer: CannedRenderer = field(default_factory=CannedRenderer)
    shelf: Shelf = field(default_factory=Shelf)
    album: Album = field(default_factory=Album)
    clock: StoppedClock = field(default_factory=lambda: StoppedClock(1_710_800_000_500))

    def scraping(self) -> Scraping:
        return Scraping(
            fetcher=lambda: self.fetcher,
            renderer=lambda: self.renderer,
            shelf=self.shelf,
            pictures=self.album,
            sealer=Reversing(),
            answer_prompt=AnswerPrompt(None),
            chance=SystemChance(),
            clock=self.clock,
        )
