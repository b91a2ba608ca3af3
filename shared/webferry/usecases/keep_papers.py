"""Keeps what runs leave behind: the papers when they end, the log while they are under way."""

import json
from dataclasses import asdict, dataclass

from webferry.domain.errors import NotFound
from webferry.domain.papers import MAX_PAPER_BYTES, Papers, lines_of
from webferry.domain.runs import LogLine
from webferry.ports import Bodies, Chance

NAME_LENGTH = 24


@dataclass(frozen=True, slots=True)
class KeepPapers:
    """Papers get a name that nobody else has, so a worker thought dead overwrites nothing."""

    bodies: Bodies
    chance: Chance

    def keep(self, run_id: str, papers: Papers) -> str:
        """Where they lie.

        Raises: Unavailable.
        """
        place = f"runs/{run_id}/{self.chance.base62(NAME_LENGTH)}"
        self.bodies.put(place, papers.content())
        return place

    def read(self, place: str) -> Papers:
        """Raises: NotFound, Unavailable."""
        return Papers.of(self.bodies.get(place, 0, MAX_PAPER_BYTES))

    def note(self, run_id: str, lines: list[LogLine]) -> None:
        """Show the log so far.

        Raises: Unavailable.
        """
        content = json.dumps([asdict(line) for line in lines], ensure_ascii=False)
        self.bodies.put(progress_place(run_id), content.encode("utf-8", "replace"))

    def noted(self, run_id: str) -> tuple[LogLine, ...]:
        """The log so far; empty before the first line.

        Raises: Unavailable.
        """
        try:
            content = self.bodies.get(progress_place(run_id), 0, MAX_PAPER_BYTES)
        except NotFound:
            return ()
        return lines_of(json.loads(content))


def progress_place(run_id: str) -> str:
    """Where the log of a run under way lies."""
    return f"runs/{run_id}/progress.json"
