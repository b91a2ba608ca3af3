"""Bodies: every coding is read in pieces of any size, and none grows beyond its limit."""

import gzip
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.test_egress_responses import zstd_bomb
from webferry.adapters.http_bodies import Body
from webferry.domain.errors import FetchFailed

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
MEBIBYTE = 1024 * 1024


def read(coding: str, sent: bytes, piece: int, limit: int = MEBIBYTE) -> bytes:
    body = Body(coding, limit)
    for start in range(0, len(sent), piece):
        body.feed(sent[start : start + piece])
    return body.finish()


@given(st.sampled_from(list(CODINGS)), st.binary(max_size=4000), st.integers(1, 5000))
def test_what_was_packed_comes_out(coding: str, content: bytes, piece: int) -> None:
    assert read(coding, CODINGS[coding](content), piece) == content


@given(st.sampled_from(list(CODINGS)[1:]), st.binary(max_size=2000), st.integers(1, 700))
def test_any_bytes_are_a_body_or_a_failed_fetch(coding: str, sent: bytes, piece: int) -> None:
    try:
        read(coding, sent, piece)
    except FetchFailed:
        return


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("piece", [999, 65_536, 10 * MEBIBYTE])
def test_a_body_is_as_large_as_its_limit_or_refused(coding: str, piece: int) -> None:
    fits, too_large = bytes(MEBIBYTE), bytes(MEBIBYTE + 1)

    assert read(coding, CODINGS[coding](fits), piece) == fits
    with pytest.raises(FetchFailed, match="larger than 1 MiB"):
        read(coding, CODINGS[coding](too_large), piece)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_in_one_piece_never_unfolds(coding: str) -> None:
    bomb = zstd_bomb() if coding == "zstd" else CODINGS[coding](bytes(64 * MEBIBYTE))
    body = Body(coding, MEBIBYTE)

    with pytest.raises(FetchFailed, match="larger"):
        body.feed(bomb)
    assert len(body.content) <= 10 * MEBIBYTE


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_what_follows_the_end_is_no_part_of_it(coding: str) -> None:
    assert read(coding, CODINGS[coding](b"page") + b"more" * 9000, 100) == b"page"


def test_no_bytes_at_all_are_an_empty_body_in_any_coding() -> None:
    assert [read(coding, b"", 1) for coding in CODINGS] == [b""] * len(CODINGS)
