"""An engine on a thread of its own, for tests and tools that are not asynchronous themselves."""

import asyncio
import threading
from types import TracebackType

from webferry_local.engine.engine import Engine
from webferry_local.engine.options import HOST, EngineOptions
from webferry_local.engine.web_server import bind
from webferry_local.pool.pool import WorkerPool

START_PATIENCE_S = 60


class ThreadedEngine:
    """Context manager: the engine answers inside the block."""

    def __init__(self, options: EngineOptions, pool: WorkerPool) -> None:
        self._options = options
        self._pool = pool
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def __enter__(self) -> "ThreadedEngine":
        self._thread.start()
        if not self._ready.wait(START_PATIENCE_S):
            raise TimeoutError("the engine did not start")
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._failure = error
            self._ready.set()
            raise

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        engine = Engine(self._options, self._pool, bind(HOST, self._options.port))
        await engine.start()
        self._ready.set()
        await self._stop.wait()
        await engine.stop()
