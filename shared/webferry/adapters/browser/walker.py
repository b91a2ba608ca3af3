"""Walks in a browser of their own: the same launch, proxy, watch and end as for any page."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from webferry.adapters.browser import job_directory
from webferry.adapters.browser.alarms import Died, watched
from webferry.adapters.browser.filter_proxy import FilterProxy
from webferry.adapters.browser.flags import Launch, ProcessModel
from webferry.adapters.browser.process import BrowserProcess
from webferry.adapters.browser.renderer import MIN_FREE_BYTES, ChromiumRenderer
from webferry.adapters.browser.tab import Tab
from webferry.adapters.browser.visit import Visit
from webferry.adapters.browser.walking.driver import attached, to_its_end
from webferry.adapters.browser.walking.ground import ELEMENT_MS, Ground
from webferry.adapters.browser.walking.journal import Journal, Report, mask_of
from webferry.adapters.browser.walking.stroll import StepFailed, Stroll, whole_of
from webferry.adapters.browser.walking.windows import Windows
from webferry.adapters.browser.way_out import WayOut
from webferry.adapters.egress.guard import Target
from webferry.adapters.user_agents import DEVICES
from webferry.domain.errors import ErrorCode, FetchFailed, PageError, Unavailable
from webferry.domain.flow_steps import StepType
from webferry.domain.pages import PageRequest
from webferry.domain.rendering import (
    Asset,
    BrowserBroken,
    Capture,
    CaptureKind,
    RenderOrder,
)
from webferry.domain.runs import Level
from webferry.domain.walks import Walk, WalkOrder

# Of the time a walk is given, what is kept to bury the browser and to hand on what was seen.
END_SHARE, END_AT_MOST_S = 0.1, 4.0


def tell_nobody(lines: object) -> None:
    """For walks that nobody watches."""
    del lines


@dataclass(frozen=True)
class ChromiumWalker:
    """Starts its browsers as the renderer does."""

    renderer: ChromiumRenderer
    element_ms: int = ELEMENT_MS

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""
        return self.renderer.missing

    async def walk(self, order: WalkOrder, report: Report = tell_nobody) -> Walk:
        """Everything up to the last step, or to the one that failed.

        Raises: InvalidUrl, UnsupportedScheme, Unavailable.
        """
        target, program = self.renderer.guard.target(order.url), self.renderer.program
        if program is None:
            raise Unavailable(self.missing)
        left_s = order.timeout_ms / 1000
        ends_at = asyncio.get_running_loop().time() + left_s
        ends_at -= min(END_AT_MOST_S, left_s * END_SHARE)
        journal = Journal(self.renderer.clock, mask_of(order.secrets.values()))
        way = WayOut(self.renderer.guard)
        async with FilterProxy(way, byte_limit=self.renderer.byte_limit) as proxy:
            hike = _Hike(self, order, target, proxy, journal)
            code, message = await hike.outcome(program, report, ends_at)
            return journal.walk(proxy.transferred_bytes, code, message)


@dataclass(frozen=True, slots=True)
class _Hike:
    """One walk, and what it is done with."""

    walker: ChromiumWalker
    order: WalkOrder
    target: Target
    proxy: FilterProxy
    journal: Journal

    async def outcome(
        self, program: Path, report: Report, ends_at: float
    ) -> tuple[ErrorCode | None, str]:
        """What went wrong, if anything did. Raises: Unavailable."""
        try:
            async with asyncio.timeout_at(ends_at):
                await self._in_a_browser(program, report, ends_at)
        except StepFailed as failed:
            return failed.error.code, failed.message
        except TimeoutError:
            return self._broken_off(ErrorCode.TIMEOUT, "the time of the walk is up")
        except Died:
            return self._broken_off(ErrorCode.FETCH_FAILED, "the page ended the browser")
        except PageError as error:
            return self._broken_off(error.code, error.message)
        return None, ""

    def _broken_off(self, code: ErrorCode, why: str) -> tuple[ErrorCode, str]:
        steps = whole_of(self.order)
        number = max(1, self.journal.steps_begun)
        message = f"Step {number} of {len(steps)}, {steps[number - 1].name}: {why}"
        self.journal.write(message, Level.ERROR)
        return code, message

    async def _in_a_browser(self, program: Path, report: Report, ends_at: float) -> None:
        if job_directory.free_bytes() < MIN_FREE_BYTES:
            raise BrowserBroken("There is no room left for a browser")
        page = PageRequest(self.order.url, self.order.timeout_ms)
        with job_directory.job_directory() as directory:
            launch = Launch(
                program=program,
                directory=directory,
                proxy_port=self.proxy.port,
                user_agent=DEVICES[page.profile].user_agent,
                model=ProcessModel.MULTI,
                sandboxed=self.walker.renderer.sandboxed,
                not_fetched=self._seen(page).not_fetched,
                steered=True,
            )
            process, tab = await self.walker.renderer.launcher.start(launch)
            try:
                work = self._steps(process, tab, launch, report, ends_at)
                memory = self.walker.renderer.memory_bytes
                await watched(work, process, tab, self.proxy, memory)
            finally:
                await to_its_end(process.bury())

    def _seen(self, page: PageRequest) -> RenderOrder:
        """Drawn in full size, for clicks and pictures; images are fetched if one is asked for."""
        capture = Capture(CaptureKind.VIEWPORT)
        pictured = any(step.type is StepType.SCREENSHOT for step in self.order.steps)
        return RenderOrder(
            page, capture=capture, blocked=frozenset() if pictured else frozenset(Asset)
        )

    async def _steps(
        self, process: BrowserProcess, tab: Tab, launch: Launch, report: Report, ends_at: float
    ) -> None:
        asked = self._seen(PageRequest(self.order.url, self.order.timeout_ms))

        def visit_of(tab: Tab) -> Visit:
            return Visit(tab, self.proxy, self.walker.renderer.guard, asked, self.target, ends_at)

        async with attached(launch.directory, launch.environment) as context:
            process.devtools.send("Browser.setDownloadBehavior", {"behavior": "deny"})
            windows = Windows(context, process.devtools, visit_of)
            windows.begin(tab)
            guard, secrets = self.walker.renderer.guard, self.order.secrets
            ground = Ground(windows, self.journal, guard, secrets, ends_at, self.walker.element_ms)
            walking = asyncio.ensure_future(Stroll(ground, whole_of(self.order), report)())
            flooding = asyncio.ensure_future(windows.too_many.wait())
            try:
                await asyncio.wait([walking, flooding], return_when=asyncio.FIRST_COMPLETED)
                if not walking.done():
                    raise FetchFailed("The page opens too many windows", retryable=False)
                await walking
            finally:
                walking.cancel()
                flooding.cancel()
                await asyncio.gather(walking, flooding, return_exceptions=True)
                await windows.close()
