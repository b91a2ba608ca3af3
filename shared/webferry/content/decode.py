"""Turns the bytes of a page into text, by the signs that browsers go by."""

import codecs
import re

from webferry.content.detection import detected_encoding

_FALLBACK = "cp1252"
_PRESCAN_BYTES = 8192

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark, every second byte of a page's first tag is empty.
_WIDE_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:+-]+)"""
    rb"""|^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:+-]+)""",
    re.IGNORECASE,
)
# Seven-bit Japanese is valid UTF-8, but nobody means these escapes otherwise.
_JAPANESE_SHIFTS = (b"\x1b$B", b"\x1b$@")
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

# Browsers read these labels as the superset that pages really use.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
}
# Labels of the web that Python does not know.
_ALIASES = {
    "cn-big5": "big5hkscs",
    "dos-874": "cp874",
    "gb_2312": "gb18030",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "koi": "koi8-r",
    "macintosh": "mac-roman",
    "sun_eu_greek": "iso8859-7",
    "unicode-1-1-utf-8": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-x-big5": "big5hkscs",
}
# A page names its own codec, and Python has codecs that run for minutes or are no charset at all.
_SAFE = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman"]
    + ["mac-cyrillic", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"]
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
    if any(shift in body for shift in _JAPANESE_SHIFTS):
        return body.decode("iso2022_jp", errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_guessed(body), errors="replace")


def _guessed(body: bytes) -> str:
    # A few broken bytes in a page of UTF-8 must not turn all of it into something else.
    broken = body.decode("utf-8", errors="replace").count("\ufffd")
    whole = len(_UTF8_SEQUENCE.findall(body))
    if whole > 20 * broken:
        return "utf-8"
    return _encoding(detected_encoding(body)) or _FALLBACK


def _declared(body: bytes, content_type: str) -> str | None:
    header = _CHARSET.search(content_type[:1000])
    if header and (encoding := _encoding(header[1])):
        return encoding
    for start, wide in _WIDE_STARTS:
        if body[:64].lstrip().startswith(start):
            return wide
    meta = _META_CHARSET.search(_COMMENT.sub(b"", body[:_PRESCAN_BYTES]))
    if not meta:
        return None
    encoding = _encoding((meta[1] or meta[2]).decode("ascii", errors="replace"))
    # The tag was readable as ASCII, so whatever it says, these bytes are not UTF-16.
    return "utf-8" if encoding and encoding.startswith("utf-16") else encoding


def _encoding(label: str) -> str | None:
    name = _ALIASES.get(label.lower(), label)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _SAFE else None
