"""Footnotes: the marks in the text and the notes that they lead to."""

import re
from dataclasses import dataclass

from webferry.content.document import (
    Document,
    Element,
    is_small,
    new_element,
    squeezed,
    verbatim,
)
from webferry.content.markdown.note_marks import marks_of

_BACK_SIGNS = "↩↑^⏎⤴\ufe0e\ufe0f []()0123456789abcdefg,"
_BRACKETS = "[]() .:"
_MAX_NOTES = 2_000
# Notes that stand in the text itself, where a style sheet moves them to the margin.
_IN_PLACE = "span.sidenote, small.sidenote, .ltx_role_footnote, .modern-footnotes-footnote__note"
_IN_PLACE_WORDS = ".ltx_note_content"
_IN_PLACE_MARKS = ".ltx_note_mark, .ltx_tag_note"
_MARKED_BEFORE = "label.margin-toggle, label.sidenote-number, sup.modern-footnotes-footnote"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note taken out of its page."""

    label: str
    body: Element


def take_footnotes(document: Document) -> list[Footnote]:
    """Write the marks, take the notes out; the notes in the order of their marks."""
    notes: dict[str, Footnote] = {}
    homes: dict[Element, Footnote] = {}
    for element in document.select(_IN_PLACE)[:_MAX_NOTES]:
        if element.closest("pre, a") is None:
            note = _lifted(element, notes)
            notes[f" {len(notes)}"] = homes[note.body] = note
    for mark in marks_of(document):
        if mark.target not in notes and len(notes) < _MAX_NOTES:
            note = Footnote(_label(mark.link, notes), mark.home)
            notes[mark.target] = homes.setdefault(mark.home, note)
        if mark.target in notes:
            _mark(mark.link, notes[mark.target].label)
    if not homes:
        return []
    taken = list(homes.values())
    shelf = new_element("div")
    for note in taken:
        _take(note.body, note.label)
        shelf.append(note.body)
    # The notes stay in the tree until their links are mended with all others.
    document.body.append(shelf)
    return taken


def _lifted(element: Element, notes: dict[str, Footnote]) -> Footnote:
    """A note of its own in place of one in the text, which keeps its mark."""
    before = element.previous_sibling
    if type(before) is Element and before.matches(_MARKED_BEFORE):
        before.extract()
    for sign in element.select(_IN_PLACE_MARKS):
        sign.extract()
    words = element.select_one(_IN_PLACE_WORDS) or element
    note = Footnote(_label(None, notes), new_element("div", None, list(words)))
    element.replace_with(verbatim(f"[^{note.label}]"))
    return note


def _label(link: Element | None, notes: dict[str, Footnote]) -> str:
    words = re.sub(r"[^\w-]", "", squeezed(link.text)) if link else ""
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


def _take(body: Element, label: str) -> None:
    for back in body.select('a[href*="#"]'):
        if not squeezed(back.text).strip(_BACK_SIGNS):
            back.extract()
    for cited in body.select(".mw-cite-backlink, .footnote-backref, .footnote-back"):
        cited.extract()
    for own in body.select("sup")[:1]:
        before = any(each.text.strip() for each in own.previous_siblings)
        if not before and squeezed(own.text).strip(_BRACKETS) == label:
            own.extract()
    parent = body.parent
    body.extract()
    body.tag = "div"
    while type(parent) is Element and not parent.text.strip() and parent.tag != "body":
        empty, parent = parent, parent.parent
        empty.extract()
