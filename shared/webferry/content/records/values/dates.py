"""Reads days as people of several countries write them, into ISO 8601; never relative ones."""

import re
from datetime import date

from webferry.content.patterns import later
from webferry.content.records.values.numbers import LONGEST, has_figure

_MONTHS = (
    "january jan januar janvier janv enero ene января январь янв jänner",
    "february feb februar février févr fevrier febrero февраля февраль фев",
    "march mar märz mrz mars marzo марта март мар",
    "april apr avril avr abril abr апреля апрель апр",
    "may mai mayo мая май",
    "june jun juni juin junio июня июнь июн",
    "july jul juli juillet juil julio июля июль июл",
    "august aug août aout agosto ago августа август авг",
    "september sep sept septembre septiembre сентября сентябрь сен",
    "october oct oktober okt octobre octubre октября октябрь окт",
    "november nov novembre noviembre ноября ноябрь ноя",
    "december dec dezember dez décembre déc decembre diciembre dic декабря декабрь дек",
)
_MONTH_OF = {name: place for place, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_NAMED = rf"(?<!\w)(?P<month>{_NAME})(?!\w)\.?"

_ISO = later(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?P<time>[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NAMED_ORDERS = (
    later(
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?{_NAMED},?\s+(?:de\s+)?{_YEAR}",
        re.IGNORECASE,
    ),
    later(rf"{_NAMED}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
    later(rf"{_NAMED},?\s+{_YEAR}", re.IGNORECASE),
)
_NUMERIC = later(
    r"(?<![\d.])(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{2,4})(?![\d.])"
)


def read_date(text: str, language: str = "") -> str | None:
    """The first day a text names, as `2026-03-18`; with its time when the page has it in ISO."""
    if not has_figure(text[:LONGEST]):
        return None
    text = " ".join(text[:LONGEST].split())
    return _iso(text) or _named(text) or _numeric(text, language)


def _iso(text: str) -> str | None:
    found = _ISO.search(text)
    if not found or not _day(int(found["year"]), int(found["month"]), int(found["day"])):
        return None
    return found[0].replace(" ", "T")


def _named(text: str) -> str | None:
    for order in _NAMED_ORDERS:
        if found := order.search(text):
            parts = found.groupdict()
            year, month = int(parts["year"]), _MONTH_OF[parts["month"].lower()]
            if not parts.get("day"):
                return f"{year}-{month:02}"
            if day := _day(year, month, int(parts["day"])):
                return day
    return None


def _numeric(text: str, language: str) -> str | None:
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, middle, last = int(found["a"]), int(found["b"]), int(found["c"])
    if len(found["a"]) == 4:
        return _day(first, middle, last)
    year = last if len(found["c"]) == 4 else 2000 + last
    # Only Americans write the month first, and only with slashes.
    month_first = found["mark"] == "/" and language[:5].lower() in ("", "en", "en-us", "en_us")
    if (month_first or middle > 12) and first <= 12:
        first, middle = middle, first
    return _day(year, middle, first)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
