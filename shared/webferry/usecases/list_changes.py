"""Lists what a flow's runs have seen change, the latest first, a page at a time."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from webferry.domain.errors import InvalidRequest, NotFound
from webferry.domain.runs import Run
from webferry.flow_ports import Flows
from webferry.usecases.keep_papers import KeepPapers


@dataclass(frozen=True, slots=True)
class SeenChange:
    """One change, and the run that saw it."""

    run: Run
    number: int
    change: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes, how many there are in all, and after which the next page begins."""

    changes: list[SeenChange]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class ListChanges:
    """How many changes a run has seen is known without reading them; only a page's are read."""

    flows: Flows
    papers: KeepPapers

    async def __call__(
        self, account_id: str, flow_id: str, after: str | None, limit: int
    ) -> ChangePage:
        """Raises: NotFound, InvalidRequest: no such place; Unavailable."""
        self.flows.get(account_id, flow_id)
        runs = [
            run
            for run in self.flows.runs(account_id)
            if run.flow_id == flow_id and run.report.changes
        ]
        runs.sort(key=lambda run: (len(run.id), run.id), reverse=True)
        places = list(islice(_places(runs, after), limit + 1))
        page = places[:limit]
        names = dict.fromkeys(run.id for run, _ in page)
        by_id = {run.id: run for run, _ in page}
        read = [asyncio.to_thread(self._of, by_id[name]) for name in names]
        seen = dict(zip(names, await asyncio.gather(*read), strict=True))
        changes = [
            SeenChange(run, number, seen[run.id][number])
            for run, number in page
            if number < len(seen[run.id])
        ]
        more = f"{page[-1][0].id}.{page[-1][1]}" if len(places) > limit else None
        return ChangePage(changes, sum(run.report.changes for run in runs), more)

    def _of(self, run: Run) -> list[dict[str, Any]]:
        try:
            return self.papers.changes(run.report.place)
        except NotFound:
            # The papers of a run go before the last trace of it does.
            return []


def _places(runs: list[Run], after: str | None) -> Iterator[tuple[Run, int]]:
    """Run and number of every change that comes after that place. Raises: InvalidRequest."""
    name, number = "", -1
    if after is not None:
        name, _, told = after.rpartition(".")
        if not (name and told.isdecimal() and len(told) < 9):
            raise InvalidRequest("cursor: not a cursor of ours", cursor="is not valid")
        number = int(told)
    for run in runs:
        if name and (len(run.id), run.id) > (len(name), name):
            continue
        first = number + 1 if run.id == name else 0
        for each in range(first, run.report.changes):
            yield run, each
