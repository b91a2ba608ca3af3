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


# ruff: noqa: RUF001
RUSSIAN = "Съешь же ещё этих мягких французских булок да выпей чаю. Волга - река в России."
CHINESE = "维基百科是一个自由内容、公开编辑且多语言的网络百科全书协作计划。北京是中国的首都。"
TAIWANESE = "維基百科是一個自由內容、公開編輯且多語言的網路百科全書。臺北市位於臺灣北部的臺北盆地。"
JAPANESE = "ウィキペディアは、インターネット上の百科事典です。東京は日本の首都であり、大都市です。"
KOREAN = "위키백과는 누구나 자유롭게 쓸 수 있는 백과사전이다. 서울은 대한민국의 수도이다."
GREEK = "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και ιστορική πόλη της Ευρώπης. Καλημέρα σε όλους."
HEBREW = "ירושלים היא עיר הבירה של מדינת ישראל, והעיר הגדולה ביותר בה. שלום לכל העולם."
ARABIC = "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها. تقع على نهر النيل في شمال البلاد."
THAI = "กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย"
TURKISH = "Türkiye'nin başkenti Ankara, en kalabalık şehri ise İstanbul'dur. Güneşli günler, çığ."
POLISH = "Zażółć gęślą jaźń. Warszawa jest stolicą Polski i największym miastem."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy. Praha je hlavní město České republiky."
LITHUANIAN = (
    "Vilnius yra Lietuvos sostinė ir didžiausias šalies miestas, įsikūręs prie Neries ir "
    "Vilnios upių santakos. Šiaurės žuvėdra."
)
GERMAN = "Falsches Üben von Xylophonmusik quält jeden größeren Zwerg – „Straße“ kostet 5 €."
VIETNAMESE = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi."

LEGACY = [
    (RUSSIAN, ["windows-1251", "koi8-r", "koi8-u", "ibm866", "iso-8859-5", "x-mac-cyrillic"]),
    (CHINESE, ["gbk", "gb2312", "gb18030", "x-gbk"]),
    (TAIWANESE, ["big5", "big5-hkscs", "cn-big5"]),
    (JAPANESE, ["shift_jis", "x-sjis", "windows-31j", "euc-jp", "x-euc-jp", "iso-2022-jp"]),
    (KOREAN, ["euc-kr", "ks_c_5601-1987", "windows-949"]),
    (GREEK, ["windows-1253", "iso-8859-7"]),
    (HEBREW, ["windows-1255", "iso-8859-8-i", "iso-8859-8"]),
    (ARABIC, ["windows-1256", "iso-8859-6"]),
    (THAI, ["windows-874", "tis-620", "iso-8859-11"]),
    (TURKISH, ["windows-1254", "iso-8859-9"]),
    (POLISH, ["windows-1250", "iso-8859-2"]),
    (CZECH, ["windows-1250", "iso-8859-2"]),
    (LITHUANIAN, ["windows-1257", "iso-8859-13"]),
    (GERMAN, ["windows-1252"]),
]
# How Python calls what the web calls otherwise.
PYTHON_NAMES = {
    "cn-big5": "big5",
    "iso-8859-8-i": "iso-8859-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-euc-jp": "euc-jp",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "shift_jis",
}
# Too little sets these apart from a neighbour that has other signs in the same places.
NEVER_GUESSED = ["koi8-u", "x-mac-cyrillic", "iso-8859-8", "iso-8859-8-i", "iso-8859-6"]


def encoded(text: str, label: str) -> bytes:
    return text.encode(PYTHON_NAMES.get(label, label))


@pytest.mark.parametrize(
    ("text", "label"), [(text, label) for text, labels in LEGACY for label in labels]
)
def test_a_declared_encoding_is_read_to_the_letter(text: str, label: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'

    assert decode(encoded(page, label)) == page
    assert decode(encoded(text, label), f'text/html;charset="{label.upper()}"') == text


@pytest.mark.parametrize(
    ("text", "label"),
    [(text, label) for text, labels in LEGACY for label in labels if label not in NEVER_GUESSED],
)
def test_an_undeclared_encoding_is_told_from_the_text(text: str, label: str) -> None:
    page = f"<html><head><title>x</title></head><body><p>{text} {text}</p></body></html>"

    assert decode(encoded(page, label)) == page


@pytest.mark.parametrize("text", [text for text, _ in LEGACY] + [VIETNAMESE])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_known_with_and_without_a_mark(text: str, codec: str) -> None:
    page = f"<html><p>{text}</p>"

    assert decode(page.encode(codec)) == page


def test_a_broken_byte_does_not_turn_a_page_into_another_script() -> None:
    page = ("<p>" + RUSSIAN * 20 + "</p>").encode()

    assert decode(page[:2000] + b"\xff" + page[2000:]).count("Съешь") >= 18


def test_a_charset_in_a_comment_declares_nothing() -> None:
    assert decode("<!-- <meta charset=koi8-r> --><p>Grüße".encode()).endswith("Grüße")


def test_an_xml_declaration_declares_an_encoding() -> None:
    page = f'<?xml version="1.0" encoding="windows-1251"?><html><p>{RUSSIAN}'

    assert decode(page.encode("cp1251")) == page


@pytest.mark.parametrize("codec", ["unicode_escape", "utf-7", "idna", "punycode", "zlib", "rot13"])
def test_a_codec_that_is_no_charset_is_ignored(codec: str) -> None:
    assert decode(b"\\x41+AGE-", f"text/html; charset={codec}") == "\\x41+AGE-"


@given(st.binary(), st.text())
def test_any_bytes_are_some_text_that_utf8_can_carry(body: bytes, charset: str) -> None:
    decode(body, f"text/html; charset={charset}").encode()
