"""Guesses the encoding of bytes that nothing declares: how often which characters meet."""

_WINDOW = 500_000
_LEAD = 2_000


def detected_encoding(body: bytes) -> str:
    """A name by the web's list of encodings; empty when nothing speaks for any."""
    # Most pages say what they are written in: the tables for guessing are read when one does not.
    from turbohtml.detect import detect  # noqa: PLC0415

    start = max(0, _first_foreign_byte(body) - _LEAD)
    return detect(body[start : start + _WINDOW]).encoding or ""


def _first_foreign_byte(body: bytes) -> int:
    return len(body) - len(body.lstrip(bytes(range(128))))
