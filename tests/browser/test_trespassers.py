"""No page reaches a private address through the browser, in whatever way it tries."""

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.live_site import Answer, live_site, page
from tests.browser.renderers import html_of, make_renderer, order, render_all
from tests.browser.sentinel import SECRET, Sentinel
from tests.browser.trespassers import TRESPASSERS
from webferry.adapters.browser.flags import ProcessModel
from webferry.domain.rendering import Readiness, RenderOrder

# One page bides its time; the others only need as long as what they start needs to be refused.
LATE, LATE_MS, SOON_MS = "036-late-navigation", 1500, 250
READABLE = "<p>Words enough that nobody takes this for an empty page and waits for more.</p>"
PUBLIC, PRIVATE, REBOUND = "public.example.com", "private.example.com", "rebound.example.com"


def site_of(sentinel: Sentinel, trespassers: Mapping[str, str] = TRESPASSERS) -> dict[str, Answer]:
    named = {
        "{S}": f"http://127.0.0.1:{sentinel.port}/",
        "{H}": f"127.0.0.1:{sentinel.port}",
        "{N}": f"http://{PRIVATE}:{sentinel.port}/",
        "{R}": f"http://{REBOUND}:{sentinel.port}/",
        "{P}": str(sentinel.port),
    }

    def filled(html: str) -> str:
        for name, value in named.items():
            html = html.replace(name, value)
        return html

    pages: dict[str, Answer] = {
        f"/{name}": page(f"<!doctype html><title>t</title>{READABLE}{filled(html)}")
        for name, html in trespassers.items()
    }
    away = page("", "text/html", "302 Found", f"Location: {named['{S}']}")
    worker = page(filled("fetch('{S}'); onfetch = e => {}"), "text/javascript")
    return pages | {"/away": away, "/worker.js": worker}


def orders(port: int) -> list[RenderOrder]:
    return [
        order(
            f"http://{PUBLIC}:{port}/{name}",
            12_000,
            readiness=Readiness(delay_ms=LATE_MS if name == LATE else SOON_MS),
            blocked=frozenset[object](),
        )
        for name in TRESPASSERS
    ]


class Names:
    """Public names that all lead to this machine, as their owner likes; one changes its mind."""

    def __init__(self) -> None:
        self._asked = itertools.count()

    async def resolve(self, host: str, port: int) -> list[str]:
        del port
        if host == REBOUND and next(self._asked) == 0:
            return ["198.41.0.4"]
        return ["127.0.0.1"]


@pytest.mark.promise("egress.browser")
@pytest.mark.parametrize("model", list(ProcessModel))
def test_no_page_reaches_the_sentinel_or_shows_its_secret(
    program: Path, model: ProcessModel
) -> None:
    with Sentinel().standing() as sentinel, live_site(site_of(sentinel)) as site:
        allow = f"{PUBLIC}:{site.port}"
        renderer = make_renderer(program, allow, model=model, resolve=Names().resolve)
        outcomes = render_all(renderer, orders(site.port), lanes=5)
        hits = sentinel.hits

    asked = "".join(site.requests)
    assert hits == 0
    assert not [o for o in outcomes if SECRET in html_of(o) or "root:x:0" in html_of(o)]
    assert all(f"/{name} " in asked for name in TRESPASSERS)


def test_with_the_sentinel_allowed_the_same_pages_reach_it(program: Path) -> None:
    with Sentinel().standing() as sentinel, live_site(site_of(sentinel)) as site:
        allow = f"{PUBLIC}:{site.port},127.0.0.1:{sentinel.port},{PRIVATE}:{sentinel.port}"
        renderer = make_renderer(program, allow, resolve=Names().resolve)
        reaching = orders(site.port)[:25]
        render_all(renderer, reaching, lanes=5)

    # Otherwise the pages above would prove nothing.
    assert sentinel.hits >= 20
