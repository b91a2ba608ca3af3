"""Reads response bodies with a bound on what they grow to, not on what they weigh in transit."""

import zlib
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

from webferry.domain.errors import FetchFailed

CODINGS = "gzip, deflate, br, zstd"

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW_DEFLATE = -zlib.MAX_WBITS
# A zstd block of 4 bytes may stand for 128 KiB, so input is handed over in bites of 8 MiB at most.
_ZSTD_BITE = 256
_ZSTD_WINDOW = 8 * 1024 * 1024


class _Decoder(Protocol):
    """One content coding."""

    def decode(self, data: bytes, room: int) -> bytes:
        """At least one byte more than there is room for, if there is that much."""

    @property
    def finished(self) -> bool:
        """Whether the body came to its end."""


class Body:
    """A body as it comes in."""

    def __init__(self, coding: str, limit: int) -> None:
        """Raises: FetchFailed: a coding that we did not ask for."""
        self.content = bytearray()
        self._limit = limit
        self._decoder = _decoder_for(coding.strip().lower())
        self._began = False

    def feed(self, data: bytes) -> None:
        """Raises: FetchFailed: damaged, or too large; what was read until then is kept."""
        self._began = True
        room = self._limit - len(self.content)
        if self._decoder is None:
            self.content += data
        elif not self._decoder.finished:
            try:
                self.content += self._decoder.decode(data, room)
            except (zlib.error, brotli.error, zstandard.ZstdError) as error:
                raise FetchFailed("Target sent a damaged body") from error
        if len(self.content) > self._limit:
            size = f"{self._limit / 1024**2:g} MiB"
            raise FetchFailed(f"Target page is larger than {size}", retryable=False)

    def finish(self) -> bytes:
        """The whole body. Raises: FetchFailed: truncated."""
        if self._decoder and self._began and not self._decoder.finished:
            raise FetchFailed("Target sent a truncated body")
        return bytes(self.content)


def _decoder_for(coding: str) -> _Decoder | None:
    if coding in ("", "identity"):
        return None
    decoder = _DECODERS.get(coding)
    if decoder is None:
        raise FetchFailed("Target answered in an unknown content encoding", retryable=False)
    return decoder()


class _Zlib:
    """gzip, and both things that are called deflate."""

    def __init__(self) -> None:
        self._inflater: zlib._Decompress | None = None
        self._first = b""

    def decode(self, data: bytes, room: int) -> bytes:
        if self._inflater is None:
            data = self._first = self._first + data
            if len(data) < 2:
                return b""
            self._inflater = _inflater_for(data)
        return self._inflater.decompress(data, room + 1)

    @property
    def finished(self) -> bool:
        return self._inflater is not None and self._inflater.eof


def _inflater_for(first: bytes) -> "zlib._Decompress":
    # `deflate` means zlib by the standard, and bare deflate on many a server.
    wrapped = first[:1] == b"\x1f" or (first[:1] == b"\x78" and int.from_bytes(first[:2]) % 31 == 0)
    return zlib.decompressobj(_GZIP_OR_ZLIB if wrapped else _RAW_DEFLATE)


class _Brotli:
    """br."""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def decode(self, data: bytes, room: int) -> bytes:
        output: bytes = self._decompressor.process(data, output_buffer_limit=room + 1)
        return output

    @property
    def finished(self) -> bool:
        return bool(self._decompressor.is_finished())


class _Zstd:
    """zstd."""

    def __init__(self) -> None:
        self._decompressor = zstandard.ZstdDecompressor(
            max_window_size=_ZSTD_WINDOW
        ).decompressobj()

    def decode(self, data: bytes, room: int) -> bytes:
        output = bytearray()
        for start in range(0, len(data), _ZSTD_BITE):
            output += self._decompressor.decompress(data[start : start + _ZSTD_BITE])
            if len(output) > room or self.finished:
                break
        return bytes(output)

    @property
    def finished(self) -> bool:
        return bool(self._decompressor.eof)


_DECODERS: dict[str, type[_Decoder]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Zlib,
    "br": _Brotli,
    "zstd": _Zstd,
}
