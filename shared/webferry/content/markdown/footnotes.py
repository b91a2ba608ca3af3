"""Footnotes: the marks in the text and the notes that they lead to."""

import re
from dataclasses import dataclass

from webferry.content.document import (
    Document,
    Element,
    attribute,
    is_small,
    new_element,
    squeezed,
    verbatim,
)

_NOTE_WORDS = re.compile(
    r"foot-?note|end-?note|cite_note|^_?(?:fn|ftn|edn|note|en)[\W_]?\w", re.IGNORECASE
)
_REFERENCE_WORDS = re.compile(r"foot-?note|fn-?ref|note-?ref|reference|citation", re.IGNORECASE)
_BACK_SIGNS = "↩↑^⏎⤴\ufe0e\ufe0f []()0123456789abcdefg,"
_HOMES = frozenset(("li", "p", "div", "aside", "dd", "tr", "section"))
_MAX_NOTES = 2_000
_MAX_NODES = 500


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note taken out of its page."""

    label: str
    body: Element


def take_footnotes(document: Document) -> list[Footnote]:
    """Write the marks, take the notes out; the notes in the order of their marks."""
    links = document.select('a[href*="#"]')
    if not links:
        return []
    places = {
        name: element
        for element in document.select(
            "li[id], p[id], div[id], aside[id], span[id], a[name], a[id], dd[id]"
        )
        if (name := attribute(element, "id") or attribute(element, "name"))
    }
    notes: dict[str, Footnote] = {}
    homes: dict[Element, Footnote] = {}
    for link in links:
        target = attribute(link, "href").partition("#")[2]
        if target in notes:
            _mark(link, notes[target].label)
        elif len(notes) < _MAX_NOTES and (home := _home(link, places.get(target))):
            notes[target] = homes.setdefault(home, Footnote(_label(link, notes), home))
            _mark(link, notes[target].label)
    taken = list(homes.values())
    shelf = new_element("div")
    for note in taken:
        _take(note.body)
        shelf.append(note.body)
    # The notes stay in the tree until their links are mended with all others.
    document.body.append(shelf)
    return taken


def _home(link: Element, place: Element | None) -> Element | None:
    """The block that holds the note, when the link is the mark of a note at all."""
    if place is None or not _looks_like_a_mark(link):
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
    if not attribute(link, "href").startswith("#"):
        return False
    words = squeezed(link.text)
    if not 0 < len(words) <= 12 or any(sign in words for sign in "↩↑^⏎"):
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
        attribute(back, "href").lstrip("#") in own for back in home.select("a[href]")
    )


def _holds(home: Element, link: Element) -> bool:
    return any(node == home for node in link.ancestors)


def _label(link: Element, notes: dict[str, Footnote]) -> str:
    words = re.sub(r"[^\w-]", "", squeezed(link.text))
    used = {note.label for note in notes.values()}
    if words and words not in used:
        return words
    return next(str(number) for number in range(1, _MAX_NOTES * 2) if str(number) not in used)


def _mark(link: Element, label: str) -> None:
    place = link
    parent = link.parent
    while type(parent) is Element and parent.tag in {"sup", "span"}:
        if not is_small(parent) or squeezed(parent.text).strip("[]() ") != squeezed(
            link.text
        ).strip("[]() "):
            break
        place, parent = parent, parent.parent
    if place.parent is not None:
        place.replace_with(verbatim(f"[^{label}]"))


def _take(body: Element) -> None:
    for back in body.select('a[href^="#"]'):
        if not squeezed(back.text).strip(_BACK_SIGNS):
            back.extract()
    for cited in body.select(".mw-cite-backlink, .footnote-backref, .footnote-back"):
        cited.extract()
    parent = body.parent
    body.extract()
    body.tag = "div"
    while type(parent) is Element and not parent.text.strip() and parent.tag != "body":
        empty, parent = parent, parent.parent
        empty.extract()
