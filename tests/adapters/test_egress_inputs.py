"""Every other field of a request that names a host, or could be made to."""

import pytest

from tests.adapters.scripted_network import DeadNetwork, ScriptedResolver, WatchedNetwork
from tests.fetching import fetch_once
from tests.raw_site import html, raw_site
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import InvalidRequest, PageError, WebferryError
from webferry.domain.pages import PageRequest

URL = "http://public.test/"
NAMES = {"public.test": [["93.184.216.34"]], "inside.test": [["10.0.0.7"]]}


def refusal(request: PageRequest) -> tuple[str, list[str]]:
    network = DeadNetwork()
    fetcher = HttpFetcher(EgressGuard(Allowance(), ScriptedResolver(NAMES)), SystemClock(), network)
    with pytest.raises(WebferryError) as refused:
        fetch_once(fetcher, request)
    return str(refused.value.code), network.dialled


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "169.254.169.254"),
        ("host", "x"),
        ("X", "a\r\nHost: 127.0.0.1"),
        ("X", "a\nb"),
        ("X", "a\0b"),
        ("X", " a"),
        ("X", "a\u2028"),
        ("X", "\ud800"),
        ("X\r\nHost", "a"),
        ("X Y", "a"),
        ("", "a"),
        (":authority", "127.0.0.1"),
        ("Connection", "close"),
        ("Content-Length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Upgrade", "h2c"),
        ("Proxy-Authorization", "Basic x"),
        ("Accept-Encoding", "klingon"),
        ("Range", "bytes=0-1"),
        ("X", "y" * 20_000),
    ],
)
def test_a_header_that_speaks_for_the_connection_cannot_be_set(name: str, value: str) -> None:
    assert refusal(PageRequest(URL, 300, headers=((name, value),))) == ("INVALID_REQUEST", [])


@pytest.mark.parametrize("name", ["X-aws-ec2-metadata-token", "Metadata-Flavor"])
def test_a_header_of_the_clouds_metadata_opens_nothing(name: str) -> None:
    headers = ((name, "Google"),)

    assert refusal(PageRequest(URL, 300, headers=headers)) == ("FETCH_FAILED", ["93.184.216.34"])
    inside = PageRequest("http://169.254.169.254/", 300, headers=headers)
    assert refusal(inside) == ("PRIVATE_NETWORK_TARGET", [])


def test_more_headers_than_anybody_needs_are_refused() -> None:
    many = tuple((f"X-{number}", "y") for number in range(51))

    assert refusal(PageRequest(URL, 300, headers=many))[0] == "INVALID_REQUEST"


@pytest.mark.parametrize(
    ("name", "value"), [("a", "b\r\nHost: x"), ("a", "b; c=d"), ("a b", "c"), ("a", "ü")]
)
def test_a_cookie_is_one_cookie(name: str, value: str) -> None:
    assert refusal(PageRequest(URL, 300, cookies=((name, value),))) == ("INVALID_REQUEST", [])


@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        ("http://127.0.0.1:3128", "PRIVATE_NETWORK_TARGET"),
        ("http://user:pw@169.254.169.254/", "PRIVATE_NETWORK_TARGET"),
        ("http://inside.test:3128", "PRIVATE_NETWORK_TARGET"),
        ("http://localhost:3128", "PRIVATE_NETWORK_TARGET"),
        ("http://0x7f.1:3128", "PRIVATE_NETWORK_TARGET"),
        ("http://public.test:25", "INVALID_REQUEST"),
        ("https://public.test", "INVALID_REQUEST"),
        ("socks5://public.test:1080", "INVALID_REQUEST"),
        ("file:///etc/passwd", "INVALID_REQUEST"),
        ("http://a@b@public.test", "INVALID_REQUEST"),
        ("http://public.test/path", "INVALID_REQUEST"),
        ("http://public.test\\@127.0.0.1", "INVALID_REQUEST"),
        ("public.test:3128", "INVALID_REQUEST"),
        ("", "FETCH_FAILED"),
    ],
)
def test_a_proxy_passes_the_guard_like_any_target(proxy: str, code: str) -> None:
    found, dialled = refusal(PageRequest(URL, 300, proxy=proxy))

    assert found == code
    assert not dialled or dialled == ["93.184.216.34"]


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/", "http://inside.test/", "https://inside.test/", "http://[::1]/"],
)
def test_a_proxy_is_never_asked_for_a_private_target(url: str) -> None:
    with raw_site({}) as proxy:
        port = int(proxy.url.rpartition(":")[2])
        network = WatchedNetwork({("127.0.0.1", port)})
        guard = EgressGuard(Allowance.parse(proxy.host), ScriptedResolver(NAMES))
        request = PageRequest(url, 1000, proxy=proxy.url)
        with pytest.raises(PageError) as refused:
            fetch_once(HttpFetcher(guard, SystemClock(), network), request)

    assert refused.value.code == "PRIVATE_NETWORK_TARGET"
    assert network.dialled == []


def test_a_proxy_brings_the_page_and_alone_reads_its_password() -> None:
    with raw_site({"http://public.test/p": html("<p>through")}) as proxy:
        guard = EgressGuard(Allowance.parse(proxy.host), ScriptedResolver(NAMES))
        request = PageRequest(
            "http://public.test/p", 3000, proxy=proxy.url.replace("//", "//me:s%40crecy@")
        )
        page = fetch_once(HttpFetcher(guard, SystemClock()), request)

    assert page.body == b"<p>through"
    assert "Proxy-Authorization: Basic bWU6c0BjcmVjeQ==" in proxy.requests[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://user:pw@example.com/hook",
        "https://example.com:22/hook",
        "https://127.0.0.1/client.json",
        "http://169.254.169.254/",
        "https://[::ffff:10.0.0.1]/hook",
    ],
)
def test_the_url_of_a_webhook_a_step_or_a_client_is_refused_by_its_text(url: str) -> None:
    with pytest.raises(PageError):
        EgressGuard(Allowance()).target(url)


def test_a_request_refused_for_its_headers_says_which() -> None:
    request = PageRequest(URL, 300, headers=(("Host", "x"),))
    with pytest.raises(InvalidRequest, match="Host"):
        fetch_once(HttpFetcher(EgressGuard(Allowance()), SystemClock()), request)
