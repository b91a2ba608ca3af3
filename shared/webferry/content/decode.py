"""Turns the bytes of a page into text, by the signs that browsers go by."""

import codecs
import re

_FALLBACK = "cp1252"
_PRESCAN_BYTES = 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE
)

# Browsers read these labels as the superset that pages really use.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
}
# A page names its own codec, and Python has codecs that run for minutes or are no charset at all.
_SAFE = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman"]
    + ["mac-cyrillic", "gb18030", "big5", "euc_jp", "iso2022_jp", "cp932", "cp949"]
    + [f"cp{page}" for page in range(1250, 1259)]
    + [f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page: never raises, whatever the page claims."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    declared = _declared(body, content_type)
    if declared:
        return body.decode(declared, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_FALLBACK, errors="replace")


def _declared(body: bytes, content_type: str) -> str | None:
    header = _CHARSET.search(content_type)
    if header and (encoding := _encoding(header[1])):
        return encoding
    meta = _META_CHARSET.search(body[:_PRESCAN_BYTES])
    if not meta:
        return None
    encoding = _encoding(meta[1].decode("ascii", errors="replace"))
    # The tag was readable as ASCII, so whatever it says, these bytes are not UTF-16.
    return "utf-8" if encoding and encoding.startswith("utf-16") else encoding


def _encoding(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _SAFE else None
