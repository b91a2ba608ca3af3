"""Reads what became of a job's tasks, in the order in which they were asked for."""

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from webferry.domain.errors import ErrorCode, NotFound
from webferry.domain.jobs import Job
from webferry.domain.parts import InlineBody, Part, PartRef, StoredBody, TaskResult
from webferry.ports import Bodies, Jobs

READERS = 5


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """One task: its content, or why there is none; neither while it is not done."""

    url: str
    content: bytes | None = None
    code: ErrorCode | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReadResults:
    """A part at a time; its bodies side by side."""

    jobs: Jobs
    bodies: Bodies

    def __call__(self, job: Job, part_number: int) -> list[TaskOutcome]:
        """The tasks of one part of a job that the caller may read.

        Raises: NotFound, Unavailable.
        """
        ref = PartRef(job.id, part_number)
        work = self.jobs.load([ref]).get(ref)
        if work is None:
            raise NotFound("Job not found")
        with ThreadPoolExecutor(READERS) as pool:
            return list(pool.map(self._outcome, *zip(*_tasks(work.part), strict=True)))

    def _outcome(self, url: str, result: TaskResult | None) -> TaskOutcome:
        if result is None:
            return TaskOutcome(url)
        match result.body:
            case InlineBody(packed):
                return TaskOutcome(url, zlib.decompress(packed))
            case StoredBody(key, start, length):
                return TaskOutcome(url, zlib.decompress(self.bodies.get(key, start, length)))
            case _:
                return TaskOutcome(url, None, result.code, result.message)


def _tasks(part: Part) -> Iterator[tuple[str, TaskResult | None]]:
    return ((url, part.results.get(place)) for place, url in enumerate(part.urls))
