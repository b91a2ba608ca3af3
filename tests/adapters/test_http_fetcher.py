"""The HTTP fetcher against a loopback site: what comes back, and what hostile answers come to."""

import gzip
import time
import zlib
from collections.abc import Iterator

import pytest

from tests.fetching import fetch_once
from tests.raw_site import HANG, RawSite, html, raw_site
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard, system_resolver
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import (
    ErrorCode,
    FetchFailed,
    NonHtmlResponse,
    PageError,
    PageTimeout,
    PrivateNetworkTarget,
)
from webferry.domain.pages import MAX_BODY_BYTES, Page, PageRequest, UserAgentProfile

PAGE = "<title>Ferry</title><p>Grüße"
BOMB = gzip.compress(bytes(200 * 1024 * 1024), 9)


def moved(to: str, status: str = "302 Found") -> bytes:
    return html("", f"Location: {to}", status=status)


SCRIPT = {
    "/": html(PAGE),
    "/gzip": html(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"),
    "/deflate": html(zlib.compress(PAGE.encode()), "Content-Encoding: deflate"),
    "/bare-deflate": html(zlib.compress(PAGE.encode(), wbits=-15), "Content-Encoding: deflate"),
    "/cut-gzip": html(gzip.compress(PAGE.encode())[:-9], "Content-Encoding: gzip"),
    "/no-gzip": html(PAGE, "Content-Encoding: gzip"),
    "/odd-coding": html(PAGE, "Content-Encoding: klingon"),
    "/bomb": html(BOMB, "Content-Encoding: gzip"),
    "/huge": html(b"x" * (MAX_BODY_BYTES + 1)),
    "/largest": html(b"x" * MAX_BODY_BYTES),
    "/chunked": html(b"5\r\n<p>Hi\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "/bad-chunk": html(b"zz\r\n<p>Hi\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "/short": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<p>Hi",
    "/nothing": b"",
    "/not-http": b"SSH-2.0-OpenSSH_9.2\r\n",
    "/many-headers": html(PAGE, *[f"X-{n}: {'y' * 100}" for n in range(2000)]),
    "/forbidden": html("no", status="403 Forbidden"),
    "/teapot": html("no", status="418 I am the server's own words"),
    "/odd-status": html("no", status="799 Odd"),
    "/unavailable": html("no", status="503 Busy"),
    "/picture": html(b"\x89PNG", "Content-Type: image/png"),
    "/xhtml": html(PAGE, "Content-Type: application/xhtml+xml"),
    "/untyped": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<p>Hi",
    "/silent": HANG,
    "/drip": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nx" + HANG,
    "/hop": moved("/?after=hop", "301 Moved Permanently"),
    "/away": moved("http://169.254.169.254/latest/meta-data/"),
    "/mapped": moved("http://[::ffff:7f00:1]/"),
    "/scheme": moved("gopher://127.0.0.1/"),
    "/login": moved("http://user:secret@example.com/"),
    "/broken": moved("http://[oops/"),
    "/empty": moved(""),
    "/loop": moved("/loop"),
    "/?after=hop": html(PAGE, "Set-Cookie: a=b"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    with raw_site(SCRIPT) as running:
        yield running


def fetch(site: RawSite, path: str, *, timeout_ms: int = 10_000) -> Page:
    guard = EgressGuard(Allowance.parse(site.host), system_resolver)
    fetcher = HttpFetcher(guard, SystemClock())
    return fetch_once(fetcher, PageRequest(site.url + path, timeout_ms))


def test_a_page_comes_back_with_the_facts_of_its_fetch(site: RawSite) -> None:
    before_ms = time.time_ns() // 1_000_000

    page = fetch(site, "/")

    assert page.body.decode() == PAGE
    assert (page.requested_url, page.final_url) == (f"{site.url}/", f"{site.url}/")
    assert (page.http_status, page.content_type) == (200, "text/html; charset=utf-8")
    assert before_ms <= page.fetched_at_ms <= time.time_ns() // 1_000_000
    assert 0 <= page.fetch_duration_ms < 10_000


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/bare-deflate", "/xhtml"])
def test_every_coding_we_ask_for_is_read(site: RawSite, path: str) -> None:
    assert fetch(site, path).body.decode() == PAGE


@pytest.mark.parametrize("path", ["/chunked", "/untyped"])
def test_a_page_need_not_say_its_length_or_type(site: RawSite, path: str) -> None:
    assert fetch(site, path).body == b"<p>Hi"


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(site: RawSite) -> None:
    assert len(fetch(site, "/largest").body) == MAX_BODY_BYTES
    with pytest.raises(FetchFailed, match="larger than 10 MiB"):
        fetch(site, "/huge")


def test_a_compression_bomb_is_cut_off_at_the_limit(site: RawSite) -> None:
    with pytest.raises(FetchFailed, match="larger than 10 MiB"):
        fetch(site, "/bomb")


@pytest.mark.promise("scrape.code.fetch-failed")
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/forbidden", "Target URL returned 403 Forbidden"),
        ("/teapot", "Target URL returned 418 I'm a Teapot"),
        ("/odd-status", "Target URL returned 799"),
        ("/unavailable", "Target URL returned 503 Service Unavailable"),
        ("/empty", "Target URL returned 302 Found"),
        ("/missing", "Target URL returned 404 Not Found"),
    ],
)
def test_a_refusal_is_named_by_its_standard_words(site: RawSite, path: str, message: str) -> None:
    with pytest.raises(FetchFailed) as refused:
        fetch(site, path)
    assert refused.value.message == message
    assert refused.value.retryable == (path == "/unavailable")


@pytest.mark.parametrize(
    "path",
    [
        "/cut-gzip",
        "/no-gzip",
        "/odd-coding",
        "/bad-chunk",
        "/short",
        "/nothing",
        "/not-http",
        "/many-headers",
    ],
)
def test_an_answer_that_cannot_be_read_is_a_failed_fetch(site: RawSite, path: str) -> None:
    with pytest.raises(FetchFailed):
        fetch(site, path)


@pytest.mark.promise("scrape.code.non-html")
def test_what_is_not_a_page_is_refused(site: RawSite) -> None:
    with pytest.raises(NonHtmlResponse):
        fetch(site, "/picture")


@pytest.mark.promise("scrape.code.timeout")
@pytest.mark.parametrize("path", ["/silent", "/drip"])
def test_the_deadline_covers_the_whole_exchange(site: RawSite, path: str) -> None:
    with pytest.raises(PageTimeout):
        fetch(site, path, timeout_ms=150)


def test_a_redirect_is_followed_and_tells_the_next_hop_nothing(site: RawSite) -> None:
    page = fetch(site, "/hop")

    assert (page.requested_url, page.final_url) == (f"{site.url}/hop", f"{site.url}/?after=hop")
    assert "referer" not in site.requests[-1].lower()
    assert "cookie" not in site.requests[-1].lower()


@pytest.mark.promise("egress.redirects", "egress.one-guard")
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/away", ErrorCode.PRIVATE_NETWORK_TARGET),
        ("/mapped", ErrorCode.PRIVATE_NETWORK_TARGET),
        ("/scheme", ErrorCode.UNSUPPORTED_SCHEME),
        ("/login", ErrorCode.FETCH_FAILED),
        ("/broken", ErrorCode.FETCH_FAILED),
        ("/loop", ErrorCode.FETCH_FAILED),
    ],
)
def test_a_redirect_passes_the_guard_like_any_url(
    site: RawSite, path: str, code: ErrorCode
) -> None:
    with pytest.raises(PageError) as refused:
        fetch(site, path)
    assert refused.value.code is code


