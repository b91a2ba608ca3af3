"""Walks in a real browser: every kind of step, how each fails, and how a walk comes to its end."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.live_site import LiveSite, live_site
from tests.browser.renderers import make_renderer
from tests.browser.shop import SHOP
from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.walker import ChromiumWalker
from webferry.domain.errors import ErrorCode
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.runs import Level
from webferry.domain.walks import Walk, WalkOrder

SECRETS = {"word": "open sesame"}
Take = Callable[..., Walk]


def steps_of(*steps: dict[str, Any]) -> tuple[Step, ...]:
    return tuple(Step(**{**step, "type": StepType(step["type"])}) for step in steps)


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    with live_site(SHOP) as running:
        yield running


@pytest.fixture
def take(program: Path, site: LiveSite) -> Take:
    def walk(
        path: str,
        *steps: dict[str, Any],
        ms: int = 60_000,
        patience_ms: int = 10_000,
        model: ProcessModel = ProcessModel.SINGLE,
    ) -> Walk:
        renderer = make_renderer(program, f"127.0.0.1:{site.port}", model=model)
        order = WalkOrder(f"{site.url}{path}", steps_of(*steps), ms, SECRETS)
        return asyncio.run(ChromiumWalker(renderer, patience_ms).walk(order))

    return walk


@pytest.mark.parametrize("model", list(ProcessModel))
@pytest.mark.promise("flow.mode.interact")
def test_every_kind_of_step_does_what_it_says(take: Take, model: ProcessModel) -> None:
    walk = take(
        "/try",
        {"type": "click", "selector": "#hit"},
        {"type": "extract", "selector": "#out"},
        {"type": "click", "selector": "text=Ask"},
        {"type": "extract", "selector": "#out"},
        {"type": "select", "selector": "#pick", "value": "Second"},
        {"type": "extract", "selector": "#out"},
        {"type": "type", "selector": "#field", "text": "words"},
        {"type": "press", "selector": "#field", "key": "Enter"},
        {"type": "extract", "selector": "#out"},
        {"type": "hover", "selector": "#warm"},
        {"type": "extract", "selector": "#out"},
        {"type": "wait", "selector": "#late"},
        {"type": "wait", "text": "Late"},
        {"type": "wait", "ms": 10},
        {"type": "wait"},
        {"type": "scroll", "to": 500},
        {"type": "scroll", "selector": "#low"},
        {"type": "screenshot", "label": "Low", "selector": "#low"},
        {"type": "screenshot", "full_page": True},
        {"type": "screenshot"},
        {"type": "extract"},
        model=model,
    )

    assert walk.message == ""
    shown = [snapshot.html.partition(">nothing<")[0] for snapshot in walk.snapshots]
    for html, words in zip(shown, ("hit", "no", "picked b", "entered words", "warm"), strict=False):
        assert f">{words}</p>" in html
    assert [picture.label for picture in walk.pictures] == [
        "Low",
        "Screenshot of step 20",
        "Screenshot of step 21",
    ]
    assert all(picture.png.startswith(b"\x89PNG") for picture in walk.pictures)
    assert len(walk.lines) == 2 * 22
    assert [line.at_ms for line in walk.lines] == sorted(line.at_ms for line in walk.lines)


def test_a_walk_without_steps_brings_its_page(take: Take) -> None:
    walk = take("/popup")

    assert walk.code is None
    assert [snapshot.url.rpartition("/")[2] for snapshot in walk.snapshots] == ["popup"]
    assert "Inside the popup" in walk.snapshots[0].html


def test_a_window_that_a_click_opens_is_followed(take: Take) -> None:
    walk = take("/try", {"type": "click", "selector": "#pop"}, {"type": "wait", "text": "Inside"})

    assert walk.message == ""
    assert "Inside the popup" in walk.snapshots[0].html
    assert any("another window" in line.message for line in walk.lines)


def test_a_window_that_closes_again_gives_way_to_the_one_before(take: Take) -> None:
    walk = take("/closing", {"type": "click", "selector": "#b"}, {"type": "wait", "text": "closed"})

    assert walk.message == ""
    assert ">closed</button>" in walk.snapshots[0].html


def test_a_shop_with_a_login_and_pages_is_walked_through(take: Take, site: LiveSite) -> None:
    walk = take(
        "/",
        {"type": "type", "selector": "[name=user]", "text": "ann"},
        {"type": "type", "selector": "[name=word]", "text": "{{secrets.word}}"},
        {"type": "click", "selector": "text=Sign in >> visible=true >> nth=-1"},
        {"type": "wait", "selector": ".card"},
        {"type": "paginate", "next": "[rel=next]"},
    )

    assert walk.message == ""
    addresses = [snapshot.url for snapshot in walk.snapshots]
    assert addresses == [f"{site.url}/products?p={n}" for n in (1, 2, 3)]
    text = "".join(snapshot.html for snapshot in walk.snapshots)
    assert all(f"<h2>Lantern {n}</h2>" in text for n in range(1, 8))
    assert all(f">${10 + n}.00</span>" in text for n in range(1, 8))


def test_pages_are_no_more_than_were_asked_for(take: Take) -> None:
    walk = take("/products", {"type": "paginate", "next": "[rel=next]", "max_pages": 2})

    assert len(walk.snapshots) == 2


def test_a_feed_is_scrolled_until_it_grows_no_more(take: Take) -> None:
    walk = take("/feed", {"type": "paginate"})

    assert walk.message == ""
    assert len(walk.snapshots) == 1
    assert walk.snapshots[0].html.count('class="row"') == 30


FAILING: list[tuple[dict[str, Any], ErrorCode, str]] = [
    ({"type": "navigate", "url": "/gone"}, ErrorCode.FETCH_FAILED, "404"),
    ({"type": "navigate", "url": "http://10.1.2.3/"}, ErrorCode.PRIVATE_NETWORK_TARGET, ""),
    ({"type": "navigate", "url": "file:///etc/passwd"}, ErrorCode.UNSUPPORTED_SCHEME, ""),
    ({"type": "click", "selector": "#gone"}, ErrorCode.FETCH_FAILED, "#gone"),
    ({"type": "click", "selector": "##"}, ErrorCode.INVALID_REQUEST, "##"),
    ({"type": "type", "selector": "#gone", "text": "a"}, ErrorCode.FETCH_FAILED, "#gone"),
    (
        {"type": "type", "selector": "#field", "text": "{{secrets.none}}"},
        ErrorCode.INVALID_REQUEST,
        "no secret named none",
    ),
    ({"type": "press", "key": "NoSuchKey"}, ErrorCode.INVALID_REQUEST, "NoSuchKey"),
    ({"type": "select", "selector": "#pick", "value": "Z"}, ErrorCode.FETCH_FAILED, "#pick"),
    ({"type": "hover", "selector": "#gone"}, ErrorCode.FETCH_FAILED, "#gone"),
    ({"type": "scroll", "selector": "#gone"}, ErrorCode.FETCH_FAILED, "#gone"),
    ({"type": "screenshot", "selector": "#gone"}, ErrorCode.FETCH_FAILED, "#gone"),
    ({"type": "extract", "selector": "#gone"}, ErrorCode.FETCH_FAILED, "#gone"),
    ({"type": "wait", "text": "Godot"}, ErrorCode.FETCH_FAILED, "Godot"),
    ({"type": "paginate", "next": "##"}, ErrorCode.INVALID_REQUEST, "##"),
]


@pytest.mark.parametrize(
    ("step", "code", "said"), FAILING, ids=lambda v: v.get("type") if isinstance(v, dict) else ""
)
def test_a_step_that_fails_says_why_and_shows_the_page(
    take: Take, site: LiveSite, step: dict[str, Any], code: ErrorCode, said: str
) -> None:
    if step.get("url", "").startswith("/"):
        step = {**step, "url": site.url + step["url"]}

    walk = take(
        "/try", {"type": "navigate"}, step, {"type": "click", "selector": "#hit"}, patience_ms=500
    )

    assert walk.code is code, walk.message
    assert said in walk.message
    assert "Step 2 of " in walk.message
    assert walk.lines[-1].level is Level.ERROR
    assert walk.lines[-1].message == walk.message
    assert len(walk.pictures) <= 1


def test_a_failing_step_leaves_a_picture(take: Take) -> None:
    walk = take("/try", {"type": "press", "key": "NoSuchKey"})

    assert [picture.label for picture in walk.pictures] == ["press failed"]


def test_a_page_that_hangs_costs_the_walk_no_more_than_its_time(take: Take) -> None:
    walk = take("/spin", {"type": "click", "selector": "#b"}, {"type": "extract"}, ms=9_000)

    assert walk.code is ErrorCode.TIMEOUT
    assert "Step 2 of 3, click" in walk.message


def test_a_page_that_opens_windows_without_end_is_left(take: Take) -> None:
    walk = take("/bomb", {"type": "wait", "ms": 20_000})

    assert walk.code is ErrorCode.FETCH_FAILED
    assert "too many windows" in walk.message


def test_no_secret_stands_in_anything_that_a_walk_brings(take: Take) -> None:
    walk = take(
        "/echo",
        {"type": "type", "selector": "#i", "text": "{{secrets.word}}"},
        {"type": "extract"},
        {"type": "extract", "selector": "#o"},
        {"type": "wait", "text": "{{secrets.word}}", "ms": None},
        patience_ms=500,
    )

    assert walk.snapshots[1].html.count("•••") >= 1
    assert "open sesame" not in str(walk)
