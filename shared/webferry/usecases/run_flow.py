"""Does one run of a flow: brings its page or takes its steps, extracts, compares, files it all."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from webferry.domain.errors import FetchFailed, InvalidRequest, PageError
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.flow_steps import StepType, may_be_repeated, need_a_browser
from webferry.domain.flows import FlowMode
from webferry.domain.jobs import Job
from webferry.domain.pages import PageRequest
from webferry.domain.papers import Papers
from webferry.domain.rendering import RenderOrder
from webferry.domain.runs import Level, RunReport
from webferry.domain.walks import Snapshot
from webferry.flow_ports import Flows
from webferry.ports import Clock
from webferry.usecases.compare_runs import Change, compare_runs
from webferry.usecases.diary import Diary
from webferry.usecases.extract_items import Extracted, Wish, extract_all
from webferry.usecases.keep_papers import KeepPapers
from webferry.usecases.keep_plans import KeepPlans
from webferry.usecases.scraping import Scraping
from webferry.usecases.shift import TaskReport
from webferry.usecases.take_steps import Taken, TakeSteps

RUN_MS = 100_000
PAGE_MS = 60_000
MODEL_S = 20.0
MAX_SNAPSHOT_CHARS = 20_000_000


@dataclass(frozen=True, slots=True)
class RunFlow:
    """A page that failed is what became of the run; its log and what it had seen are kept."""

    scraping: Scraping
    take_steps: TakeSteps
    flows: Flows
    papers: KeepPapers
    plans: KeepPlans
    clock: Clock

    def longest_ms(self, job: Job) -> int:
        """How long a run may take."""
        del job
        return RUN_MS

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Raises: HouseError."""
        order, diary = FlowOrder.of(job.options), Diary(self.papers, job.id, self.clock)
        seen = Taken()
        try:
            await diary.begin(may_be_repeated=may_be_repeated(order.steps))
            seen = await self._seen(job, order, url, diary)
            if seen.error:
                raise seen.error
            return await self._filed(job, order, url, diary, seen)
        except (PageError, InvalidRequest) as error:
            diary.write(f"Run failed: {error.message}", Level.ERROR)
            failed = Papers(snapshots=_bounded(seen.snapshots), pictures=seen.pictures)
            place = await self._keep(job, diary, failed)
            report = RunReport(place=place, code=error.code, message=error.message[:500])
            told = error if isinstance(error, PageError) else FetchFailed(error.message)
            return TaskReport(report.content(), error=told, requests=1)

    async def _seen(self, job: Job, order: FlowOrder, url: str, diary: Diary) -> Taken:
        if order.mode is FlowMode.INTERACT or need_a_browser(order.steps):
            return await self.take_steps(job, order, url, diary)
        for step in order.steps:
            if step.type is StepType.NAVIGATE and step.url:
                url = step.url
        request = PageRequest(url, PAGE_MS)
        diary.write(f"Fetching {url}")
        scraped = await self.scraping.page(RenderOrder(request))
        engine, ms = scraped.engines[-1], scraped.page.fetch_duration_ms
        diary.write(f"Fetched {scraped.page.final_url} in {ms} ms by {engine}")
        snapshot = Snapshot(scraped.page.final_url, scraped.html)
        return Taken((snapshot,), received_bytes=len(scraped.page.body))

    async def _filed(
        self, job: Job, order: FlowOrder, url: str, diary: Diary, seen: Taken
    ) -> TaskReport:
        known = await asyncio.to_thread(self.plans.read, job, order, url)
        found = await self._extracted(order, seen, known)
        for line in found.told:
            diary.write(line, Level.WARN)
        lesson = found.lesson
        if lesson and lesson.plan != known and lesson.is_worth_keeping(known):
            await asyncio.to_thread(self.plans.keep, job, order, url, lesson)
        level = Level.INFO if found.items else Level.WARN
        if seen.snapshots:
            diary.write(f"Extracted {len(found.items)} items", level)
        changes: list[Change] = []
        if order.mode is FlowMode.MONITOR:
            changes = await self._changes(job, order, url, diary, found)
        diary.write("Run completed")
        filed = Papers(
            items=found.items,
            sources=found.sources,
            changes=tuple(changes),
            snapshots=_bounded(seen.snapshots),
            pictures=seen.pictures,
            plan=lesson.plan if lesson else None,
        )
        place = await self._keep(job, diary, filed)
        report = RunReport(len(found.items), len(changes), place)
        return TaskReport(report.content(), requests=1, received_bytes=seen.received_bytes)

    async def _extracted(
        self, order: FlowOrder, seen: Taken, plan: Mapping[str, Any] | None
    ) -> Extracted:
        wish = Wish(order.output_schema, plan=plan, patience_s=MODEL_S)
        return await extract_all(self.scraping.read_records, seen.snapshots, wish)

    async def _changes(
        self, job: Job, order: FlowOrder, url: str, diary: Diary, found: Extracted
    ) -> list[Change]:
        """Raises: FetchFailed: a page that shows nothing is no change, it is a failure."""
        if found.is_empty:
            raise FetchFailed("The page shows nothing of what the flow watches", retryable=False)
        flow = await asyncio.to_thread(self.flows.get, job.account_id, order.flow_id)
        if not flow.tally.good:
            diary.write("First look: nothing to compare with yet")
            return []
        before = (await asyncio.to_thread(self.papers.read, flow.tally.good)).items
        changes = compare_runs(before, found.items, order.noise)
        if changes and order.noise.confirm:
            diary.write(f"{len(changes)} changes seen: looking again")
            seen = await self._seen(job, order, url, diary)
            if seen.error:
                raise seen.error
            lesson = found.lesson
            plan = lesson.plan if lesson and lesson.is_worth_keeping(None) else None
            again = await self._extracted(order, seen, plan)
            second = compare_runs(before, again.items, order.noise)
            changes = [change for change in changes if change in second]
        diary.write(f"{len(changes)} changes" if changes else "No changes")
        return changes

    async def _keep(self, job: Job, diary: Diary, papers: Papers) -> str:
        filed = replace(papers, lines=tuple(diary.lines))
        return await asyncio.to_thread(self.papers.keep, job.id, filed)


def _bounded(snapshots: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    """As many pages as can be kept, the first ones."""
    kept, room = list[Snapshot](), MAX_SNAPSHOT_CHARS
    for snapshot in snapshots:
        room -= len(snapshot.html)
        if room < 0:
            break
        kept.append(snapshot)
    return tuple(kept)
