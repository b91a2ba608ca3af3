"""The browser function: in the pool and under Lambda's emulator, direct and by the batch."""

import asyncio
import json
import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.emulated import emulated
from tests.browser.live_site import LiveSite, live_site, page
from tests.browser.renderers import html_of, order
from tests.conftest import TestEngine
from webferry.adapters import aws
from webferry.adapters.lambda_renderer import Fleet, LambdaRenderer
from webferry.adapters.lambda_walker import LambdaWalker
from webferry.adapters.s3 import S3Bodies
from webferry.domain.costs import billing
from webferry.domain.errors import InvalidUrl, PrivateNetworkTarget, Unavailable
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.papers import lines_of
from webferry.domain.walks import WalkOrder
from webferry.render_letters import MAX_PACKED_CHARACTERS, letter_of_order, outcome_of_letter

ROOT = Path(__file__).parents[2]
HANDLER = "browser_worker.handler.handler"
# A page of which Lambda could carry one, and not two.
NOISE = b64encode(random.Random(1).randbytes(2_600_000)).decode()
SITE = {
    "/": page(
        "<!doctype html><div id=root></div><script>fetch('/text').then(r => r.text())"
        ".then(t => root.textContent = t)</script>"
    ),
    "/text": page("Brought by script", "text/plain"),
    "/noise": page(f"<!doctype html><script type=none>{NOISE}</script>"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    with live_site(SITE) as running:
        yield running


@pytest.fixture(scope="module")
def environment(program: Path, site: LiveSite) -> dict[str, str]:
    return {
        "BROWSER_PATH": str(program),
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_SERVICE_NAME": "browser_worker",
        "WEBFERRY_ENVIRONMENT": "local",
        "WEBFERRY_EGRESS_ALLOW": f"127.0.0.1:{site.port}",
    }


@pytest.fixture(scope="module")
def deployed(engine: TestEngine, environment: dict[str, str]) -> Callable[..., LambdaRenderer]:
    session = engine.session()

    def deploy(name: str, **more: str) -> LambdaRenderer:
        engine.function(
            session,
            name,
            handler=HANDLER,
            code_directory=ROOT / "functions",
            environment=environment | more,
            timeout_s=60,
        )
        client = session.client("lambda")
        return LambdaRenderer(lambda: client, name)

    return deploy


def test_a_page_is_rendered_by_the_function_in_the_pool(
    deployed: Callable[..., LambdaRenderer], site: LiveSite
) -> None:
    rendering = asyncio.run(deployed("browser").render(order(f"{site.url}/", 30_000)))

    assert "Brought by script" in html_of(rendering)
    assert rendering.page.final_url == f"{site.url}/"
    assert rendering.transferred_bytes > 0


@pytest.fixture(scope="module")
def walker(deployed: Callable[..., LambdaRenderer], engine: TestEngine) -> LambdaWalker:
    s3 = aws.client("s3", engine.session())
    s3.create_bucket(Bucket="walked-pages")
    return LambdaWalker(deployed("walking"), S3Bodies(lambda: s3, "walked-pages"))


def test_steps_are_taken_by_the_function_in_the_pool(walker: LambdaWalker, site: LiveSite) -> None:
    steps = (Step(StepType.WAIT, text="Brought by script"),)

    walk = asyncio.run(walker.walk(WalkOrder(f"{site.url}/", steps, 40_000)))

    assert walk.message == ""
    assert "Brought by script" in walk.snapshots[0].html
    with pytest.raises(InvalidUrl):
        asyncio.run(walker.walk(WalkOrder("http://a b/", (), 10_000)))


@pytest.mark.promise("flow.run.logs-live")
def test_the_log_of_a_walk_and_one_too_large_to_carry_are_put_at_their_links(
    walker: LambdaWalker, site: LiveSite
) -> None:
    twice = (Step(StepType.EXTRACT), Step(StepType.EXTRACT))
    order = WalkOrder(f"{site.url}/noise", twice, 60_000, place="runs/run-1/walk")

    walk = asyncio.run(walker.walk(order))

    assert walk.message == ""
    assert [snapshot.html.count(NOISE) for snapshot in walk.snapshots] == [1, 1]
    assert len(walker.bodies.get("runs/run-1/walk.walk", 0, 2**26)) > MAX_PACKED_CHARACTERS
    shown = json.loads(walker.bodies.get("runs/run-1/walk", 0, 2**20))
    assert lines_of(shown) == walk.lines


def test_the_page_s_own_error_comes_back_as_it_was(
    deployed: Callable[..., LambdaRenderer],
) -> None:
    renderer = deployed("refusing")

    with pytest.raises(PrivateNetworkTarget):
        asyncio.run(renderer.render(order("http://127.0.0.1:9001/")))
    with pytest.raises(InvalidUrl):
        asyncio.run(renderer.render(order("http://a b/")))


def test_without_a_browser_the_answer_says_how_to_get_one(
    deployed: Callable[..., LambdaRenderer], site: LiveSite
) -> None:
    renderer = deployed("bare", BROWSER_PATH="/no/such/browser")

    with pytest.raises(Unavailable, match="chromium-headless-shell"):
        asyncio.run(renderer.render(order(f"{site.url}/")))


def test_after_three_failed_launches_the_environment_is_replaced(
    deployed: Callable[..., LambdaRenderer], site: LiveSite
) -> None:
    renderer = deployed("broken", BROWSER_PATH="/bin/false")

    messages = []
    for _ in range(3):
        with pytest.raises(Unavailable) as caught:
            asyncio.run(renderer.render(order(f"{site.url}/")))
        messages.append(caught.value.message)

    # Two launches each: the third ends the environment, and a fresh one counts from the start.
    assert messages == [
        "The browser could not be started",
        "The browser function failed",
        "The browser could not be started",
    ]


def test_pages_wanted_at_once_go_together_and_each_gets_its_own_end(
    deployed: Callable[..., LambdaRenderer], site: LiveSite
) -> None:
    renderer = deployed("together")
    renderer.fleet = Fleet(memory_mb=1000, lanes=4, gather_s=0.05)
    function = renderer.client()
    asked: list[int] = []
    function.meta.events.register(
        "before-call.lambda.Invoke",
        lambda params, **_: asked.append(len(json.loads(params["body"]).get("together", "1"))),
    )

    async def all_three() -> list[Any]:
        orders = [
            order(f"{site.url}/", 30_000),
            order("http://127.0.0.1:9001/"),
            order("http://a b/"),
        ]
        return await asyncio.gather(*map(renderer.render, orders), return_exceptions=True)

    with billing() as bill:
        page, private, invalid = asyncio.run(all_three())

    assert "Brought by script" in html_of(page)
    assert isinstance(private, PrivateNetworkTarget)
    assert isinstance(invalid, InvalidUrl)
    assert asked == [3]
    assert bill.mb_ms > 1000


def test_who_shared_a_function_that_broke_down_goes_alone(
    deployed: Callable[..., LambdaRenderer], site: LiveSite
) -> None:
    renderer = deployed("breaking", BROWSER_PATH="/bin/false")
    renderer.fleet = Fleet(memory_mb=2048, lanes=2, gather_s=0.05)

    async def both() -> list[Any]:
        orders = [order(f"{site.url}/"), order(f"{site.url}/")]
        return await asyncio.gather(*map(renderer.render, orders), return_exceptions=True)

    outcomes = asyncio.run(both())

    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)


def test_no_function_is_asked_where_none_is_deployed() -> None:
    renderer = LambdaRenderer(lambda: pytest.fail("asked"), "", "no browser here")

    with pytest.raises(Unavailable, match="no browser here"):
        asyncio.run(renderer.render(order("https://example.com/")))


def test_the_same_handler_runs_under_the_emulator_of_lambda(
    environment: dict[str, str], site: LiveSite
) -> None:
    letter: dict[str, Any] = json.loads((ROOT / "events/browser_worker.json").read_text())
    letter["render"]["page"]["url"] = f"{site.url}/"
    refused = letter_of_order(order("http://10.0.0.1/"))

    with emulated(HANDLER, environment) as function:
        direct = function.invoke(letter)
        both = function.invoke({"v": 1, "together": [letter, refused]})

    assert "Brought by script" in html_of(outcome_of_letter(direct))
    good, refusal = both["outcomes"]
    assert "Brought by script" in html_of(outcome_of_letter(good))
    assert refusal["failure"]["code"] == "PRIVATE_NETWORK_TARGET"
