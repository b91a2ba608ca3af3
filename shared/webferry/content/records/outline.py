"""A page's body as flat lists in reading order: one walk, after which nobody climbs the tree."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

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
_DIGITS = re.compile(r"\d+")


class Outline:
    """Entry `i` is an element, or a text when its tag is empty; it reaches to `ends[i]`."""

    def __init__(self) -> None:
        self.nodes: list[Element | None] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.parents: list[int] = []
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
        """The longest stretch an entry says itself, uninterrupted by what its children say."""
        if not self.kids[entry]:
            return self.text(entry)
        said = [""]
        for child in self.children(entry):
            if not self.tags[child]:
                said[-1] += self.texts[child]
            elif said[-1] and self.text(child):
                said.append("")
        return max((" ".join(each.split()) for each in said), key=len)

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

    def say(self, text: str, parent: int) -> None:
        """Add a text."""
        self.tags.append("")
        self.signs.append("")
        self.texts.append(text)
        self.nodes.append(None)
        self.parents.append(parent)
        self.kids.append(0)
        self.ends.append(len(self.tags))

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
    outline.cut = len(outline) >= MAX_ENTRIES
    outline.text_sums = [0, *accumulate(map(len, outline.texts))]
    return outline


def _fill(outline: Outline, body: Element) -> None:
    """One walk; no deeper than a parsed tree can be, and no call but one for an element."""
    tags, signs, texts, nodes = outline.tags, outline.signs, outline.texts, outline.nodes
    parents, ends, kids, known = outline.parents, outline.ends, outline.kids, _Signs()
    # What parts an entry from the one before: white space, or the end of a block.
    gap = ""

    def enter(element: Element, parent: int) -> None:
        nonlocal gap
        tag = element.tag
        if tag in _UNSEEN or len(tags) >= MAX_ENTRIES:
            gap = gap or (" " if element.text else "")
            return
        place, inline = len(tags), tag in _INLINE
        tags.append(tag)
        signs.append(known[tag, element.attr("class")])
        texts.append(gap if inline else " ")
        nodes.append(element)
        parents.append(parent)
        kids.append(0)
        ends.append(place)
        if place:
            kids[parent] += 1
        gap = ""
        for node in element:
            if type(node) is Element:
                enter(node, place)
            elif type(node) is Text and (data := node.data):
                if data.isspace() or len(tags) >= MAX_ENTRIES:
                    gap = " "
                    continue
                outline.say(_spaced(data, gap), place)
                gap = ""
        ends[place] = len(tags)
        gap = gap if inline else " "

    enter(body, -1)


def _spaced(data: str, gap: str) -> str:
    """The words of a text, with one space where it began or ended with some."""
    said = " ".join(data.split())
    before = " " if gap or data[0].isspace() else ""
    after = " " if data[-1].isspace() else ""
    return f"{before}{said[:MAX_TEXT]}{after}"


class _Signs(dict[tuple[str, str | None], str]):
    """Tag and classes, without what differs from one sibling to the next."""

    def __missing__(self, key: tuple[str, str | None]) -> str:
        tag, classes = key
        names = set(_DIGITS.sub("#", (classes or "")[:300].lower()).split()) - _STATES
        self[key] = sign = ".".join([tag, *sorted(names)])
        return sign
