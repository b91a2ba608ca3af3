"""Takes the steps of a flow in a browser, and brings their log into the diary of the run."""

import asyncio
from dataclasses import dataclass

from webferry.domain.errors import PageError, Unavailable
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.flow_secrets import names_in_steps
from webferry.domain.jobs import Job
from webferry.domain.walks import Snapshot, WalkOrder
from webferry.flow_ports import NotBegun, Walker
from webferry.ports import Pictures
from webferry.usecases.diary import Diary
from webferry.usecases.keep_papers import KeepPapers
from webferry.usecases.keep_secrets import KeepSecrets

WALK_MS = 90_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What was seen: pages to extract from, pictures by label, and what went wrong."""

    snapshots: tuple[Snapshot, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    error: PageError | None = None
    received_bytes: int = 0


class StepFailed(PageError):
    """A step could not be done; the code says what kind of failure it was."""


@dataclass(frozen=True, slots=True)
class TakeSteps:
    """Pictures are kept under names of their own, for whoever may read the run."""

    walker: Walker
    pictures: Pictures
    secrets: KeepSecrets
    papers: KeepPapers

    async def __call__(self, job: Job, order: FlowOrder, url: str, diary: Diary) -> Taken:
        """Raises: PageError, InvalidRequest, Unavailable."""
        if self.walker.missing:
            raise NoBrowser(self.walker.missing)
        names = names_in_steps(order.steps)
        secrets = await asyncio.to_thread(self.secrets.opened, job.account_id, names)
        place = self.papers.new_place(job.id)
        await diary.show(place)
        try:
            walk = await self.walker.walk(WalkOrder(url, order.steps, WALK_MS, secrets, place))
        except NotBegun:
            await diary.forget()
            raise
        diary.add(walk.lines)
        kept = [(each.label, await self.pictures.keep(each.png, "png")) for each in walk.pictures]
        error = None
        if walk.code:
            error = StepFailed(walk.message)
            error.code = walk.code  # type: ignore[misc]
        return Taken(walk.snapshots, tuple(kept), error, walk.received_bytes)


class NoBrowser(PageError):
    """This flow needs a browser, and there is none."""

    code = Unavailable.code
