"""Reads numbers as people of many countries write them."""

import re

from webferry.content.patterns import later

LONGEST = 300

_SPACES = "\u00a0\u202f\u2009 "
# Groups of three behind a space or an apostrophe are one number; two numbers side by side are not.
NUMBER = (
    rf"\d{{1,3}}(?:[{_SPACES}'\u2019]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d+(?:[.,]\d+)*"
)
_FIRST = later(rf"(?P<minus>(?<![\w\d])[-\u2212])?(?P<number>{NUMBER})(?P<scale>[kKmM](?!\w))?")
_FIGURE = later(r"\d")
_GAPS = later(rf"[{_SPACES}'\u2019]")
_SCALES = {"k": 1_000.0, "m": 1_000_000.0}
_WORDS = {
    word: float(value)
    for value, words in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in (words,)
}
_COMMA_LANGUAGES = frozenset(
    [
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "fi",
        "fr",
        "hr",
        "hu",
        "id",
        "is",
        "it",
        "lt",
        "lv",
        "mk",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sr",
        "sv",
        "tr",
        "uk",
        "vi",
    ]
)


def comma_is_decimal(language: str) -> bool:
    """Whether people who write this language put a comma before the fraction."""
    return language[:2].lower() in _COMMA_LANGUAGES


def has_figure(text: str) -> bool:
    """Whether there is a figure at all: asked first, because it is asked in no time."""
    return bool(_FIGURE.search(text))


def read_number(text: str, language: str = "") -> float | None:
    """The first number of a text, or the number a single word names."""
    text = text[:LONGEST].strip()
    found = _FIRST.search(text) if has_figure(text) else None
    if not found:
        return _WORDS.get(text.lower())
    value = plain_value(found["number"], language=language)
    if found["scale"]:
        value *= _SCALES[found["scale"].lower()]
    return -value if found["minus"] else value


def plain_value(
    written: str, language: str = "", *, money: bool = False, fine: bool = False
) -> float:
    """What digits and separators stand for; `fine` money has three decimals."""
    written = _GAPS.sub("", written)
    dots, commas = written.count("."), written.count(",")
    if dots and commas:
        decimal = "." if written.rfind(".") > written.rfind(",") else ","
        if written.count(decimal) > 1:
            decimal = ""
    elif dots + commas == 1:
        decimal = _decimal_of(written, language, money=money, fine=fine)
    else:
        decimal = ""
    whole, _, part = written.partition(decimal) if decimal else (written, "", "")
    digits = re.sub(r"[.,]", "", whole)
    return float(f"{digits or '0'}.{re.sub('[.,]', '', part) or '0'}"[:40])


def _decimal_of(written: str, language: str, *, money: bool, fine: bool) -> str:
    mark = "." if "." in written else ","
    whole, _, part = written.partition(mark)
    if len(part) != 3 or len(whole) > 3 or whole.lstrip("0") == "":
        return mark
    if fine:
        return mark
    if money or mark == ",":
        return ""
    # "1.299" alone: thousands where the comma is for fractions, else a fraction.
    return "" if comma_is_decimal(language) else mark
