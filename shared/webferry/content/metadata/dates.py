"""When a page was published and last changed, as ISO dates."""

import re
from collections.abc import Iterable
from datetime import date

from webferry.content.document import Document, attribute, shortened, squeezed
from webferry.content.metadata.opening import opening_texts
from webferry.content.metadata.statements import Statements
from webferry.content.patterns import later

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
    "article.published",
    "cxenseparse:recs:publishtime",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
)
_STATED_TIMES = (
    'time[itemprop*="datePublished" i], time[pubdate], time[class*="publish" i],'
    ' time[class*="entry-date" i]'
)
_TIMES = (
    _STATED_TIMES,
    "article time[datetime], header time[datetime], main time[datetime]",
    "time[datetime]",
)
_PLACES = (
    '[class*="publish" i], [class*="posted" i], [class*="date" i], [class*="byline" i],'
    ' [class*="meta" i], [id*="date" i], time'
)
_MAX_PLACES = 40
_LENGTH = 120
_ISO = later(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT = later(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_MONTHS = (
    "jan ene янв",
    "feb fév fev фев",
    "mar mär mär мар",
    "apr avr abr апр",
    "may mai май мая",
    "jun juin июн",
    "jul juil июл",
    "aug aoû ago авг",
    "sep set сен",
    "oct okt out окт",
    "nov noy ноя",
    "dec dez déc dic дек",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH_WORD = r"([^\W\d_]{3,12})"
_DAY_FIRST = later(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH_WORD}\.?,?\s+(?:de\s+)?((?:19|20)\d\d)"
)
_MONTH_FIRST = later(rf"{_MONTH_WORD}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)")
_NUMERIC = later(r"(?<!\d)(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")


def published_at(document: Document, stated: Statements) -> str | None:
    """From meta elements, structured data, the address, the byline, or time elements."""
    found = (
        _first(stated.meta(name) for name in _PUBLISHED)
        or iso_date(stated.article("datePublished"))
        or _from_address(document.url)
        or _first(opening_texts(document))
    )
    if found or stated.is_no_article:
        return found
    return _from_times(document) or _from_words(document)


def modified_at(stated: Statements) -> str | None:
    """Only what the page states."""
    return (
        iso_date(stated.article("dateModified"))
        or _first(stated.meta(name) for name in _MODIFIED)
        or iso_date(stated.page("dateModified"))
    )


def iso_date(text: str) -> str | None:
    """The first day that a text names, if it is one of the calendar."""
    text = text[:_LENGTH].strip()
    found = _ISO.search(text) or _COMPACT.match(text)
    if found:
        return _day(found[1], found[2], found[3])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], _month(found[1]), found[2])
    if found := _DAY_FIRST.search(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _NUMERIC.search(text):
        return _numeric(found[1], found[2], found[3], found[4])
    return None


def _numeric(first: str, mark: str, second: str, year: str) -> str | None:
    """Points are for days first; a slash is American, as far as the number allows."""
    if mark == "/" and int(first) <= 12:
        return _day(year, first, second)
    return _day(year, second, first)


def _month(word: str) -> str:
    word = word.lower()
    return str(_MONTH.get(word[:4], _MONTH.get(word[:3], 0)))


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _first(values: Iterable[str]) -> str | None:
    return next((found for each in values if (found := iso_date(each))), None)


def _from_times(document: Document) -> str | None:
    for selector in _TIMES:
        for element in document.select(selector)[:5]:
            found = iso_date(attribute(element, "datetime") or squeezed(shortened(element.text)))
            if found:
                return found
    return None


def _from_address(url: str) -> str | None:
    found = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$|\D)", shortened(url))
    return _day(found[1], found[2], found[3]) if found else None


def _from_words(document: Document) -> str | None:
    for element in document.select(_PLACES)[:_MAX_PLACES]:
        text = element.text
        if len(text) <= _LENGTH * 4 and (found := iso_date(squeezed(text))):
            return found
    return None
