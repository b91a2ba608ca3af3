"""Kept connections: shared where that is cheaper, never with anybody's secrets on them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from h2.connection import H2Connection

from tests.adapters.certificates import write_certificate
from tests.adapters.http2_site import Answer, Http2Site, fine, http2_site
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import FetchFailed, PageError
from webferry.domain.pages import Page, PageRequest


def bomb(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    many = [(f"x-{number}", "y" * 500) for number in range(120)]
    connection.send_headers(stream, [(":status", "200"), *many], end_stream=True)


def pings(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    writer.write((b"\0\0\x08\6\0\0\0\0\0" + b"12345678") * 60_000)


def reset(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    connection.reset_stream(stream, 2)


def nonsense(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n" * 9)


def half(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-length", "9")])
    connection.send_data(stream, b"<p>")
    connection.reset_stream(stream, 0)


def whole_but_reset(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-length", "3")])
    connection.send_data(stream, b"<p>")
    connection.reset_stream(stream, 0)


def hang_up(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    connection.close_connection()


def say_nothing(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    """Leave the caller waiting."""


ANSWERS: dict[str, Answer] = {
    "/bomb": bomb,
    "/pings": pings,
    "/reset": reset,
    "/nonsense": nonsense,
    "/half": half,
    "/whole": whole_but_reset,
    "/hang-up": hang_up,
    "/silent": say_nothing,
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("tls") / "certificate.pem")


@pytest.fixture
def site(certificate: Path) -> Iterator[Http2Site]:
    with http2_site(Http2Site(certificate, ANSWERS)) as running:
        yield running


def fetched(
    site: Http2Site, *rounds: list[str], headers: tuple[tuple[str, str], ...] = ()
) -> list[Page | PageError]:
    """Each round's pages at once, the rounds one after another, by one fetcher."""
    guard = EgressGuard(Allowance.parse(f"127.0.0.1:{site.port}"))
    fetcher = HttpFetcher(guard, SystemClock(), roots=site.certificate)

    async def fetch(path: str) -> Page | PageError:
        url = f"https://127.0.0.1:{site.port}{path}"
        try:
            return await fetcher.fetch(PageRequest(url, 1500, headers=headers))
        except PageError as error:
            return error

    async def every() -> list[Page | PageError]:
        found = [one for paths in rounds for one in await asyncio.gather(*map(fetch, paths))]
        fetcher.close()
        await asyncio.sleep(0.05)
        return found

    return asyncio.run(every())


def bodies(found: list[Page | PageError]) -> set[bytes]:
    return {one.body if isinstance(one, Page) else one.message.encode() for one in found}


def test_one_page_after_another_shares_one_connection_of_the_cheaper_kind(site: Http2Site) -> None:
    assert bodies(fetched(site, ["/1"], ["/2"], ["/3"])) == {b"<p>sealed"}
    assert site.connections == ["http/1.1"]


def test_many_pages_at_once_share_one_connection_of_http2(site: Http2Site) -> None:
    paths = [f"/{number}" for number in range(30)]

    assert bodies(fetched(site, paths, paths)) == {b"<p>sealed"}
    assert sorted(site.connections) == ["h2", "http/1.1"]


def test_a_site_without_http2_gets_a_connection_for_each_page_at_once(certificate: Path) -> None:
    with http2_site(Http2Site(certificate, {}, speaks=("http/1.1",))) as site:
        assert bodies(fetched(site, ["/"] * 5, ["/"] * 5)) == {b"<p>sealed"}
        assert site.connections == ["http/1.1"] * 5


def test_what_carries_a_callers_secret_shares_nothing(site: Http2Site) -> None:
    private = (("Authorization", "Bearer x"),)

    assert bodies(fetched(site, ["/1"], ["/2"], headers=private)) == {b"<p>sealed"}
    assert site.connections == ["http/1.1"] * 2


@pytest.mark.parametrize("path", ["/bomb", "/pings", "/reset", "/nonsense", "/half", "/silent"])
def test_a_bad_answer_over_http2_spoils_no_other(site: Http2Site, path: str) -> None:
    found = fetched(site, ["/silent", path, path], ["/1", "/2"])

    assert all(isinstance(one, PageError) for one in found[1:3])
    assert bodies(found[3:]) == {b"<p>sealed"}
    assert "h2" in site.connections


def test_all_that_was_announced_is_a_page_even_when_the_stream_is_reset(site: Http2Site) -> None:
    found = fetched(site, ["/1", "/whole", "/whole"])

    assert bodies(found[1:]) == {b"<p>"}


def test_a_site_that_hangs_up_is_asked_once_more_on_another_connection(site: Http2Site) -> None:
    calls = []

    def once(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
        calls.append(stream)
        (hang_up if len(calls) == 1 else fine)(connection, stream, writer)

    site.answers["/once"] = once
    found = fetched(site, ["/1", "/2"], ["/once", "/3"])

    assert not any(isinstance(one, FetchFailed) for one in found[:2])
    assert isinstance(found[3], Page)
