"""The title of a page, without the name of the site."""

from webferry.content.document import Document, elements, shortened, squeezed
from webferry.content.metadata.statements import Statements
from webferry.content.patterns import later

# Spaces around a bar or a dash set the name of the site off.
_SEPARATOR = later(r"\s+[|\-–—·•»«:]+\s+|\s*\|\s*")  # noqa: RUF001
_ALIKE = 0.5
_TITLE = "title:not(svg title)"


def title_of(document: Document) -> str | None:
    """The page's own `title`, as a browser's tab shows it."""
    return document.text_of(_TITLE) or None


def headline(document: Document, stated: Statements) -> str | None:
    """The heading when the page has one, else what it states, else its `title` cut at the site."""
    full = title_of(document) or ""
    social = stated.meta("og:title", "twitter:title")
    known = f"{full} {social}".casefold()
    heads = [_heading(each.text) for each in elements(document.root, "h1")]
    heads = [each for each in dict.fromkeys(heads) if each]
    named = [each for each in heads if each.casefold() in known]
    if named:
        return max(named, key=len)
    if len(heads) == 1 and _is_alike(heads[0], known):
        return heads[0]
    named = [_without_site(each, stated) for each in (social, full) if each]
    return next(iter(named), "") or stated.article("headline") or next(iter(heads), None)


def _heading(text: str) -> str:
    return squeezed(text).rstrip("¶#").rstrip()


def _is_alike(heading: str, known: str) -> bool:
    words = shortened(heading).casefold().split()
    return sum(word in known for word in words) >= _ALIKE * len(words)


def _without_site(title: str, stated: Statements) -> str:
    parts = _SEPARATOR.split(shortened(title))
    site = stated.meta("og:site_name").casefold()
    if len(parts) < 2:
        return title
    rest = [part for part in parts if part and part.casefold() != site]
    return max(rest, key=len) if rest else title
