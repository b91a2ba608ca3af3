"""Starts browsers: finds out which process model works here, and keeps to it."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from webferry.adapters.browser.devtools import BrowserGone, CallFailed
from webferry.adapters.browser.flags import Launch, ProcessModel
from webferry.adapters.browser.process import BrowserProcess
from webferry.adapters.browser.tab import Tab
from webferry.domain.errors import Unavailable
from webferry.domain.rendering import BrowserBroken
from webferry.observability import logger

SELF_TEST_S = 10
MAX_FAILURES = 3


class LaunchFailed(Exception):
    """A browser did not start, or did not answer; the text is what it said."""


def models_to_try(wanted: str, *, sandboxed: bool) -> Sequence[ProcessModel]:
    """The process models in the order of hope.

    One process costs a third less, and Lambda has broken zygotes and GPU processes before. But a
    sandbox needs many, and is worth more; and on macOS a single process does not work at all.
    """
    if wanted != "auto":
        return [ProcessModel(wanted)]
    if sys.platform == "darwin":
        return [ProcessModel.MULTI]
    order = [ProcessModel.SINGLE, ProcessModel.MULTI]
    return order[::-1] if sandboxed else order


@dataclass
class Launcher:
    """Remembers what worked, and how often in a row nothing did."""

    models: Sequence[ProcessModel]
    self_test_s: float = SELF_TEST_S
    _failures: int = field(default=0, init=False)

    async def start(self, launch: Launch) -> tuple[BrowserProcess, Tab]:
        """A browser that has proved that it can run a script, and its one page.

        Raises: Unavailable, BrowserBroken.
        """
        said = ""
        # Two chances for each page: what worked before may be slow for once on a busy machine.
        for model in (*self.models, *self.models)[:2]:
            try:
                started = await _prove(replace(launch, model=model), self.self_test_s)
            except LaunchFailed as error:
                said = str(error)
                self._count_failure(model, said)
                continue
            if self.models != [model]:
                logger.info("browser starts", extra={"process_model": model})
                self.models = [model]
            self._failures = 0
            return started
        raise Unavailable("The browser could not be started", browser=said[-500:])

    def _count_failure(self, model: ProcessModel, said: str) -> None:
        self._failures += 1
        logger.warning("browser did not start", extra={"process_model": model, "said": said})
        if self._failures >= MAX_FAILURES:
            raise BrowserBroken("The browser could not be started", browser=said[-500:])


async def _prove(launch: Launch, seconds: float) -> tuple[BrowserProcess, Tab]:
    """Raises: LaunchFailed."""
    try:
        process = await BrowserProcess.start(launch)
    except OSError as error:
        raise LaunchFailed(str(error)) from error
    try:
        async with asyncio.timeout(seconds):
            tab = await Tab.open(process.devtools)
            # A browser may be there and its renderer not: only a script's answer tells.
            await tab.call("Runtime.evaluate", expression="1+1")
    except (BrowserGone, CallFailed, TimeoutError) as error:
        await process.bury()
        raise LaunchFailed(process.last_words() or repr(error)) from error
    except BaseException:
        await process.bury()
        raise
    return process, tab
