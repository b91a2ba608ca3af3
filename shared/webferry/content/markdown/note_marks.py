"""Finds the marks of footnotes, and the notes that they lead to."""

import re
from dataclasses import dataclass

from webferry.content.document import Document, Element, Node, attribute, is_small, squeezed
from webferry.content.patterns import later

_NOTE_WORDS = later(
    r"foot-?note|end-?note|cite_note|^_?(?:fn|ftn|edn|note|en)[\W_]?\w", re.IGNORECASE
)
_REFERENCE_WORDS = later(r"foot-?note|fn-?ref|note-?ref|reference|citation", re.IGNORECASE)
_HOMES = frozenset(("li", "p", "div", "aside", "dd", "tr", "section"))
_PLACES = "li[id], p[id], div[id], aside[id], span[id], a[name], a[id], dd[id], sup[id]"
_MAX_MARK = 12
_MAX_NODES = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """A link in the text, the name it leads to, and the block that holds the note."""

    link: Element
    target: str
    home: Element


def marks_of(document: Document) -> list[Mark]:
    """The marks in the order of the text."""
    own = document.url.partition("#")[0]
    likely = [
        (link, target)
        for link in document.select('a[href*="#"]')
        if (target := _fragment(link, own)) and _looks_like_a_mark(link)
    ]
    if not likely:
        return []
    places = {
        name: element
        for element in document.select(_PLACES)
        if (name := attribute(element, "id") or attribute(element, "name"))
    }
    found: list[Mark] = []
    homes: dict[str, Element | None] = {}
    taken: set[Node] = set()
    for link, target in likely:
        # What leads back from a note looks like a mark itself.
        if any(above in taken for above in link.ancestors):
            continue
        if target not in homes:
            homes[target] = _home(link, places.get(target))
        if home := homes[target]:
            taken.add(home)
            found.append(Mark(link, target, home))
    return found


def _fragment(link: Element, own: str) -> str:
    """Where on this very page it leads."""
    page, _, target = attribute(link, "href").partition("#")
    return target if page in {"", own} else ""


def _home(link: Element, place: Element | None) -> Element | None:
    if place is None:
        return None
    home = place
    while home.tag not in _HOMES:
        if type(home.parent) is not Element:
            return None
        home = home.parent
    if home.closest("a") or link.closest("h1, h2, h3, h4, h5, h6, nav"):
        return None
    names = f"{attribute(place, 'id')} {attribute(place, 'role')} {attribute(home, 'class')}"
    known = any(_NOTE_WORDS.search(name[:100]) for name in names.split())
    return home if (known or _leads_back(home, link)) and not _holds(home, link) else None


def _looks_like_a_mark(link: Element) -> bool:
    words = squeezed(link.text)
    if not 0 < len(words) <= _MAX_MARK or any(sign in words for sign in "↩↑^⏎"):
        return False
    if link.closest("sup") or link.select_one("sup"):
        return True
    told = f"{attribute(link, 'class')} {attribute(link, 'role')} {attribute(link, 'epub:type')}"
    return bool(_REFERENCE_WORDS.search(told[:200])) or _is_bracketed_number(words)


def _is_bracketed_number(words: str) -> bool:
    return words.startswith("[") and words.endswith("]") and words[1:-1].isdecimal()


def _leads_back(home: Element, link: Element) -> bool:
    own = {attribute(node, "id") for node in (link, *link.ancestors) if type(node) is Element}
    own.add(attribute(link, "name"))
    own.discard("")
    return is_small(home, _MAX_NODES) and any(
        attribute(back, "href").partition("#")[2] in own for back in home.select("a[href]")
    )


def _holds(home: Element, link: Element) -> bool:
    return any(node == home for node in link.ancestors)
