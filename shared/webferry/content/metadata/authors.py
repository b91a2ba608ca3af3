"""Who wrote a page."""

import re
from collections.abc import Iterable

from webferry.content.document import Document, Element, attribute, shortened, squeezed
from webferry.content.metadata.opening import opening_texts
from webferry.content.metadata.statements import Statements, texts
from webferry.content.patterns import later

_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "twitter:data1",
)
_LINKS = '[rel~="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]'
_BYLINES = (
    '[class*="author-name" i], [class*="author_name" i], [class*="authorName" i],'
    ' [class*="byline" i] a, [class*="post-author" i] a, [class*="entry-author" i],'
    ' a[href*="/author/"], a[href*="/authors/"], [class*="byline" i], .author'
)
_MAX_NAME = 60
_MAX_WORDS = 6
_MAX_AUTHORS = 10
_PREFIX = later(
    r"^(?:(?:written|posted|reviewed|words|story|article|published|authored) by|by|author|von|par)"
    r"\b[\s:]*",
    re.IGNORECASE,
)
_NOT_A_NAME = later(
    r"https?:|@|www\.|\b(?:admin|read|more|view|posts?|all|comments?|minutes?|ago|share|follow|about)\b",
    re.IGNORECASE,
)
_BEFORE_A_NAME = frozenset(["by", "author", "written by"])


def authors_of(document: Document, stated: Statements) -> list[str]:
    """Names from structured data, else from meta elements, else from links and bylines."""
    found = _stated(stated) or _meta(stated)
    if found or stated.is_no_article:
        return found[:_MAX_AUTHORS]
    return _marked(document) or _signed(document)


def _stated(stated: Statements) -> list[str]:
    named = (text for thing in stated.articles for text in texts(thing.get("author")))
    return _clean(named)


def _meta(stated: Statements) -> list[str]:
    return next((found for name in _META if (found := _clean([stated.meta(name)]))), [])


def _marked(document: Document) -> list[str]:
    for selector in (_LINKS, _BYLINES):
        for element in document.select(selector)[:20]:
            name = _name(_text(element))
            if name and _looks_like_a_name(name):
                return [name]
    return []


def _signed(document: Document) -> list[str]:
    """The name after "by", right under the heading."""
    there = opening_texts(document)
    for text, after in zip(there, [*there[1:], ""], strict=False):
        alone = text.casefold().rstrip(":") in _BEFORE_A_NAME
        if alone or text[:3].casefold() == "by ":
            name = _name(after if alone else text)
            if _looks_like_a_name(name):
                return [name]
    return []


def _text(element: Element) -> str:
    return attribute(element, "content") or squeezed(shortened(element.text))


def _clean(found: Iterable[str]) -> list[str]:
    names = [_name(text) for text in found]
    return list(dict.fromkeys(name for name in names if name))


def _name(text: str) -> str:
    text = _PREFIX.sub("", shortened(text).strip()).strip()
    if len(text) > _MAX_NAME or _NOT_A_NAME.search(text):
        return ""
    return text


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MAX_WORDS and any(word[0].isupper() for word in words)
