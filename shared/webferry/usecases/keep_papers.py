"""Keeps what runs leave behind: the papers when they end, the log while they are under way."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from webferry.domain.errors import NotFound
from webferry.domain.papers import MAX_PAPER_BYTES, Papers, lines_of
from webferry.domain.runs import LogLine, bounded
from webferry.ports import Bodies, Chance

NAME_LENGTH = 24
MAX_LOG_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeepPapers:
    """Papers get a name that nobody else has, so a worker thought dead overwrites nothing."""

    bodies: Bodies
    chance: Chance

    def keep(self, run_id: str, papers: Papers) -> str:
        """Where they lie.

        Raises: Unavailable.
        """
        place = self.new_place(run_id)
        if papers.changes:
            # Apart from the pages, so that a list of changes need not read those.
            self.bodies.put(_changes_place(place), _json(list(papers.changes)))
        self.bodies.put(place, papers.content())
        return place

    def changes(self, place: str) -> list[dict[str, Any]]:
        """The changes that a run has found.

        Raises: NotFound, Unavailable.
        """
        try:
            content = self.bodies.get(_changes_place(place), 0, MAX_PAPER_BYTES)
        except NotFound:
            return list(self.read(place).changes)
        found: list[dict[str, Any]] = json.loads(content)
        return found

    def read(self, place: str) -> Papers:
        """Raises: NotFound, Unavailable."""
        return Papers.of(self.bodies.get(place, 0, MAX_PAPER_BYTES))

    def new_place(self, run_id: str) -> str:
        """A name among the papers of a run that nobody else has."""
        return f"runs/{run_id}/{self.chance.base62(NAME_LENGTH)}"

    def note(self, run_id: str, lines: list[LogLine], walk: str = "") -> None:
        """Show the log so far, and where to look for what a walk adds to it.

        Raises: Unavailable.
        """
        told = {"lines": [asdict(line) for line in lines], "walk": walk}
        self.bodies.put(progress_place(run_id), _json(told))

    def noted(self, run_id: str) -> tuple[LogLine, ...]:
        """The log so far; empty before the first line.

        Raises: Unavailable.
        """
        try:
            told = json.loads(self.bodies.get(progress_place(run_id), 0, MAX_PAPER_BYTES))
        except NotFound:
            return ()
        return lines_of(told["lines"]) + (self._walked(told["walk"]) if told["walk"] else ())

    def _walked(self, place: str) -> tuple[LogLine, ...]:
        try:
            return bounded(lines_of(json.loads(self.bodies.get(place, 0, MAX_LOG_BYTES))))
        except (NotFound, ValueError, LookupError, TypeError, RecursionError):
            # Where a browser may write, whoever broke it may have written.
            return ()


def _changes_place(place: str) -> str:
    return f"{place}.changes"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def progress_place(run_id: str) -> str:
    """Where the log of a run under way lies."""
    return f"runs/{run_id}/progress.json"
