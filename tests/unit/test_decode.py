"""Bytes to text: by mark, header, tag or sense, and never by failing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.decode import decode


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe", "text/html; charset=latin-1", "Grüße"),
        ("Grüße".encode("utf-16"), "", "Grüße"),
        ("Grüße".encode("utf-16-be"), "text/html; charset=utf-16be", "Grüße"),
        ("Grüße".encode(), "text/html", "Grüße"),
        ("Grüße".encode(), "text/html; charset=UTF-8", "Grüße"),
        ("Grüße".encode("cp1252"), "text/html", "Grüße"),
        (b"\x93quoted\x94 \x80 5", "text/html; charset=iso-8859-1", "“quoted” € 5"),
        ("日本".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "日本"),
        ("中文".encode("gb2312"), "text/html;charset=gb2312", "中文"),
        (b'<meta charset="windows-1251">\xcf\xf0', "text/html", '<meta charset="windows-1251">Пр'),
        (
            b'<meta http-equiv=x content="text/html; charset=koi8-r">\xf0',
            "text/html",
            '<meta http-equiv=x content="text/html; charset=koi8-r">П',
        ),
        (b"<meta charset=utf-16>\xc3\xa9", "", "<meta charset=utf-16>é"),
        (b"\xe9", "text/html; charset=klingon", "é"),
        (b"<meta charset=utf-8>\xe9", "text/html; charset=latin1", "<meta charset=utf-8>é"),
    ],
)
def test_a_page_is_read_as_browsers_read_it(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


@pytest.mark.parametrize("codec", ["unicode_escape", "utf-7", "idna", "punycode", "zlib", "rot13"])
def test_a_codec_that_is_no_charset_is_ignored(codec: str) -> None:
    assert decode(b"\\x41+AGE-", f"text/html; charset={codec}") == "\\x41+AGE-"


@given(st.binary(), st.text())
def test_any_bytes_are_some_text_that_utf8_can_carry(body: bytes, charset: str) -> None:
    decode(body, f"text/html; charset={charset}").encode()
