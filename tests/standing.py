"""Whether every value of an extraction stands in its page, and says where it comes from."""

import re
from collections.abc import Iterator
from html import unescape

from webferry.content.document import Document, Element, Node, Text, walk
from webferry.content.records.extraction import Extraction

SOURCES = {"json-ld", "microdata", "opengraph", "rdfa", "table", "repeated", "label", "model"}
UNSEEN = {"script", "style", "noscript", "svg", "iframe", "math", "object", "canvas", "head"}
_BREAKS = re.compile(r"(?<!\\)\\[nrtbf]")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def assert_standing(document: Document, found: Extraction) -> None:
    """Each value has a trace, and its string is in the text or in an attribute of the page."""
    page = _squeezed("".join(_strings(document)))
    for item, traces in zip(found.items, found.traces, strict=True):
        assert len(traces) == _count(item)
        for trace in traces.values():
            assert _squeezed(trace.raw) in page, trace
            assert trace.source in SOURCES
            assert 0 < trace.confidence <= 1
            assert trace.path


def _strings(document: Document) -> Iterator[str]:
    """All text as it is read, cents with their point, and the values of all attributes."""
    yield document.root.text
    yield document.root.text.replace("\n", "")
    # What is written for machines may hold HTML in its strings, and signs by their numbers.
    for script in document.select("script"):
        written = _BREAKS.sub(" ", script.text)
        yield unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), written))
    yield "".join(_seen(document.root))
    for node in walk(document.root):
        for value in getattr(node, "attrs", {}).values():
            yield f"\0{value if isinstance(value, str) else ' '.join(value or ())}"


def _seen(node: Node) -> Iterator[str]:
    """Text that is no picture and no program: it parts no words of what is read."""
    for child in node:
        if type(child) is Text:
            yield child.data
        elif type(child) is Element and child.tag not in UNSEEN:
            yield from _seen(child)


def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _count(value: object) -> int:
    """The values of an item that are not null; a price is one value."""
    if isinstance(value, dict) and set(value) != {"amount", "currency"}:
        return sum(map(_count, value.values()))
    if isinstance(value, list):
        return sum(map(_count, value))
    return int(value is not None)
