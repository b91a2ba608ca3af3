"""Where a peer plays: `python stage.py PEER_DIRECTORY MODE CONCURRENCY BROWSER`.

Reads `{"url": marker}` from its first line of input, visits one page to warm up, says `ready`, and
visits all of them at the next line. Its last line of output tells how it went. It runs in each
peer's own environment, so it needs nothing but Python.
"""

import asyncio
import importlib.util
import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any


async def perform(
    visitor: Callable[[str, str], Any], mode: str, concurrency: int, browser: str
) -> None:
    loop = asyncio.get_running_loop()
    pages: dict[str, str] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    async with visitor(mode, browser) as visit:
        await visit(next(iter(pages)))
        print("ready", flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)
        print(json.dumps(await _visited(visit, pages, concurrency)), flush=True)
        # The harness reads our processes' times before they end.
        await loop.run_in_executor(None, sys.stdin.readline)


async def _visited(
    visit: Callable[[str], Awaitable[str]], pages: dict[str, str], concurrency: int
) -> dict[str, Any]:
    lanes, took_ms, missed, errors = asyncio.Semaphore(concurrency), [], [], []

    async def one(url: str, marker: str) -> None:
        async with lanes:
            started = time.perf_counter()
            try:
                if marker not in await visit(url):
                    missed.append(url)
            except Exception as error:  # noqa: BLE001
                errors.append(f"{url}: {error!r}"[:300])
            took_ms.append((time.perf_counter() - started) * 1000)

    await asyncio.gather(*(one(url, marker) for url, marker in pages.items()))
    return {"took_ms": took_ms, "missed": missed, "errors": errors}


if __name__ == "__main__":
    directory, asked_mode, lanes_asked, program = sys.argv[1:5]
    spec = importlib.util.spec_from_file_location("peer", Path(directory) / "peer.py")
    assert spec
    assert spec.loader
    peer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peer)
    asyncio.run(perform(peer.visitor, asked_mode, int(lanes_asked), program))
