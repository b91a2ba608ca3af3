"""A page's body as flat lists in reading order: one walk, after which nobody climbs the tree."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain

from webferry.content.document import Document, Element, Text

MAX_ENTRIES = 60_000
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
# The place of what nobody sees, and of all it holds.
_HIDDEN = -2
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
        self._below: dict[int, list[int]] = {}
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
        return self._below.get(entry, [])

    def file_elements(self) -> None:
        """Note the elements right below each, once all are there."""
        below: dict[int, list[int]] = defaultdict(list)
        for entry, parent in enumerate(self.parents):
            if self.tags[entry]:
                below[parent].append(entry)
        self._below = dict(below)

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
    """One pass in document order; the way down to the present node is kept beside it."""
    nodes, tags, signs = outline.nodes, outline.tags, outline.signs
    texts, parents, depths = outline.texts, outline.parents, outline.depths
    known, gap = _Signs(), ""
    way: list[object] = []
    places: list[int] = []
    for node in chain((body,), body.descendants):
        above = node.parent
        while way and way[-1] != above:
            way.pop()
            places.pop()
        parent = places[-1] if places else -1
        if type(node) is Text:
            said = " ".join(node.data.split()) if parent >= 0 else ""
            if said:
                texts.append(f"{gap}{_spaced(node.data, said)}")
                nodes.append(None)
                tags.append("")
                signs.append("")
                gap = ""
            else:
                gap = gap or (" " if node.data else "")
                continue
        else:
            seen = type(node) is Element and (parent >= 0 or not way) and node.tag not in _UNSEEN
            way.append(node)
            places.append(len(tags) if seen else _HIDDEN)
            if type(node) is not Element or not seen:
                continue
            texts.append(gap if node.tag in _INLINE else " ")
            nodes.append(node)
            tags.append(node.tag)
            signs.append(known[node.tag, node.attr("class")])
            gap = ""
        parents.append(parent)
        depths.append(len(way))
        if len(tags) >= MAX_ENTRIES:
            outline.cut = True
            break


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
    outline.file_elements()


def _spaced(data: str, said: str) -> str:
    """The words of a text, with one space where it began or ended with some."""
    before = " " if data[0].isspace() else ""
    after = " " if data[-1].isspace() else ""
    return f"{before}{said[:MAX_TEXT]}{after}"


class _Signs(dict[tuple[str, str | None], str]):
    """Tag and classes, without what differs from one sibling to the next."""

    def __missing__(self, key: tuple[str, str | None]) -> str:
        tag, classes = key
        names = {_DIGITS.sub("#", name) for name in (classes or "")[:300].lower().split()}
        self[key] = sign = ".".join([tag, *sorted(names - _STATES)])
        return sign
