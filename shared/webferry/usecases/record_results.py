"""Counts results, each task once, and lets what they make possible happen."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from webferry.domain.errors import Unavailable
from webferry.domain.parts import PartRef, TaskResult
from webferry.domain.work import ReadyErrand, Step, Work, to_send
from webferry.ports import Clock, ErrandQueue, Jobs
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.keep_bodies import Content, KeepBodies
from webferry.usecases.settle_job import SettleJob

ROUNDS = 12
_log = logging.getLogger(__name__)


class EndedTask(NamedTuple):
    """A task that a worker is through with; its content, if any, lies nowhere yet."""

    errand: ErrandRef
    task: int
    result: TaskResult
    content: bytes | None


@dataclass(frozen=True, slots=True)
class RecordResults:
    """The order matters: first the bodies, then the count that names them, then the next letters.

    A crash between two of them costs work, never truth: a body nobody names is forgotten, and a
    letter nobody sent is sent by the clockwork.
    """

    jobs: Jobs
    queue: ErrandQueue
    keep: KeepBodies
    settle: SettleJob
    clock: Clock

    def __call__(
        self, works: Mapping[PartRef, Work], ended: Sequence[EndedTask], holder: str
    ) -> dict[PartRef, Work]:
        """The works as they stand afterwards; what is gone is left out.

        Raises: Unavailable: nobody knows what was counted.
        """
        results = self._placed(works, ended)

        def count(work: Work) -> Work:
            for errand, done in results[work.ref].items():
                work = work.recorded(errand.number, holder, done, self.clock.now_ms())
            return work

        return self.apply({ref: works[ref] for ref in results}, count)

    def apply(
        self, works: Mapping[PartRef, Work], change: Callable[[Work], Work]
    ) -> dict[PartRef, Work]:
        """Make a change to works, and to whatever they have become meanwhile.

        Raises: Unavailable.
        """
        rest, kept = dict(works), dict[PartRef, Work]()
        for _ in range(ROUNDS):
            steps = [Step(work, change(work)) for work in rest.values()]
            saved = self.jobs.save(steps)
            kept |= saved.kept
            self._follow_up(step for step in steps if step.after.ref in saved.kept)
            rest = saved.refused
            if not rest:
                return kept
        raise Unavailable("Too many workers on one job")

    def _placed(
        self, works: Mapping[PartRef, Work], ended: Sequence[EndedTask]
    ) -> dict[PartRef, dict[ErrandRef, dict[int, TaskResult]]]:
        with_content = [task for task in ended if task.content is not None]
        contents = [Content(works[t.errand.part].job, t.content or b"") for t in with_content]
        places = dict(zip(map(_place_of, with_content), self.keep(contents), strict=True))
        results: dict[PartRef, dict[ErrandRef, dict[int, TaskResult]]] = {}
        for task in ended:
            result = replace(task.result, body=places.get(_place_of(task)))
            of_part = results.setdefault(task.errand.part, {})
            of_part.setdefault(task.errand, {})[task.task] = result
        return results

    def _follow_up(self, steps: Iterable[Step]) -> None:
        ready: list[ReadyErrand] = []
        for step in steps:
            ready += to_send(step.before, step.after)
            if step.completes_part and not step.after.job.is_small:
                self.settle(step.after.job)
        try:
            self.queue.send(ready)
        except Unavailable:
            # What was counted stays counted, and the clockwork sends the letters.
            _log.warning("letters were not sent", exc_info=True)


def _place_of(task: EndedTask) -> tuple[ErrandRef, int]:
    return task.errand, task.task
