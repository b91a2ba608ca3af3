"""The diary of a run: its log, shown while it grows."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from webferry.domain.errors import ErrorCode, PageError, Unavailable
from webferry.domain.runs import MAX_LINES, MAX_MESSAGE_LENGTH, Level, LogLine
from webferry.ports import Clock
from webferry.usecases.keep_papers import KeepPapers

_AGAIN = "The worker was lost; the run begins again from its first step"
_log = logging.getLogger(__name__)


class BrokenOff(PageError):
    """A worker was lost in the middle of the run, and it may not simply begin again."""

    code = ErrorCode.INTERNAL_ERROR


@dataclass
class Diary:
    """What an attempt before this one wrote stays in it."""

    papers: KeepPapers
    run_id: str
    clock: Clock
    lines: list[LogLine] = field(default_factory=list)
    _before: tuple[LogLine, ...] = ()

    async def begin(self, *, may_be_repeated: bool) -> None:
        """Go on with what an earlier attempt has written.

        Raises: BrokenOff: once begun, this run must not begin again; Unavailable.
        """
        self._before = await asyncio.to_thread(self.papers.noted, self.run_id)
        self.lines = list(self._before)
        if not self.lines:
            self.write("Run started")
        elif not may_be_repeated:
            raise BrokenOff("The worker was lost, and steps that act on a page are not repeated")
        elif any(line.message == _AGAIN for line in self.lines):
            raise BrokenOff("The worker was lost twice")
        else:
            self.write(_AGAIN, Level.WARN)
        await self.show()

    def write(self, message: str, level: Level = Level.INFO) -> None:
        """Add a line."""
        self.add([LogLine(self.clock.now_ms(), level, message)])

    def add(self, lines: Iterable[LogLine]) -> None:
        """Add lines that were written elsewhere."""
        for line in lines:
            if len(self.lines) < MAX_LINES:
                text = line.message[:MAX_MESSAGE_LENGTH]
                # Clocks differ a little from one function to the other; a log goes forward.
                before_ms = self.lines[-1].at_ms if self.lines else 0
                at_ms = max(before_ms, min(line.at_ms, self.clock.now_ms()))
                self.lines.append(LogLine(at_ms, line.level, text))

    async def show(self, walk: str = "") -> None:
        """Let the owner see it, and what a walk adds; a run does not fail as nobody can look."""
        await self._note(self.lines, walk)

    async def forget(self) -> None:
        """This attempt did nothing: the next one begins where it began."""
        await self._note(list(self._before))

    async def _note(self, lines: list[LogLine], walk: str = "") -> None:
        try:
            await asyncio.to_thread(self.papers.note, self.run_id, lines, walk)
        except Unavailable:
            _log.warning("the log of a run cannot be shown", exc_info=True)
