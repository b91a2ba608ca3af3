"""Every way in which scripts bring content: all of it arrives, in both process models."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.archetypes import ARCHETYPES, CONTENT, SITE
from tests.browser.live_site import live_site
from tests.browser.renderers import html_of, make_renderer, order, render_all
from webferry.adapters.browser.flags import ProcessModel
from webferry.domain.errors import WebferryError
from webferry.domain.rendering import Rendering

_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
Outcomes = dict[str, Rendering | WebferryError]


@pytest.fixture(scope="module", params=list(ProcessModel))
def outcomes(program: Path, request: pytest.FixtureRequest) -> Iterator[Outcomes]:
    with live_site(SITE) as site:
        renderer = make_renderer(program, f"127.0.0.1:{site.port}", model=request.param)
        orders = [order(f"{site.url}/{name}") for name in ARCHETYPES]
        yield dict(zip(ARCHETYPES, render_all(renderer, orders, lanes=3), strict=True))


@pytest.mark.parametrize("name", ARCHETYPES)
def test_the_content_arrives(name: str, outcomes: Outcomes) -> None:
    outcome = outcomes[name]

    assert isinstance(outcome, Rendering), outcome
    assert CONTENT in _SCRIPT.sub("", html_of(outcome))
