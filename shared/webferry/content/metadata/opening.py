"""The short texts right after a page's heading, where bylines and dates stand."""

from collections.abc import Iterator
from itertools import islice

from webferry.content.document import Document, Text, elements, squeezed

_MAX_NODES = 150
_MAX_TEXT = 80
_NOT_READ = frozenset(["script", "style", "noscript", "template"])


def opening_texts(document: Document) -> list[str]:
    """Nothing when the page has no heading of the first level."""
    first = next(elements(document.body, "h1"), None)
    if first is None:
        return []
    return list(_short_texts(islice(first.following, _MAX_NODES)))


def _short_texts(nodes: Iterator[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text) and len(node.data) <= _MAX_TEXT:
            above = node.parent
            text = squeezed(node.data)
            if text and getattr(above, "tag", "") not in _NOT_READ:
                yield text
