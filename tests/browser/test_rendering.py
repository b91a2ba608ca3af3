"""What can be asked of the browser: when a page is ready, as which device, and pictures of it."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.live_site import Answer, LiveSite, Visit, live_site, page
from tests.browser.renderers import html_of, make_renderer, order, render
from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.renderer import ChromiumRenderer
from webferry.adapters.user_agents import DEVICES
from webferry.domain.errors import FetchFailed, InvalidRequest, PageTimeout, UnsupportedScheme
from webferry.domain.pages import PageRequest, UserAgentProfile
from webferry.domain.rendering import (
    Asset,
    Capture,
    CaptureKind,
    Readiness,
    RenderOrder,
    Until,
    Viewport,
)

LATE = (
    "<!doctype html><p>At first.</p><script>addEventListener('load', () => setTimeout(() => {"
    "document.body.innerHTML += '<b id=late>Later.</b>' }, 700))</script>"
)
TOLD = (
    "<!doctype html><meta name=viewport content='width=device-width'><pre></pre><script>"
    "document.querySelector('pre').textContent = JSON.stringify({agent: navigator.userAgent,"
    "width: innerWidth, height: innerHeight, scale: devicePixelRatio,"
    "touch: navigator.maxTouchPoints, driven: navigator.webdriver});</script>"
)
DRAWN = (
    "<!doctype html><style>body { margin: 0 }</style><div style='height:3000px;background:#080'>"
    "</div><div id=box style='width:120px;height:80px;background:#00f'></div>"
)
DECORATED = (
    "<!doctype html><style>@font-face { font-family: f; src: url(/font.woff2) }"
    "p { font-family: f }</style><p>Words</p><img src=/picture.png><video src=/film.mp4></video>"
)


def _slow_picture(visit: Visit) -> None:
    visit.later(2, page(b"", "image/png"))


SITE: dict[str, Answer] = {
    "/late": page(LATE),
    "/told": page(TOLD),
    "/drawn": page(DRAWN),
    "/decorated": page(DECORATED),
    "/slow-picture": page("<!doctype html><p>Text</p><img src=/slow.png>"),
    "/slow.png": _slow_picture,
    "/missing": page("no", status="404 Not Found"),
    "/latin": page("<p>Gr\xfc\xdfe</p>".encode("latin-1"), "text/html; charset=iso-8859-1"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    with live_site(SITE) as running:
        yield running


@pytest.fixture(scope="module")
def renderer(program: Path, site: LiveSite) -> ChromiumRenderer:
    return make_renderer(program, f"127.0.0.1:{site.port}", model=ProcessModel.SINGLE)


@pytest.mark.parametrize(
    ("readiness", "late"),
    [
        (Readiness(Until.DOM_READY), False),
        (Readiness(Until.LOAD), False),
        (Readiness(Until.LOAD, delay_ms=1_500), True),
        (Readiness(Until.DOM_READY, selector="#late"), True),
    ],
    ids=["dom-ready", "load", "delay", "selector"],
)
def test_a_page_is_read_when_the_caller_says(
    renderer: ChromiumRenderer, site: LiveSite, readiness: Readiness, *, late: bool
) -> None:
    rendering = render(renderer, order(f"{site.url}/late", readiness=readiness))

    assert (
        "Later." in html_of(rendering).partition("<script")[0]
        or "</script><b" in html_of(rendering)
    ) is late


def test_a_selector_that_never_appears_is_a_timeout(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    with pytest.raises(PageTimeout):
        render(renderer, order(f"{site.url}/late", 4_000, readiness=Readiness(selector="#never")))


def test_a_selector_that_is_none_is_the_caller_s_error(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    with pytest.raises(InvalidRequest, match="selector"):
        render(renderer, order(f"{site.url}/late", readiness=Readiness(selector="p[")))


@pytest.mark.promise("scrape.config.user-agent")
@pytest.mark.parametrize("profile", list(UserAgentProfile))
def test_scripts_and_server_are_told_the_same_device(
    renderer: ChromiumRenderer, site: LiveSite, profile: UserAgentProfile
) -> None:
    asked = RenderOrder(PageRequest(f"{site.url}/told", 15_000, profile))
    html = html_of(render(renderer, asked)).replace("&amp;", "&")
    request = next(r for r in reversed(site.requests) if r.startswith("GET /told "))

    device = DEVICES[profile]
    assert f'"agent":"{device.user_agent}"' in html
    assert f"User-Agent: {device.user_agent}\r\n" in request
    assert f'"width":{device.width},"height":{device.height},"scale":{device.scale:g}' in html
    assert ('"touch":0' not in html) is device.touch
    assert "Headless" not in html + request
    assert '"driven":false' in html


def test_the_window_can_be_chosen(renderer: ChromiumRenderer, site: LiveSite) -> None:
    html = html_of(render(renderer, order(f"{site.url}/told", viewport=Viewport(500, 400))))

    assert '"width":500,"height":400' in html


@pytest.mark.parametrize(
    ("capture", "size"),
    [
        (Capture(CaptureKind.VIEWPORT), (1366, 768)),
        (Capture(CaptureKind.FULL_PAGE), (1366, 3080)),
        (Capture(CaptureKind.ELEMENT, "#box"), (120, 80)),
    ],
    ids=["viewport", "full-page", "element"],
)
def test_a_picture_shows_what_was_asked_for(
    renderer: ChromiumRenderer, site: LiveSite, capture: Capture, size: tuple[int, int]
) -> None:
    picture = render(renderer, order(f"{site.url}/drawn", capture=capture)).picture

    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == size


def test_a_page_can_be_printed(renderer: ChromiumRenderer, site: LiveSite) -> None:
    asked = order(f"{site.url}/drawn", capture=Capture(CaptureKind.PDF))

    assert (render(renderer, asked).picture or b"").startswith(b"%PDF-")


def test_a_picture_of_an_element_that_is_not_there_says_so(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    with pytest.raises(FetchFailed, match="no visible element"):
        render(
            renderer, order(f"{site.url}/drawn", capture=Capture(CaptureKind.ELEMENT, "#nothing"))
        )


@pytest.mark.parametrize(
    ("blocked", "fetched"),
    [
        (None, set()),
        (frozenset(), {"picture.png", "font.woff2", "film.mp4"}),
        (frozenset({Asset.FONTS}), {"picture.png", "film.mp4"}),
        (frozenset({Asset.IMAGES, Asset.MEDIA}), {"font.woff2"}),
    ],
    ids=["for-text", "nothing", "fonts", "images-and-media"],
)
def test_what_is_not_wanted_is_not_fetched(
    renderer: ChromiumRenderer,
    site: LiveSite,
    blocked: frozenset[Asset] | None,
    fetched: set[str],
) -> None:
    before = len(site.requests)
    render(renderer, order(f"{site.url}/decorated", blocked=blocked))

    asked = set(re.findall(r"GET /(\w+\.\w+)", "".join(site.requests[before:])))
    assert asked - {"favicon.ico"} == fetched


def test_the_status_is_named_as_plain_http_names_it(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    with pytest.raises(FetchFailed, match=r"^Target URL returned 404 Not Found$"):
        render(renderer, order(f"{site.url}/missing"))


def test_a_page_in_another_charset_comes_as_utf_8(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    rendering = render(renderer, order(f"{site.url}/latin"))

    assert "Grüße" in html_of(rendering)
    assert rendering.page.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "chrome://version", "about:blank"])
def test_only_the_web_is_rendered(renderer: ChromiumRenderer, url: str) -> None:
    with pytest.raises(UnsupportedScheme):
        render(renderer, order(url))
