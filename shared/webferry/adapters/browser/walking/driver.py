"""Playwright's driver: attached to a browser of ours, and told nothing of our environment."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from playwright._impl import transport
from playwright._impl.out_of_process import PlaywrightClient
from playwright.async_api import BrowserContext, Error, Playwright

from webferry.adapters.browser.walking.program import program_and_script
from webferry.domain.errors import Unavailable

PORT_FILE = "DevToolsActivePort"
PORT_WAIT_S = 5.0
_LOOK_EVERY_S = 0.01
_GOODBYE_S = 1.0

_program: ContextVar[tuple[str, str] | None] = ContextVar("what the driver is", default=None)
_told: ContextVar[dict[str, str] | None] = ContextVar("what the driver is told", default=None)
# The driver would be given all of our environment, keys included; there is no option for that.
_usual_program, _usual_words = transport.compute_driver_executable, transport.get_driver_env  # type: ignore[attr-defined]
transport.compute_driver_executable = lambda: _program.get() or _usual_program()  # type: ignore[attr-defined]
transport.get_driver_env = lambda: dict(_told.get() or _usual_words())  # type: ignore[attr-defined]


@asynccontextmanager
async def attached(directory: Path, environment: dict[str, str]) -> AsyncIterator[BrowserContext]:
    """The browser that lives in the directory, as Playwright sees it.

    Raises: Unavailable.
    """
    address = await _address(directory)
    _program.set(await program_and_script(directory))
    _told.set(environment | {"PW_LANG_NAME": "python"})
    # Not by its manager: that forgets a driver whose start was broken off.
    client = PlaywrightClient()
    try:
        try:
            playwright = Playwright(await client._playwright)  # noqa: SLF001
            browser = await playwright.chromium.connect_over_cdp(address)
        except Error as error:
            raise Unavailable("The browser cannot be steered") from error
        yield browser.contexts[0]
    finally:
        await to_its_end(_end(client))


async def _address(directory: Path) -> str:
    """Where the browser lets itself be steered: the path is one that nobody can guess."""
    file, waited_s = directory / PORT_FILE, 0.0
    while waited_s < PORT_WAIT_S:
        with suppress(OSError, ValueError):
            port, path = file.read_text().split()
            return f"ws://127.0.0.1:{int(port)}{path}"
        await asyncio.sleep(_LOOK_EVERY_S)
        waited_s += _LOOK_EVERY_S
    raise Unavailable("The browser cannot be steered")


async def to_its_end(burial: Coroutine[Any, Any, None]) -> None:
    """Even if the time of the walk is up meanwhile: nobody else would wait for the dead."""
    burying = asyncio.ensure_future(burial)
    try:
        await asyncio.shield(burying)
    except asyncio.CancelledError:
        await burying
        raise


async def _end(client: PlaywrightClient) -> None:
    """The driver gets a moment to leave, and is killed then."""
    process = getattr(client._transport, "_proc", None)  # noqa: SLF001
    if process is None:
        return
    with suppress(TimeoutError, Error):
        async with asyncio.timeout(_GOODBYE_S):
            await client.stop()
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
