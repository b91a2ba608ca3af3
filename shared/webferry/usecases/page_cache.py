"""Remembers pages for a while: asked for together, written together, and never to be relied on."""

import asyncio
import logging
import zlib
from dataclasses import dataclass, field

from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.kept_pages import KEPT_MS, KeptPage, KeptPlace
from webferry.domain.parts import InlineBody, StoredBody
from webferry.ports import Chance, PageShelf
from webferry.usecases.recent_bodies import RecentBodies

INLINE_BYTES = 8 * 1024
MAX_PACKED_BYTES = 4 * 1024 * 1024
# What waits to be written; beyond it nobody waits for the end of a batch.
MAX_WAITING = 25
MAX_WAITING_BYTES = 16 * 1024 * 1024
# All but a tenth of what level 6 saves, in a fifth of its time.
ZLIB_LEVEL = 2
_log = logging.getLogger(__name__)


@dataclass
class PageCache:
    """A fault of it is a page fetched anew: a warning, and nothing a caller would notice."""

    shelf: PageShelf
    chance: Chance
    _waiting: dict[str, KeptPage] = field(default_factory=dict)
    _recent: RecentBodies = field(default_factory=RecentBodies)
    _asked: set[str] = field(default_factory=set)
    _round: asyncio.Task[dict[str, KeptPlace]] | None = None

    async def find(self, name: str, fetched_after_ms: int) -> KeptPage | None:
        """The page of this name, unless it is older."""
        try:
            place = (await asyncio.shield(self._look_up(name))).get(name)
            if place is None or place.fetched_at_ms <= fetched_after_ms:
                return None
            packed = await self._packed(place)
            return KeptPage.of(zlib.decompress(packed))
        except (NotFound, Unavailable, ValueError, TypeError, KeyError, zlib.error):
            _log.warning("a kept page could not be read", exc_info=True)
            return None

    async def keep(self, name: str, page: KeptPage) -> None:
        """Remember a page; it is written with the next `flush` at the latest."""
        self._waiting[name] = page
        size = sum(len(each.html) for each in self._waiting.values())
        if len(self._waiting) >= MAX_WAITING or size > MAX_WAITING_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Write what waits: one request for the small pages, one more if there are large ones."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            await asyncio.to_thread(self._write, waiting)
        except Unavailable:
            _log.warning("pages could not be kept", exc_info=True)

    def _look_up(self, name: str) -> asyncio.Task[dict[str, KeptPlace]]:
        """Whoever asks in the same round of the loop asks in the same request."""
        if self._round is None:
            self._round = asyncio.get_running_loop().create_task(self._ask())
        self._asked.add(name)
        return self._round

    async def _ask(self) -> dict[str, KeptPlace]:
        await asyncio.sleep(0)
        asked, self._asked, self._round = self._asked, set(), None
        return await asyncio.to_thread(self.shelf.find, asked)

    async def _packed(self, place: KeptPlace) -> bytes:
        if isinstance(place.body, InlineBody):
            return place.body.content
        packed = self._recent.get(place.body)
        if packed is None:
            packed = await asyncio.to_thread(self.shelf.read, place.body)
            self._recent.put(place.body, packed)
        return packed

    def _write(self, pages: dict[str, KeptPage]) -> None:
        key, stored = f"cached/{self.chance.base62(24)}", bytearray()
        places: dict[str, KeptPlace] = {}
        for name, page in pages.items():
            packed = zlib.compress(page.content(), ZLIB_LEVEL)
            if len(packed) <= INLINE_BYTES:
                places[name] = KeptPlace(page.fetched_at_ms, InlineBody(packed))
            elif len(packed) <= MAX_PACKED_BYTES:
                body = StoredBody(key, len(stored), len(packed))
                places[name] = KeptPlace(page.fetched_at_ms, body)
                stored += packed
        if stored:
            self.shelf.store(key, bytes(stored))
        self.shelf.put(places, KEPT_MS)
