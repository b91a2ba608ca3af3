"""Cuts a page into blocks of text, each with the elements it stands in."""

from collections.abc import Callable
from typing import TypeAlias

from webferry.content.document import Document, Element, Node, Text
from webferry.content.main_content.signs import ROLE_SIGNS, SIGNED, TAG_SIGNS, signs_in

_INLINE = (
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small"
    " span strike strong sub sup time tt u var wbr ruby rb rt rp nobr"
)
_NOTHING = (
    "script style noscript template svg iframe object canvas audio video select textarea input head"
    " datalist option map area frame embed param track progress meter link meta img picture"
)
_SKIPPED = frozenset(_NOTHING.split())
_NAMES_LENGTH = 300
_TEXT_LENGTH = 2_000
_UNREAD = -1
# What comes after so many shares the fate of the last.
MAX_BLOCKS = 10_000
# Menus, feet and dialogs are one block each, unless a page was left open in one of them.
WHOLE = ("nav", "footer", "dialog")
_CONTENT = ("h1", "main", "article")


class Region:
    """A block-level element and its blocks: those from `start` up to `end`."""

    __slots__ = ("depth", "element", "end", "near", "parent", "signs", "start", "tag")

    def __init__(self, element: Element, tag: str, parent: "Region | None", start: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        # Read when the first block asks for them: many elements hold no text.
        self.near = self.signs = _UNREAD
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.start = self.end = start


class Block:
    """A run of text with no break in it, as pairs: a text, and the outermost inline element."""

    __slots__ = ("items", "linked", "pieces", "region", "text", "words")

    def __init__(self, region: Region) -> None:
        self.region = region
        self.items: list[tuple[Node, Text]] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.text = ""
        self.words: list[str] = []


_Way: TypeAlias = Callable[[Element, Region, Element | None], None]


class Blocks:
    """All blocks of a page and all regions, both in document order.

    `split` has the inline elements that more than one block shares.
    """

    def __init__(self, document: Document) -> None:
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.split: set[Node] = set()
        self._open: Block | None = None
        self._breaks = 0
        self._links = 0
        self._signed = {each: _stated_signs(each) for each in document.select(SIGNED)}
        self._ways: dict[str, _Way] = {
            **dict.fromkeys(_INLINE.split(), self._inline),
            **dict.fromkeys(_NOTHING.split(), self._skip),
            **dict.fromkeys(("td", "th"), self._cell),
            **dict.fromkeys(WHOLE, self._take_whole),
            "a": self._link,
            "br": self._break,
        }
        self._enter(document.body, None, None)
        # They hold this object, which would then wait for the garbage collector.
        self._ways.clear()

    def _enter(self, element: Element, parent: Region | None, top: Element | None) -> None:
        if self._open is not None:
            self._close()
        if top is not None and parent is not None:
            self._split_above(element, parent)
        region = Region(element, element.tag, parent, len(self.blocks))
        self.regions.append(region)
        self._visit(element, region, None)
        if self._open is not None:
            self._close()
        region.end = len(self.blocks)

    def _take_whole(self, element: Element, parent: Region, top: Element | None) -> None:
        if next(element.iter_elements(_CONTENT), None) is not None:
            self._enter(element, parent, top)
            return
        if self._open is not None:
            self._close()
        if top is not None:
            self._split_above(element, parent)
        region = Region(element, element.tag, parent, len(self.blocks))
        self.regions.append(region)
        block = self._open = Block(region)
        block.pieces = _pieces_of(element)
        block.linked = sum(len(link.text.split()) for link in element.iter_elements("a"))
        self._close()
        region.end = len(self.blocks)

    def _read_signs(self, region: Region) -> None:
        above = region.parent
        if above is None:
            region.near = region.signs = self._signs_of(region)
            return
        if above.near == _UNREAD:
            self._read_signs(above)
        region.near = self._signs_of(region)
        region.signs = region.near | above.signs

    def _signs_of(self, region: Region) -> int:
        element = region.element
        signs = TAG_SIGNS.get(region.tag, 0)
        for names in (element.attr("class"), element.attr("id")):
            if names:
                signs |= signs_in(names[:_NAMES_LENGTH])
        return signs | self._signed.get(element, 0) if self._signed else signs

    def _visit(self, element: Element, region: Region, top: Element | None) -> None:
        way = self._ways.get
        for child in element:
            if type(child) is Element:
                (way(child.tag) or self._enter)(child, region, top)
                continue
            if type(child) is not Text:
                continue
            data = child.data
            block = self._open
            if data.isspace():
                if block is not None:
                    block.pieces.append(" ")
                continue
            if block is None:
                block = self._open = Block(region)
            block.items.append((top or child, child))
            block.pieces.append(data)
            self._breaks = 0
            if self._links:
                block.linked += len(data.split())

    def _inline(self, child: Element, region: Region, top: Element | None) -> None:
        self._visit(child, region, top or child)

    def _link(self, child: Element, region: Region, top: Element | None) -> None:
        self._links += 1
        self._visit(child, region, top or child)
        self._links -= 1

    def _cell(self, child: Element, region: Region, top: Element | None) -> None:
        if self._open is not None:
            self._open.pieces.append(" ")
        self._visit(child, region, top or child)

    def _skip(self, child: Element, region: Region, top: Element | None) -> None:
        """What has no text of the page in it."""

    def _break(self, child: Element, region: Region, top: Element | None) -> None:
        """One line break is a space, two end a paragraph."""
        if self._open is None:
            return
        self._open.pieces.append(" ")
        self._breaks += 1
        if self._breaks > 1:
            self._close()
            if top is not None:
                self._split_above(child, region)

    def _split_above(self, child: Element, region: Region) -> None:
        above = child.parent
        while above is not None and above != region.element:
            self.split.add(above)
            above = above.parent

    def _close(self) -> None:
        block = self._open
        if block is None:
            return
        self._open = None
        self._breaks = 0
        block.words = "".join(block.pieces).split()
        block.text = " ".join(block.words)
        if block.region.near == _UNREAD:
            self._read_signs(block.region)
        last = self.blocks[-1] if self.blocks else None
        if last and (len(self.blocks) >= MAX_BLOCKS or _goes_on(last, block)):
            self._join(last, block)
        elif block.words:
            self.blocks.append(block)

    def _join(self, last: Block, block: Block) -> None:
        last.items += block.items
        last.words += block.words
        last.linked += block.linked
        if len(last.text) < _TEXT_LENGTH:
            last.text = f"{last.text} {block.text}"
        region: Region | None = block.region
        while region and region.start == len(self.blocks):
            region.start -= 1
            region = region.parent


def _pieces_of(element: Element) -> list[str]:
    return [
        text.data + " "
        for text in element.descendants
        if type(text) is Text and type(text.parent) is Element and text.parent.tag not in _SKIPPED
    ]


def _goes_on(last: Block, block: Block) -> bool:
    """Links in neighbouring elements of one kind are one menu."""
    here, there = block.region, last.region
    return (
        block.linked >= len(block.words) > 0
        and last.linked >= len(last.words)
        and here.tag == there.tag
        and here.near == there.near
        and here is not there
        and _grandparent(here) is _grandparent(there)
    )


def _grandparent(region: Region) -> Region | None:
    return region.parent.parent if region.parent else None


def _stated_signs(element: Element) -> int:
    """What is said by attributes that only few elements have."""
    role = element.attr("role")
    if role is not None:
        return ROLE_SIGNS.get(role, 0)
    return TAG_SIGNS["article"] if element.attr("itemprop") else TAG_SIGNS["hidden"]