def test_a_chain_of_redirects_ends_after_ten(site: RawSite) -> None:
    site.requests.clear()
    with pytest.raises(FetchFailed, match="more than 10 times"):
        fetch(site, "/loop")
    assert len(site.requests) == 11


def test_a_closed_port_is_a_failed_fetch_and_an_unopened_one_is_private(site: RawSite) -> None:
    nobody = RawSite("http://127.0.0.1:1089")
    with pytest.raises(FetchFailed, match="connected"):
        fetch(nobody, "/")
    guard = EgressGuard(Allowance(), system_resolver)
    with pytest.raises(PrivateNetworkTarget):
        fetch_once(HttpFetcher(guard, SystemClock()), PageRequest(site.url, 1000))


def test_a_handshake_that_never_ends_is_a_timeout_and_leaves_nothing_open(site: RawSite) -> None:
    with pytest.raises(PageTimeout):
        fetch(RawSite(site.url.replace("http:", "https:")), "/", timeout_ms=300)


def test_each_profile_introduces_itself_as_another_device(site: RawSite) -> None:
    site.requests.clear()
    guard = EgressGuard(Allowance.parse(site.host), system_resolver)
    fetcher = HttpFetcher(guard, SystemClock())
    for profile in UserAgentProfile:
        fetch_once(fetcher, PageRequest(site.url, 10_000, profile))

    agents = [line for head in site.requests for line in head.splitlines() if "User-Agent" in line]
    assert len(set(agents)) == 3
    assert "Mobile" in agents[1]
    assert "iPad" in agents[2]
