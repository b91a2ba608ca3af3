"""What a caller gives to a page alone: headers, cookies, and a proxy to go through."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.live_site import Answer, LiveSite, Visit, live_site, page
from tests.browser.renderers import html_of, make_renderer, render
from webferry.adapters.browser.renderer import ChromiumRenderer
from webferry.domain.errors import FetchFailed, InvalidRequest, PrivateNetworkTarget
from webferry.domain.pages import PageRequest
from webferry.domain.rendering import RenderOrder

HEADERS = (("X-Token", "the-token"), ("Accept-Language", "de"))
COOKIES = (("session", "the-session"),)


def _stranger(visit: Visit) -> None:
    visit.say(page("told: " + visit.headers.get("x-token", "nothing"), "text/plain"))


STRANGER: dict[str, Answer] = {
    "/": _stranger,
    "/page": page("<!doctype html><h1>A stranger's page</h1>"),
}


@pytest.fixture(scope="module")
def stranger() -> Iterator[LiveSite]:
    with live_site(STRANGER) as running:
        yield running


@pytest.fixture(scope="module")
def site(stranger: LiveSite) -> Iterator[LiveSite]:
    script = (
        f"<script>fetch('/data'); fetch('{stranger.url}/', {{mode: 'no-cors'}});"
        f"fetch('/away', {{mode: 'no-cors'}});</script>"
    )
    pages: dict[str, Answer] = {
        "/": page(f"<!doctype html><p>Mine</p>{script}"),
        "/data": page("{}", "application/json"),
        "/away": page("", "text/plain", "302 Found", f"Location: {stranger.url}/?away"),
        "/moved": page("", "text/html", "302 Found", f"Location: {stranger.url}/page"),
    }
    with live_site(pages) as running:
        yield running


@pytest.fixture(scope="module")
def renderer(program: Path, site: LiveSite, stranger: LiveSite) -> ChromiumRenderer:
    allow = f"127.0.0.1:{site.port},127.0.0.1:{stranger.port}"
    return make_renderer(program, allow)


def heads(site: LiveSite, path: str) -> list[str]:
    return [request for request in site.requests if request.startswith(f"GET {path} ")]


def test_headers_and_cookies_go_to_the_page_s_own_origin_and_to_nobody_else(
    renderer: ChromiumRenderer, site: LiveSite, stranger: LiveSite
) -> None:
    asked = PageRequest(f"{site.url}/", 15_000, headers=HEADERS, cookies=COOKIES)
    assert "Mine" in html_of(render(renderer, RenderOrder(asked)))

    for path in ("/", "/data"):
        assert "X-Token: the-token" in heads(site, path)[-1]
        assert "the-session" in heads(site, path)[-1]
        assert "Accept-Language: de\r\n" in heads(site, path)[-1]
    assert heads(stranger, "/")
    assert heads(stranger, "/?away")
    assert "the-token" not in "".join(stranger.requests)


def test_a_redirect_to_a_stranger_takes_no_header_along(
    renderer: ChromiumRenderer, site: LiveSite, stranger: LiveSite
) -> None:
    asked = PageRequest(f"{site.url}/moved", 15_000, headers=HEADERS)
    rendering = render(renderer, RenderOrder(asked))

    assert "A stranger's page" in html_of(rendering)
    assert "X-Token: the-token" in heads(site, "/moved")[-1]
    assert "the-token" not in "".join(stranger.requests)


def test_a_header_that_speaks_for_the_connection_is_refused(
    renderer: ChromiumRenderer, site: LiveSite
) -> None:
    asked = PageRequest(f"{site.url}/", 15_000, headers=(("Host", "elsewhere"),))

    with pytest.raises(InvalidRequest, match="Host"):
        render(renderer, RenderOrder(asked))


def test_a_page_comes_through_the_caller_s_proxy(program: Path, site: LiveSite) -> None:
    def pass_on(visit: Visit) -> None:
        visit.say(page("<!doctype html><h1>By the proxy</h1>"))

    with live_site({f"{site.url}/": pass_on}) as proxy:
        renderer = make_renderer(program, f"127.0.0.1:{site.port},127.0.0.1:{proxy.port}")
        url = f"http://user:word@127.0.0.1:{proxy.port}"
        rendering = render(renderer, RenderOrder(PageRequest(f"{site.url}/", 15_000, proxy=url)))

    assert "By the proxy" in html_of(rendering)
    assert "Proxy-Authorization: Basic dXNlcjp3b3Jk" in proxy.requests[0]


def test_a_proxy_does_not_lead_where_the_guard_forbids(program: Path) -> None:
    with live_site({}) as proxy:
        renderer = make_renderer(program, f"127.0.0.1:{proxy.port}")
        asked = RenderOrder(PageRequest("http://10.0.0.1/", 15_000, proxy=proxy.url))
        with pytest.raises(PrivateNetworkTarget):
            render(renderer, asked)

    assert not proxy.requests


def test_a_proxy_has_to_be_where_the_guard_lets_us_go(program: Path) -> None:
    asked = RenderOrder(PageRequest("https://example.com/", 15_000, proxy="http://127.0.0.1:81"))

    with pytest.raises(PrivateNetworkTarget):
        render(make_renderer(program, ""), asked)


def test_a_proxy_that_refuses_the_tunnel_is_told_as_such(program: Path) -> None:
    async def public(host: str, port: int) -> list[str]:
        del host, port
        return ["198.41.0.4"]

    with live_site({}) as proxy:
        renderer = make_renderer(program, f"127.0.0.1:{proxy.port}", resolve=public)
        asked = RenderOrder(PageRequest("https://example.com/", 15_000, proxy=proxy.url))
        with pytest.raises(FetchFailed, match="The proxy answered 404"):
            render(renderer, asked)

    assert proxy.requests[0].startswith("CONNECT example.com:443 ")
