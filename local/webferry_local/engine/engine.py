"""The running engine: guarded port, worker pool, snapshots; started and stopped as one."""

import asyncio
import shutil
import socket

from webferry_local.engine.guard import EngineGuard
from webferry_local.engine.options import EngineOptions, set_process_environment
from webferry_local.engine.web_server import WebServer
from webferry_local.pool.pool import WorkerPool


class Engine:
    """One per process: ministack keeps its state in modules."""

    def __init__(self, options: EngineOptions, pool: WorkerPool, listener: socket.socket) -> None:
        self.options = options
        self.pool = pool
        self._listener = listener
        self._snapshotting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        shutil.rmtree(self.options.scratch_directory, ignore_errors=True)
        set_process_environment(self.options)
        await asyncio.to_thread(self._import_ministack)
        await self._server.start(self._listener)
        self._snapshotting = asyncio.create_task(self.snapshots.keep_taking())

    async def stop(self) -> None:
        """End the workers, then write everything and close the port."""
        await asyncio.to_thread(self.pool.stop)
        if self._snapshotting is not None:
            self._snapshotting.cancel()
        # The engine writes once more as it stops; without the journal letters would come twice.
        await self.snapshots.take()
        await self._server.stop()

    def _import_ministack(self) -> None:
        from ministack import app as ministack_app
        from ministack.core import persistence

        from webferry_local.engine import seams
        from webferry_local.engine.durable_writes import DurableWrites
        from webferry_local.engine.journal import Journal
        from webferry_local.engine.log_book import LogBook
        from webferry_local.engine.snapshots import Snapshots

        journal = Journal(
            self.options.directory / "journal",
            encode=persistence._json_default,
            decode=persistence._json_object_hook,
        )
        DurableWrites(journal).install()
        self.snapshots = Snapshots(self.options.snapshot_every_s, journal)
        seams.install(self.pool, LogBook(), on_change=self.snapshots.note_change)
        guarded = EngineGuard(
            ministack_app.app,
            access_key=self.options.access_key,
            port=self.options.port,
            on_change=self.snapshots.note_change,
        )
        self._server = WebServer(guarded, lifespan=True)
