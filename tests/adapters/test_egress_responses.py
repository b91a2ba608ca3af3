"""Hostile answers: each ends in its time with an honest code, and the next page is fetched."""

import gzip
import time
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.adapters.hostile_site import HostileSite, hostile_site
from tests.raw_site import HANG, RESET, html
from webferry.domain.pages import PageFormat

FAILED, TIMEOUT, NOT_HTML, OK = "FETCH_FAILED", "TIMEOUT", "NON_HTML_RESPONSE", "OK"
TIMEOUT_MS = 5000
SHORT_MS = 400
PAGE = "<title>Ferry</title><p>Grüße"
NULLS = bytes(64 * 1024 * 1024)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def zstd_bomb() -> bytes:
    """A frame of blocks that each repeat one byte 128 KiB long: 4 bytes for 131,072."""
    block = ((128 * 1024) << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * 40_000


# name → (what the site says, the codes that are honest)
ANSWERS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "closes at once": (b"", (FAILED,)),
    "resets at once": (RESET, (FAILED,)),
    "resets in the middle": (HEAD + b"Content-Length: 999\r\n\r\n<p>Hi" + RESET, (FAILED,)),
    "says less than announced": (HEAD + b"Content-Length: 999\r\n\r\n<p>Hi", (FAILED,)),
    "says nothing": (HANG, (TIMEOUT,)),
    "stops in the head": (HEAD + HANG, (TIMEOUT,)),
    "stops in the body": (HEAD + b"Content-Length: 9\r\n\r\nx" + HANG, (TIMEOUT,)),
    "speaks another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", (FAILED,)),
    "speaks HTTP 0.9": (b"<p>Hi", (FAILED,)),
    "changes protocols": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", (FAILED,)),
    "hints without end": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20_000, (FAILED,)),
    "hints and goes on": (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + html(PAGE), (OK,)),
    "a chunk of no size": (html(b"zz\r\nHi\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), (FAILED,)),
    "a chunk of huge size": (
        html(b"fffffffffffffffff\r\nHi", "Transfer-Encoding: chunked"),
        (FAILED,),
    ),
    "chunks of one byte": (
        html(b"1\r\nx\r\n" * 50_000 + b"0\r\n\r\n", "Transfer-Encoding: chunked"),
        (OK,),
    ),
    "a length and chunks": (
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        (FAILED, OK),
    ),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<p>Hi.", (FAILED,)),
    "a length below nothing": (HEAD + b"Content-Length: -1\r\n\r\n", (FAILED,)),
    "a header without end": (HEAD + b"X: " + b"y" * 5_000_000, (FAILED,)),
    "a header too long": (html(PAGE, f"X: {'y' * 70_000}"), (FAILED,)),
    "too many headers": (html(PAGE, *[f"X-{n}: y" for n in range(101)]), (FAILED,)),
    "as many headers as may be": (html(PAGE, *[f"X-{n}: y" for n in range(97)]), (OK,)),
    "a second answer": (html(PAGE) + html("smuggled"), (OK,)),
    "an unknown coding": (html(PAGE, "Content-Encoding: klingon"), (FAILED,)),
    "codings upon codings": (html(PAGE, "Content-Encoding: gzip, gzip"), (FAILED,)),
    "no gzip": (html(PAGE, "Content-Encoding: gzip"), (FAILED,)),
    "no brotli": (html(b"\xff" * 99, "Content-Encoding: br"), (FAILED,)),
    "no zstd": (html(PAGE, "Content-Encoding: zstd"), (FAILED,)),
    "half a brotli": (html(brotli.compress(PAGE.encode())[:-3], "Content-Encoding: br"), (FAILED,)),
    "half a zstd": (
        html(zstandard.compress(PAGE.encode())[:-3], "Content-Encoding: zstd"),
        (FAILED,),
    ),
    "a gzip bomb": (html(gzip.compress(NULLS, 6), "Content-Encoding: gzip"), (FAILED,)),
    "a deflate bomb": (html(zlib.compress(NULLS, 6), "Content-Encoding: deflate"), (FAILED,)),
    "a brotli bomb": (
        html(brotli.compress(NULLS, quality=1), "Content-Encoding: br"),
        (FAILED,),
    ),
    "a zstd bomb": (html(zstd_bomb(), "Content-Encoding: zstd"), (FAILED,)),
    "a bomb in a refusal": (
        html(gzip.compress(NULLS, 6), "Content-Encoding: gzip", status="403 Forbidden"),
        (FAILED,),
    ),
    "50 MB": (html(b"x" * 50_000_000), (FAILED,)),
    "401 and a question": (
        html("who?", "WWW-Authenticate: Basic", status="401 Unauthorized"),
        (FAILED,),
    ),
    "403": (html("no", status="403 Forbidden"), (FAILED,)),
    "429": (html("later", "Retry-After: 9", status="429 Too Many"), (FAILED,)),
    "500": (html("oh", status="500 Oh"), (FAILED,)),
    "304 to no question": (html("", status="304 Not Modified"), (FAILED,)),
    "204": (html("", status="204 No Content"), (OK, FAILED)),
    "a picture": (html(b"\x89PNG", "Content-Type: image/png"), (NOT_HTML,)),
    "JSON": (html("{}", "Content-Type: application/json"), (NOT_HTML,)),
    "a download": (
        html(b"PK", "Content-Type: application/zip", "Content-Disposition: attachment"),
        (NOT_HTML,),
    ),
    "text": (html("hi", "Content-Type: text/plain"), (NOT_HTML,)),
    "an unknown charset": (html(PAGE, "Content-Type: text/html; charset=klingon"), (OK,)),
    "two charsets": (
        html('<meta charset="utf-8"><p>hi', "Content-Type: text/html; charset=latin-1"),
        (OK,),
    ),
    "NUL bytes": (html(b"<p>a\0b\0" * 999), (OK,)),
    "divs 100,000 deep": (html("<div>" * 100_000), (OK, FAILED)),
    "spaces for a regex": (html("<p>" + " \n" * 200_000 + "<a " * 50_000), (OK,)),
    "emphasis without end": (html("<b>" * 20_000 + "*_[](`" * 20_000), (OK,)),
    "scripts that would eat memory": (
        html("<script>for(a=[];;)a.push(new Array(1e6))</script><p>hi"),
        (OK,),
    ),
    "a frame of itself": (html('<iframe src="/"></iframe><p>hi'), (OK,)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[HostileSite]:
    script = {f"/{n}": answer for n, (answer, _) in enumerate(ANSWERS.values())}
    with hostile_site({**script, "/ok": html("<p>fine")}) as running:
        yield running


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_answer_ends_in_time_and_the_next_page_comes(
    site: HostileSite, name: str
) -> None:
    path = f"/{list(ANSWERS).index(name)}"
    answer, codes = ANSWERS[name]
    timeout_ms = SHORT_MS if answer.endswith(HANG) else TIMEOUT_MS
    started_s = time.monotonic()

    outcome = site.scrape(path, timeout_ms=timeout_ms, wanted=PageFormat.MARKDOWN)

    assert outcome.code in codes
    assert time.monotonic() - started_s < timeout_ms / 1000 + 2
    assert outcome.strays == []
    assert outcome.next_code == OK
    if outcome.page:
        assert "smuggled" not in outcome.page.body.decode()


def test_a_million_nodes_are_read_or_refused() -> None:
    with hostile_site({"/": html("<p>x" * 1_000_000), "/ok": html("<p>fine")}) as crowded:
        outcome = crowded.scrape("/", timeout_ms=20_000, wanted=PageFormat.MARKDOWN)

    assert outcome.code in (OK, FAILED, TIMEOUT)
    assert outcome.next_code == OK
