"""Walks on pages that mean no good: they reach nobody they may not, and end in time."""

import asyncio
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.browser.hostile import SITE
from tests.browser.live_site import live_site
from tests.browser.remains import browsers_of_ours
from tests.browser.renderers import make_renderer
from tests.browser.sentinel import SECRET, Sentinel
from tests.browser.test_trespassers import PUBLIC, Names, site_of
from tests.browser.trespassers import TRESPASSERS
from webferry.adapters.browser.walker import ChromiumWalker
from webferry.domain.errors import ErrorCode
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.walks import Walk, WalkOrder

# What a walk allows and a reader does not: windows, presses, and another door to the browser.
TRESPASSING = [
    "004-popup", "005-link-clicked-in-new-window", "027-web-rtc", "030-service-worker",
    "034-own-devtools", "035-rebinding", "036-late-navigation", "040-private-name",
]  # fmt: skip
ACTS: dict[str, str] = {
    "acts-click": "<a id=act href='{S}'>x</a>",
    "acts-window": "<a id=act target=_blank href='{S}'>x</a>",
    "acts-script": "<button id=act onclick=\"window.open('{S}', '', 'popup,noopener')\">x</button>",
    "acts-form": "<form action='{S}'><input name=a><button id=act>x</button></form>",
    "acts-download": "<a id=act download href='{S}'>x</a>",
    "acts-frame": "<a id=act target=f href='{S}'>x</a><iframe name=f></iframe>",
}
HANGING = [
    "busy-loop-after-load", "endless-alerts", "window-bomb", "typed-array-bomb", "worker-bomb",
    "slow-drip",
]  # fmt: skip
LANES, WALK_MS, GRACE_S = 3, 5_000, 20


def step(kind: StepType, **values: object) -> Step:
    return Step(kind, **values)  # type: ignore[arg-type]


async def walked(walker: ChromiumWalker, orders: Sequence[WalkOrder]) -> list[tuple[Walk, float]]:
    lanes = asyncio.Semaphore(LANES)

    async def walk(order: WalkOrder) -> tuple[Walk, float]:
        async with lanes:
            began = time.monotonic()
            return await walker.walk(order), time.monotonic() - began

    return await asyncio.gather(*map(walk, orders))


def test_no_walk_reaches_the_sentinel_or_shows_its_secret(program: Path) -> None:
    wait, look = step(StepType.WAIT, ms=400), step(StepType.EXTRACT)
    act = step(StepType.CLICK, selector="#act")
    with (
        Sentinel().standing() as sentinel,
        live_site(site_of(sentinel, TRESPASSERS | ACTS)) as site,
    ):
        allow = f"{PUBLIC}:{site.port}"
        walker = ChromiumWalker(make_renderer(program, allow, resolve=Names().resolve), 3_000)
        there = f"http://{PUBLIC}:{site.port}"
        private = f"http://127.0.0.1:{sentinel.port}/"
        orders = [
            *(WalkOrder(f"{there}/{name}", (wait, wait, look), 20_000) for name in TRESPASSING),
            *(WalkOrder(f"{there}/{name}", (act, wait, look), 20_000) for name in ACTS),
            WalkOrder(f"{there}/011-image", (step(StepType.NAVIGATE, url=private),), 20_000),
        ]
        walks = [walk for walk, _ in asyncio.run(walked(walker, orders))]
        hits = sentinel.hits

    asked = "".join(site.requests)
    assert hits == 0
    assert SECRET not in str([walk.snapshots for walk in walks])
    assert all(f"/{name} " in asked for name in (*TRESPASSING, *ACTS))
    assert walks[-1].code is ErrorCode.PRIVATE_NETWORK_TARGET


def test_a_walk_on_a_hostile_page_ends_in_time_and_leaves_nothing_running(program: Path) -> None:
    steps = (step(StepType.WAIT, text="never comes"),)
    with live_site(SITE) as site:
        renderer = make_renderer(program, f"127.0.0.1:{site.port}", byte_limit=12 << 20)
        orders = [WalkOrder(f"{site.url}/{name}", steps, WALK_MS) for name in HANGING]
        walks = asyncio.run(walked(ChromiumWalker(renderer), orders))
        (calm, _), *_ = asyncio.run(
            walked(ChromiumWalker(renderer), [WalkOrder(f"{site.url}/calm", (), 30_000)])
        )

    assert [name for name, (walk, _) in zip(HANGING, walks, strict=True) if not walk.message] == []
    assert max(took_s for _, took_s in walks) < WALK_MS / 1000 + GRACE_S
    assert "Nothing happens here" in calm.snapshots[0].html
    assert not browsers_of_ours()
    assert not children_of_ours()


def test_wherever_in_its_beginning_a_walk_is_broken_off_nothing_is_left_running(
    program: Path,
) -> None:
    with live_site(SITE) as site:
        walker = ChromiumWalker(make_renderer(program, f"127.0.0.1:{site.port}"))
        for walk_ms in range(200, 2000, 300):
            order = WalkOrder(f"{site.url}/silence", (), walk_ms)
            ((walk, _),) = asyncio.run(walked(walker, [order]))

            assert walk.code is ErrorCode.TIMEOUT
            assert not browsers_of_ours()
            assert not children_of_ours()


def children_of_ours() -> list[str]:
    """Drivers of Playwright that were not ended."""
    told = subprocess.run(["ps", "-axo", "ppid,comm"], capture_output=True, text=True, check=True)
    rows = [line.split(None, 1) for line in told.stdout.splitlines()[1:]]
    return [name for parent, name in rows if int(parent) == os.getpid() and "node" in name]
