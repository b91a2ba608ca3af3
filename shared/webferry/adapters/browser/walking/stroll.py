"""The steps of a walk one after the other, each with its lines in the log."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from playwright.async_api import Error

from webferry.adapters.browser.devtools import BrowserGone, CallFailed
from webferry.adapters.browser.walking import elements, places
from webferry.adapters.browser.walking.ground import Ground
from webferry.adapters.browser.walking.journal import Report
from webferry.domain.errors import FetchFailed, InvalidRequest, PageError, WebferryError
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.rendering import Capture, CaptureKind
from webferry.domain.runs import Level
from webferry.domain.walks import WalkOrder

PICTURE_S = 2.0
_DO: dict[StepType, Callable[[Ground, Step], Awaitable[str]]] = {
    StepType.NAVIGATE: places.navigate,
    StepType.CLICK: elements.click,
    StepType.TYPE: elements.write,
    StepType.PRESS: elements.press,
    StepType.SELECT: elements.select,
    StepType.HOVER: elements.hover,
    StepType.SCROLL: places.scroll,
    StepType.WAIT: elements.wait,
    StepType.SCREENSHOT: places.screenshot,
    StepType.EXTRACT: places.extract,
    StepType.PAGINATE: places.paginate,
}


class StepFailed(Exception):
    """A step could not be done; the cause says which error of ours it is."""

    def __init__(self, error: WebferryError, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.message = message


def whole_of(order: WalkOrder) -> tuple[Step, ...]:
    """The steps, with what goes without saying: it begins on its page, and brings what it saw."""
    steps = [
        replace(step, url=step.url or order.url) if step.type is StepType.NAVIGATE else step
        for step in order.steps
    ]
    if not steps or steps[0].type is not StepType.NAVIGATE:
        steps.insert(0, Step(StepType.NAVIGATE, url=order.url))
    if not {StepType.EXTRACT, StepType.PAGINATE} & {step.type for step in steps}:
        steps.append(Step(StepType.EXTRACT))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Stroll:
    """A walk under way; `report` shows the log to whoever watches."""

    ground: Ground
    steps: tuple[Step, ...]
    report: Report

    async def __call__(self) -> None:
        """Raises: StepFailed, BrowserGone."""
        for number, step in enumerate(self.steps, 1):
            try:
                await self._take(number, step)
            finally:
                self.report(self.ground.journal.lines)

    async def _take(self, number: int, step: Step) -> None:
        journal, clock = self.ground.journal, asyncio.get_running_loop().time
        name, began = f"Step {number} of {len(self.steps)}, {step.name}", clock()
        journal.steps_begun = number
        journal.write(f"{name}: begins")
        self.report(journal.lines)
        try:
            done = await self._tried(step)
        except (PageError, InvalidRequest) as error:
            message = f"{name}: {error.message}"
            journal.write(message, Level.ERROR)
            await self._show_failure(f"{step.name} failed")
            raise StepFailed(error, message) from error
        journal.write(f"{name}: {done} in {(clock() - began) * 1000:.0f} ms")

    async def _tried(self, step: Step) -> str:
        """Raises: PageError, InvalidRequest, BrowserGone."""
        try:
            return await _DO[step.type](self.ground, step)
        except Error as error:
            raise FetchFailed(elements.reason(error), retryable=False) from error
        except CallFailed as error:
            raise FetchFailed("the page could not be read", retryable=False) from error

    async def _show_failure(self, label: str) -> None:
        with suppress(Error, CallFailed, BrowserGone, PageError, TimeoutError):
            async with asyncio.timeout(PICTURE_S):
                await self.ground.picture(label, Capture(CaptureKind.VIEWPORT))
