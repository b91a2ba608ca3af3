"""A page's body as flat lists in reading order: one walk, after which nobody climbs the tree."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from webferry.content.document import Document, Element, Text

MAX_ENTRIES = 60_000
MAX_DEPTH = 400
MAX_TEXT = 20_000

_UNSEEN = frozenset(
    ["head", "script", "style", "noscript", "template", "svg", "iframe", "math", "object", "canvas"]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_STATES = frozenset(
    [
        "first",
        "last",
        "odd",
        "even",
        "active",
        "current",
        "selected",
        "open",
        "visible",
        "hidden",
        "loaded",
        "featured",
        "sale",
        "is-active",
        "new",
        "promoted",
        "sponsored",
        "highlighted",
    ]
)
_DIGITS = re.compile(r"\d+")


class Outline:
    """Entry `i` is an element, or a text when its tag is empty; it reaches to `ends[i]`."""

    def __init__(self) -> None:
        self.nodes: list[Element | None] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.parents: list[int] = []
        self.depths: list[int] = []
        self.signs: list[str] = []
        self.ends: list[int] = []
        self.kids: list[int] = []
        self.text_sums: list[int] = []
        self.cut = False
        self._places: dict[int, dict[int, int]] = {}

    def __len__(self) -> int:
        return len(self.tags)

    def attribute(self, entry: int, name: str) -> str:
        """An attribute as written, or nothing."""
        node = self.nodes[entry]
        return (node.attr(name) or "") if node is not None else ""

    def attributes(self, entry: int) -> dict[str, str]:
        """Every attribute as written."""
        node = self.nodes[entry]
        names = node.attrs if node is not None else ()
        return {name: self.attribute(entry, name) for name in names}

    def text(self, entry: int) -> str:
        """All an entry says, its white space collapsed."""
        return " ".join("".join(self.texts[entry : self.ends[entry]]).split())

    def own_text(self, entry: int) -> str:
        """What an entry says itself, without its children."""
        if not self.kids[entry]:
            return self.text(entry)
        said = [self.texts[child] for child in self.children(entry) if not self.tags[child]]
        return " ".join("".join(said).split())

    def text_length(self, entry: int) -> int:
        """How many characters an entry says, its spaces included."""
        return self.text_sums[self.ends[entry]] - self.text_sums[entry]

    def children(self, entry: int) -> Iterator[int]:
        """The entries right below."""
        child, end, ends = entry + 1, self.ends[entry], self.ends
        while child < end:
            yield child
            child = ends[child]

    def elements(self, entry: int) -> list[int]:
        """The elements right below."""
        return [child for child in self.children(entry) if self.tags[child]]

    def ancestors(self, entry: int) -> Iterator[int]:
        """The entries an entry lies in, the nearest first."""
        while (entry := self.parents[entry]) >= 0:
            yield entry

    def is_block(self, entry: int) -> bool:
        """Whether an entry stands on lines of its own."""
        return self.tags[entry] not in _INLINE

    def xpath(self, entry: int) -> str:
        """Where an entry stands, as an address a reader can try in a browser."""
        steps = [self._step(entry), *(self._step(above) for above in self.ancestors(entry))]
        return "/html/" + "/".join(reversed(steps))

    def _step(self, entry: int) -> str:
        parent, tag = self.parents[entry], self.tags[entry]
        if parent < 0:
            return tag
        if parent not in self._places:
            counts: Counter[str] = Counter()
            self._places[parent] = {}
            for child in self.children(parent):
                counts[self.tags[child]] += 1
                self._places[parent][child] = counts[self.tags[child]]
        return f"{tag or 'text()'}[{self._places[parent][entry]}]"


def outline_of(document: Document) -> Outline:
    """The body of a page; what goes beyond the caps is left out, and `cut` says so."""
    outline = Outline()
    _fill(outline, document.body)
    _close(outline)
    return outline


def _fill(outline: Outline, body: Element) -> None:
    nodes, tags, signs = outline.nodes, outline.tags, outline.signs
    texts, parents, depths = outline.texts, outline.parents, outline.depths
    known, gap = _Signs(), ""
    stack: list[tuple[object, int, int]] = [(body, -1, 0)]
    while stack:
        node, parent, depth = stack.pop()
        if len(tags) >= MAX_ENTRIES or depth > MAX_DEPTH:
            outline.cut = True
            continue
        if isinstance(node, Text):
            said = gap + _spaced(node.data)
            gap = " " if said.isspace() else ""
            if gap or not said:
                continue
            nodes.append(None)
            tags.append("")
            signs.append("")
        elif isinstance(node, Element) and (tag := node.tag) not in _UNSEEN:
            stack += [(child, len(tags), depth + 1) for child in reversed(list(node))]
            said, gap = (gap if tag in _INLINE else " "), ""
            nodes.append(node)
            tags.append(tag)
            signs.append(known[tag, node.attr("class")])
        else:
            continue
        texts.append(said)
        parents.append(parent)
        depths.append(depth)


def _close(outline: Outline) -> None:
    """Find where every entry ends, and part what stands behind a closed block from it."""
    tags, texts, parents = outline.tags, outline.texts, outline.parents
    count = len(tags)
    ends = outline.ends = list(range(1, count + 1))
    kids = outline.kids = [0] * count
    for entry in range(count - 1, 0, -1):
        end, parent = ends[entry], parents[entry]
        ends[parent] = max(ends[parent], end)
        if tags[entry]:
            kids[parent] += 1
        if end < count and tags[entry] and tags[entry] not in _INLINE and texts[end][:1] != " ":
            texts[end] = " " + texts[end]
    outline.text_sums = [0, *accumulate(map(len, texts))]


def _spaced(said: str) -> str:
    words = " ".join(said[:MAX_TEXT].split())
    if not words:
        return " " if said else ""
    return f"{' ' if said[0].isspace() else ''}{words}{' ' if said[-1].isspace() else ''}"


class _Signs(dict[tuple[str, str | None], str]):
    """Tag and classes, without what differs from one sibling to the next."""

    def __missing__(self, key: tuple[str, str | None]) -> str:
        tag, classes = key
        names = {_DIGITS.sub("#", name) for name in (classes or "")[:300].lower().split()}
        self[key] = sign = ".".join([tag, *sorted(names - _STATES)])
        return sign
