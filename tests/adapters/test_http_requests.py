"""What a fetch says, to whom, and what it understands: credentials, cookies, validators, types."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fetching import fetch_once
from tests.raw_site import RawSite, html, raw_site
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.egress.network import Wire
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import Blocked, FetchFailed, NonHtmlResponse, PageTimeout
from webferry.domain.outcomes import Outcome, outcome_of
from webferry.domain.pages import Page, PageRequest, Validators

SECRETS = {
    "headers": (("Authorization", "Bearer x"), ("X-Api-Key", "k"), ("Accept-Language", "de")),
    "cookies": (("session", "s3cret"),),
}
KEPT = html("<p>kept").replace(b"Connection: close\r\n", b"")
SCRIPT = {
    "/": html("<p>home", 'ETag: "v1"', "Last-Modified: Mon, 01 Jan 2026 00:00:00 GMT"),
    "/same": html("", "Location: /", status="302 Found"),
    "/other": html("", "Location: {other}/", status="302 Found"),
    "/enter": html(
        "", "Location: /", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2", status="302 Found"
    ),
    "/unchanged": html("", 'ETag: "v1"', status="304 Not Modified"),
    "/feed": html("<rss/>", "Content-Type: application/rss+xml"),
    "/cloudflare": html("<p>", "cf-mitigated: challenge", status="403 Forbidden"),
    "/datadome": html(
        '<script src="https://ct.captcha-delivery.com/c.js"></script>', status="403 Forbidden"
    ),
    "/quiet-challenge": html("<script>window.gokuProps = {}</script>"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    with raw_site({"/": html("<p>elsewhere")}) as other:
        script = {k: v.replace(b"{other}", other.url.encode()) for k, v in SCRIPT.items()}
        with raw_site(script) as running:
            other.requests = running.requests
            yield running


def fetch(site: RawSite, path: str, **asked: object) -> Page:
    request = replace(PageRequest(site.url + path, 5000), **asked)  # type: ignore[arg-type]
    site.requests.clear()
    guard = EgressGuard(Allowance.parse("127.0.0.1"))
    return fetch_once(HttpFetcher(guard, SystemClock()), request)


def test_the_callers_words_reach_the_site_and_its_redirects(site: RawSite) -> None:
    fetch(site, "/same", **SECRETS)

    assert len(site.requests) == 2
    for head in site.requests:
        assert "Authorization: Bearer x" in head
        assert "Cookie: session=s3cret" in head
        assert "Accept-Language: de" in head
        assert head.count("Accept-Language") == 1


def test_no_secret_of_the_caller_reaches_another_origin(site: RawSite) -> None:
    assert fetch(site, "/other", **SECRETS).body == b"<p>elsewhere"

    assert "Bearer x" in site.requests[0]
    assert not any(secret in site.requests[1] for secret in ("Bearer", "s3cret", "X-Api-Key"))
    assert "Accept-Language: de" in site.requests[1]


def test_a_cookie_that_a_hop_sets_comes_back_to_it_and_to_no_later_fetch(site: RawSite) -> None:
    fetch(site, "/enter")
    assert "Cookie: a=1; b=2" in site.requests[1]

    fetch(site, "/")
    assert "Cookie" not in site.requests[0]


def test_a_page_that_has_not_changed_is_not_sent_again(site: RawSite) -> None:
    first = fetch(site, "/")
    assert first.validators == Validators('"v1"', "Mon, 01 Jan 2026 00:00:00 GMT")
    assert not first.is_unchanged

    again = fetch(site, "/unchanged", known=first.validators)

    assert (again.is_unchanged, again.body) == (True, b"")
    assert 'If-None-Match: "v1"' in site.requests[0]
    assert "If-Modified-Since: Mon, 01 Jan 2026" in site.requests[0]


def test_an_answer_to_a_question_that_was_not_asked_is_refused(site: RawSite) -> None:
    with pytest.raises(FetchFailed, match="304 Not Modified"):
        fetch(site, "/unchanged")


def test_another_type_is_a_page_to_who_can_read_it(site: RawSite) -> None:
    with pytest.raises(NonHtmlResponse):
        fetch(site, "/feed")

    for types in ({"application/rss+xml"}, {"*/*"}):
        assert fetch(site, "/feed", media_types=frozenset(types)).body == b"<rss/>"
    with pytest.raises(NonHtmlResponse):
        fetch(site, "/", media_types=frozenset({"application/rss+xml"}))


def test_a_smaller_page_can_be_asked_for(site: RawSite) -> None:
    with pytest.raises(FetchFailed, match="larger"):
        fetch(site, "/", max_bytes=3)


@pytest.mark.parametrize(
    ("path", "by", "message"),
    [
        ("/cloudflare", "Cloudflare", "Target URL returned 403 Forbidden: a challenge by"),
        ("/datadome", "DataDome", "Target URL returned 403 Forbidden: a challenge by"),
        ("/quiet-challenge", "AWS WAF", "Target answered with a challenge by"),
    ],
)
def test_a_challenge_is_named(site: RawSite, path: str, by: str, message: str) -> None:
    with pytest.raises(Blocked, match=f"{message} {by}") as blocked:
        fetch(site, path)

    assert outcome_of(blocked.value) is Outcome.BLOCKED
    assert not blocked.value.retryable


def test_a_connection_is_kept_and_given_up_when_the_site_has_closed_it() -> None:
    with raw_site({"/": KEPT}) as site:
        guard = EgressGuard(Allowance.parse(site.host))
        fetcher = HttpFetcher(guard, SystemClock())

        async def thrice() -> list[bytes]:
            # The site says that it keeps the connection, and closes it after every answer.
            pages = [await fetcher.fetch(PageRequest(site.url, 3000)) for _ in range(3)]
            fetcher.close()
            await asyncio.sleep(0)
            return [page.body for page in pages]

        assert asyncio.run(thrice()) == [b"<p>kept"] * 3


def test_an_address_that_swallows_everything_is_a_timeout() -> None:
    async def swallow(wire: Wire, address: str, port: int) -> None:
        await asyncio.Event().wait()

    fetcher = HttpFetcher(EgressGuard(Allowance()), SystemClock(), swallow)
    with pytest.raises(PageTimeout) as late:
        fetch_once(fetcher, PageRequest("http://93.184.216.34/", 200))
    assert outcome_of(late.value) is Outcome.TIMEOUT


def test_a_page_refused_before_it_was_asked_for_is_refused_and_no_http_error() -> None:
    guard = EgressGuard(Allowance())
    fetcher = HttpFetcher(guard, SystemClock())
    with pytest.raises(Exception, match="private") as refused:
        fetch_once(fetcher, PageRequest("http://10.0.0.1/", 200))
    assert outcome_of(refused.value) is Outcome.REFUSED  # type: ignore[arg-type]
