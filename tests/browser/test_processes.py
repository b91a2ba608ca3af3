"""A browser's processes: none outlives the worker, and a death is told or made good."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser.live_site import Answer, Visit, live_site, page
from tests.browser.renderers import html_of, make_renderer, order, render
from webferry.adapters.browser.flags import Launch, ProcessModel
from webferry.adapters.browser.launcher import models_to_try
from webferry.adapters.browser.process import BrowserProcess
from webferry.adapters.browser.watchdog import members_of
from webferry.domain.errors import FetchFailed, PageTimeout

ROOT = Path(__file__).parents[2]
CALM = page("<!doctype html><h1>Here</h1><p>And enough to read that it is a page by any measure.")
WORKER = """
import asyncio, sys
from pathlib import Path
from tests.browser.renderers import make_renderer, order
from webferry.adapters.browser.flags import ProcessModel
renderer = make_renderer(Path(sys.argv[1]), "127.0.0.1", model=ProcessModel(sys.argv[3]))
asyncio.run(renderer.render(order(sys.argv[2], 60_000)))
"""


def browsers(pattern: str) -> list[int]:
    """The processes whose command line has this in it."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if pattern.encode() in command.read_bytes():
                found.append(int(command.parent.name))
        except OSError:
            continue
    return found


def environments(pids: list[int]) -> bytes:
    """What was told to these processes."""
    return b"".join(Path(f"/proc/{pid}/environ").read_bytes() for pid in pids)


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    return any(true() or threading.Event().wait(0.05) for _ in range(200)) or true()


@pytest.mark.parametrize("model", list(ProcessModel))
def test_a_browser_does_not_outlive_a_worker_that_was_killed(
    program: Path, model: ProcessModel
) -> None:
    reached = threading.Event()

    def hang(visit: Visit) -> None:
        reached.set()
        visit.server.closing.wait(30)

    with live_site({"/": hang}) as site:
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(program), f"{site.url}/", model],
            cwd=ROOT,
            start_new_session=True,
        )
        assert reached.wait(30)
        mark = f"webferry-browser-{worker.pid}-"
        orphans = browsers(mark)
        assert orphans

        worker.kill()
        worker.wait()

        assert eventually(lambda: not browsers(mark))
    for orphan in orphans:
        # They came to this process, as the adopter of all orphans below it.
        with suppress(ChildProcessError):
            os.waitpid(orphan, 0)


def test_a_browser_that_dies_before_the_first_byte_is_started_again(program: Path) -> None:
    killed: list[int] = []

    def kill_the_first(visit: Visit) -> None:
        if not killed:
            killed.extend(browsers(f"webferry-browser-{os.getpid()}-"))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
        visit.say(CALM)

    with live_site({"/": kill_the_first}) as site:
        rendering = render(
            make_renderer(program, f"127.0.0.1:{site.port}"), order(f"{site.url}/", 30_000)
        )

    assert killed
    assert "Here" in html_of(rendering)


def test_a_browser_that_dies_later_is_a_failed_page(program: Path) -> None:
    def kill(visit: Visit) -> None:
        for pid in browsers(f"webferry-browser-{os.getpid()}-"):
            os.kill(pid, signal.SIGKILL)
        visit.server.closing.wait(5)

    pages: dict[str, Answer] = {"/": page("<p>x</p><script>fetch('/kill')</script>"), "/kill": kill}
    with live_site(pages) as site, pytest.raises(FetchFailed, match="ended the browser"):
        render(make_renderer(program, f"127.0.0.1:{site.port}"), order(f"{site.url}/", 30_000))


def test_a_browser_that_was_stopped_is_ended_at_the_deadline(program: Path) -> None:
    def stop(visit: Visit) -> None:
        for pid in browsers(f"webferry-browser-{os.getpid()}-"):
            os.kill(pid, signal.SIGSTOP)
        visit.server.closing.wait(10)

    pages: dict[str, Answer] = {"/": page("<p>x</p><script>fetch('/stop')</script>"), "/stop": stop}
    with live_site(pages) as site, pytest.raises(PageTimeout):
        render(make_renderer(program, f"127.0.0.1:{site.port}"), order(f"{site.url}/", 4_000))

    assert not browsers(f"webferry-browser-{os.getpid()}-")


def test_a_browser_that_does_not_start_once_is_started_again(program: Path, tmp_path: Path) -> None:
    stumbles = tmp_path / "stumbles"
    stumbles.write_text(f"""#!/bin/sh
[ -e {tmp_path}/before ] && exec {program} "$@"
touch {tmp_path}/before; exit 1
""")
    stumbles.chmod(0o700)
    with live_site({"/": page("<p>Up again.</p>")}) as site:
        shown = render(make_renderer(stumbles, f"127.0.0.1:{site.port}"), order(f"{site.url}/"))

    assert b"Up again." in shown.page.body
    assert (tmp_path / "before").exists()


def test_the_browser_sees_nothing_of_our_environment_and_stands_in_a_group_of_its_own(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-secret")
    launch = Launch(
        program, tmp_path, 9, "agent", ProcessModel.MULTI, sandboxed=False, not_fetched=frozenset()
    )

    async def look() -> tuple[list[int], bytes]:
        process = await BrowserProcess.start(launch)
        try:
            await process.devtools.call("Browser.getVersion")
            members = members_of(process.pid)
            told = environments(members)
        finally:
            await process.bury()
        return members, told

    members, told = asyncio.run(look())

    assert members
    assert os.getpid() not in members
    assert b"the-secret" not in told
    assert b"AWS_" not in told
    assert not set(members) & set(browsers(str(tmp_path)))


def test_the_three_flags_that_close_the_ways_around_the_proxy_are_always_there(
    program: Path, tmp_path: Path
) -> None:
    launch = Launch(
        program, tmp_path, 9, "agent", ProcessModel.MULTI, sandboxed=False, not_fetched=frozenset()
    )

    for model in ProcessModel:
        command = replace(launch, model=model).command
        assert "--proxy-server=http://127.0.0.1:9" in command
        assert "--proxy-bypass-list=<-loopback>" in command
        assert "--force-webrtc-ip-handling-policy=disable_non_proxied_udp" in command
    assert "--disable-software-rasterizer" not in launch.command
    assert "--disable-software-rasterizer" in replace(launch, seen=False).command
    sandboxed = replace(launch, sandboxed=True).command
    assert "--no-sandbox" not in sandboxed
    assert "--no-zygote" not in sandboxed


def test_one_process_is_tried_first_but_where_a_sandbox_needs_many() -> None:
    assert [*models_to_try("auto", sandboxed=False)] == [ProcessModel.SINGLE, ProcessModel.MULTI]
    assert [*models_to_try("auto", sandboxed=True)] == [ProcessModel.MULTI, ProcessModel.SINGLE]
    assert list(models_to_try("multi", sandboxed=False)) == [ProcessModel.MULTI]
