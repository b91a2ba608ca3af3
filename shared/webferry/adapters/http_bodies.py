"""Reads a response body with a bound on what it grows to, not on what it weighs in transit."""

import zlib
from collections.abc import AsyncIterable

from webferry.domain.errors import FetchFailed

MAX_BODY_BYTES = 10 * 1024 * 1024

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW_DEFLATE = -zlib.MAX_WBITS


async def read_body(chunks: AsyncIterable[bytes], coding: str) -> bytes:
    """The decoded body.

    Raises: FetchFailed: too large, truncated, or in a coding that we did not ask for.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return await _read_plain(chunks)
    if coding in ("gzip", "x-gzip", "deflate"):
        return await _read_compressed(chunks)
    raise FetchFailed("Target answered in an unknown content encoding", retryable=False)


async def _read_plain(chunks: AsyncIterable[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        _check_size(len(body))
    return bytes(body)


async def _read_compressed(chunks: AsyncIterable[bytes]) -> bytes:
    body, inflater = bytearray(), None
    async for chunk in chunks:
        if inflater is None:
            inflater = _inflater_for(chunk)
        try:
            body += inflater.decompress(chunk, MAX_BODY_BYTES + 1 - len(body))
        except zlib.error as error:
            raise FetchFailed("Target sent a damaged body") from error
        _check_size(len(body))
    if inflater is not None and not inflater.eof:
        raise FetchFailed("Target sent a truncated body")
    return bytes(body)


def _inflater_for(first: bytes) -> "zlib._Decompress":
    # `deflate` means zlib by the standard, and bare deflate on many a server.
    wrapped = first[:1] == b"\x1f" or (first[:1] == b"\x78" and int.from_bytes(first[:2]) % 31 == 0)
    return zlib.decompressobj(_GZIP_OR_ZLIB if wrapped else _RAW_DEFLATE)


def _check_size(size: int) -> None:
    if size > MAX_BODY_BYTES:
        megabytes = MAX_BODY_BYTES // 1024**2
        raise FetchFailed(f"Target page is larger than {megabytes} MiB", retryable=False)
