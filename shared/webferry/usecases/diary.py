"""The diary of a run: its log, shown while it grows."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from webferry.domain.errors import ErrorCode, PageError, Unavailable
from webferry.domain.runs import Level, LogLine
from webferry.ports import Clock
from webferry.usecases.keep_papers import KeepPapers

MAX_LINES = 2000
MAX_MESSAGE_LENGTH = 1000
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

    async def begin(self, *, may_be_repeated: bool) -> None:
        """Go on with what an earlier attempt has written.

        Raises: BrokenOff: once begun, this run must not begin again; Unavailable.
        """
        self.lines = list(await asyncio.to_thread(self.papers.noted, self.run_id))
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
                self.lines.append(LogLine(line.at_ms, line.level, text))

    async def show(self) -> None:
        """Let the owner see it; a run does not fail because nobody can look."""
        try:
            await asyncio.to_thread(self.papers.note, self.run_id, self.lines)
        except Unavailable:
            _log.warning("the log of a run cannot be shown", exc_info=True)
