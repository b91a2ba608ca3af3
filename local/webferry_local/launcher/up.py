"""Starts everything in order, says when it is ready, and stops it all in the reverse order."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from webferry_local.engine.engine import Engine
from webferry_local.engine.options import HOST, EngineOptions
from webferry_local.engine.web_server import PortTaken, WebServer, bind
from webferry_local.floor_plan.errors import DeployFailed
from webferry_local.launcher import demo, stack
from webferry_local.launcher.data_directory import DataDirectory
from webferry_local.launcher.progress import Progress, complain
from webferry_local.launcher.refusal import LaunchRefused
from webferry_local.launcher.settings import LocalSettings
from webferry_local.pool.pool import WorkerPool

REFUSED = 2


def up() -> int:
    """Run until Ctrl-C; the exit code for the shell."""
    progress = Progress()
    try:
        settings = LocalSettings.from_env()
        data = DataDirectory.claim(settings.data_directory)
    except LaunchRefused as refusal:
        complain(str(refusal))
        return REFUSED
    try:
        asyncio.run(_run(settings, data, progress))
    except (LaunchRefused, DeployFailed) as refusal:
        complain(str(refusal))
        return REFUSED
    finally:
        data.release()
    progress.step("stopped; the data is kept")
    return 0


async def _run(settings: LocalSettings, data: DataDirectory, progress: Progress) -> None:
    stopping = _stop_signal()
    async with AsyncExitStack() as opened:
        front = opened.enter_context(_bound(settings.port, _front_port_taken(settings)))
        engine = await opened.enter_async_context(_engine(settings, data))
        progress.step("engine up")
        deployment = await asyncio.to_thread(stack.build, settings, data, engine)
        # What is accepted from now on is kept in tables that have to be there after a kill.
        await engine.snapshots.take()
        progress.step(f"template.yaml deployed: {len(deployment.functions)} functions")
        door = _front_door(data.access_key, deployment.api_id, settings.port, front)
        await opened.enter_async_context(door)
        outputs = {**deployment.outputs, "ApiUrl": settings.base_url}
        data.write_running(enginePort=settings.engine_port, outputs=outputs)
        letter, _ = await asyncio.gather(
            asyncio.to_thread(demo.ensure, settings, data, outputs),
            asyncio.to_thread(demo.knock, settings.base_url),
        )
        progress.ready(settings.base_url, letter.api_key, data.demo_file, engine.options.endpoint)
        await stopping.wait()
        print("\nStopping …", flush=True)


def _stop_signal() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


def _bound(port: int, taken: str) -> socket.socket:
    try:
        return bind(HOST, port)
    except PortTaken as error:
        raise LaunchRefused(taken) from error


def _front_port_taken(settings: LocalSettings) -> str:
    return (
        f"Port {settings.port} is taken by another program. Stop that one, or choose another: "
        f"WEBFERRY_PORT={settings.port + 100} make up"
    )


def _engine_port_taken(settings: LocalSettings) -> str:
    return (
        f"Port {settings.engine_port}, where the engine of WEBFERRY_PORT={settings.port} belongs, "
        f"is taken. Stop that program, or choose: WEBFERRY_PORT={settings.port + 100} make up"
    )


@asynccontextmanager
async def _engine(settings: LocalSettings, data: DataDirectory) -> AsyncIterator[Engine]:
    options = EngineOptions(
        port=settings.engine_port, directory=data.engine_directory, access_key=data.access_key
    )
    listener = _bound(options.port, _engine_port_taken(settings))
    engine = Engine(options, WorkerPool(stack.handed_to_functions(settings, data)), listener)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


@asynccontextmanager
async def _front_door(
    account: str, api_id: str, port: int, listener: socket.socket
) -> AsyncIterator[None]:
    # Imported here because it brings ministack in, which reads the environment set by the engine.
    from webferry_local.launcher.front_door import FrontDoor

    server = WebServer(FrontDoor(account, api_id, port), lifespan=False)
    await server.start(listener)
    try:
        yield
    finally:
        await server.stop()
