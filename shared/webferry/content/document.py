"""The one tree a page is parsed into: the only module that knows which parser does it.

`parse` turns text or bytes into a `Document` and never fails: what is too large or too deep is cut,
and `Document.truncated` says so. Every other module of this room works on what is exported here:

* `Node`, `Element` and `Text` are types to test against (`type(node) is Element`) and to annotate
  with. Two handles of one node are equal and hash alike; every node is true, even an empty one.
* Hot loops may use the parser's own quick properties: `for child in node`, `node.parent`,
  `node.text` (all text below it), `node.descendants`, `node.ancestors`, `node.next_sibling`,
  `node.previous_sibling`; of an Element `tag` (lower case), `attr(name)` (a string or None; `class`
  comes as written), `attrs` (a mapping, `class` is a list there), `has_class(name)`; of a Text
  `data`.
* To change a tree, change `document.copy()`: `node.extract()` takes it out, `unwrap()` leaves its
  children, `replace_with(*nodes)`, `insert_before(*nodes)`, `append(node)`; `new_element`,
  `new_text`. `template` contents hang under a node that is neither Element nor Text.
* A node's own `select`, `matches` and `closest` crash the interpreter when the node is in no tree
  and the selector climbs (`>`, `:root`); `select` of this module is safe.
* After `parse`, a tree has at most MAX_NODES nodes and MAX_DEPTH levels, so plain recursion and
  plain loops over it are safe. Strings are not bounded: cut them with `shortened` before a regex.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Self, TypeAlias

import turbohtml

from webferry.content import selectors
from webferry.content.addresses import joined
from webferry.content.decode import decode
from webferry.content.tag_bombs import INERT, INERT_TAGS, made_inert, readable, reopens_without_end

MAX_BYTES = 10_000_000
MAX_NODES = 150_000
MAX_DEPTH = 256
MAX_STRING = 300

BadSelector = selectors.BadSelector
Node: TypeAlias = turbohtml.Node
Element: TypeAlias = turbohtml.Element
Text: TypeAlias = turbohtml.Text

_LARGE_NOSCRIPT = 1_000
_TOO_DEEP = "/" + "/".join(["*"] * MAX_DEPTH)
_VERBATIM = "webferry-verbatim"
_MARKDOWN = turbohtml.Markdown(
    tables=turbohtml.Markdown.Tables(cell_blocks="text"),
    converters={
        _VERBATIM: lambda element, _: element.text,
        "sup": lambda _, inside: f"<sup>{inside}</sup>" if inside.strip() else inside,
        "sub": lambda _, inside: f"<sub>{inside}</sub>" if inside.strip() else inside,
    },
)


class Document:
    """A parsed page and its address; `weighed` when what is left was chosen block by block."""

    def __init__(self, tree: turbohtml.Document, url: str, *, truncated: bool) -> None:
        self.tree = tree
        self.url = url
        self.truncated = truncated
        self.weighed = False
        self._base: str | None = None

    @property
    def root(self) -> Element:
        """The `html` element."""
        # Only a parser for something other than HTML makes a document without a root.
        return self.tree.root or turbohtml.Element("html")

    @property
    def body(self) -> Element:
        """The `body`, or the root when a frameset stands in its place."""
        return next((node for node in elements(self.root, "body")), self.root)

    @property
    def base_url(self) -> str:
        """What the page's relative addresses are relative to."""
        if self._base is None:
            base = self.tree.select_one("base[href]")
            self._base = joined(self.url, (base.attr("href") or "").strip()) if base else self.url
        return self._base

    def absolute(self, address: str) -> str:
        """An address of the page in full; as it is written when it cannot be read."""
        address = address.strip()
        if address.startswith(("https://", "http://")):
            return address
        return joined(self.base_url, address)

    def copy(self) -> Self:
        """A tree of its own, to change freely; nodes of the one do not belong to the other."""
        twin = type(self)(copy.deepcopy(self.tree), self.url, truncated=self.truncated)
        twin.weighed = self.weighed
        return twin

    def select(self, selector: str) -> list[Element]:
        """Every match in document order. Raises: BadSelector."""
        return select(self.tree, selector)

    def first(self, selector: str) -> Element | None:
        """The first match. Raises: BadSelector."""
        return next(iter(self.select(selector)), None)

    def text_of(self, selector: str) -> str | None:
        """The text of the first match, its white space collapsed."""
        found = self.first(selector)
        return squeezed(found.text) if found else None

    def remove(self, selector: str) -> None:
        """Take every match out, with all it holds. Raises: BadSelector."""
        with selectors.reading(selector):
            self.tree.remove(selector)


def parse(page: str | bytes, url: str = "", content_type: str = "") -> Document:
    """Any text is a page: there is no input that fails."""
    text = decode(page[:MAX_BYTES], content_type) if isinstance(page, bytes) else page
    read = readable(text[:MAX_BYTES], 4 * MAX_NODES)
    inert = reopens_without_end(read)
    parsed = made_inert(read) if inert else read
    tree = turbohtml.parse(parsed, positions=False, scripting=True)
    if inert:
        for element in tree.iter_elements(INERT_TAGS):
            element.tag = element.tag.removeprefix(INERT)
    _open_noscript(tree)
    cut = _drop_overflow(tree)
    cut = _flatten_depths(tree) or cut
    return Document(tree, url, truncated=cut or len(page) > MAX_BYTES or len(read) < len(text))


def walk(node: Node) -> Iterator[Node]:
    """Everything below a node, in document order; the tree must not change meanwhile."""
    return node.descendants


def elements(node: Node, tags: str | Iterable[str] | None = None) -> Iterator[Element]:
    """The elements below a node, of these tags or of all."""
    return node.iter_elements(tags)


def select(node: Node, selector: str) -> list[Element]:
    """Every match below a node. Raises: BadSelector."""
    top = node
    while top.parent is not None:
        top = top.parent
    if type(top) is Element:
        turbohtml.DocumentFragment().append(top)
    with selectors.reading(selector):
        return node.select(selector)


def attribute(element: Element, name: str) -> str:
    """An attribute without the space around it; empty when it is absent."""
    return (element.attr(name) or "").strip()


def own_text(node: Node) -> str:
    """The text that stands in a node itself, not in its elements."""
    return "".join(child.data for child in node if type(child) is Text)


def is_small(node: Node, nodes: int = 64) -> bool:
    """Whether it holds so little that it may be read again and again."""
    return next(islice(node.descendants, nodes, None), None) is None


def squeezed(text: str) -> str:
    """Text as a browser shows it: one space where there was any white space."""
    return " ".join(text.split())


def shortened(text: str, length: int = MAX_STRING) -> str:
    """What of a string a regular expression may see."""
    return text[:length]


def new_element(
    tag: str, attributes: Mapping[str, str] | None = None, children: Iterable[Node] = ()
) -> Element:
    """An element that is in no tree yet."""
    return turbohtml.Element(tag, attributes, children)


def new_text(data: str) -> Text:
    """A text that is in no tree yet."""
    return turbohtml.Text(data)


def verbatim(markup: str) -> Element:
    """An element that `to_markdown` writes as it is, without escaping."""
    return turbohtml.Element(_VERBATIM, None, [turbohtml.Text(markup)])


def to_markdown(node: Node) -> str:
    """A node and all it holds as Markdown, by the parser's own serialiser."""
    return node.to_markdown(_MARKDOWN)


def to_html(node: Node) -> str:
    """A node and all it holds, as HTML."""
    return node.serialize()


def _open_noscript(tree: turbohtml.Document) -> None:
    """Some pages keep all their words for readers without scripts, and a shell for the others."""
    for element in tree.select("noscript"):
        written = element.text
        if len(written) < _LARGE_NOSCRIPT or tree.root is None:
            continue
        inside = turbohtml.parse_fragment(written, positions=False, scripting=True)
        machinery = sum(len(each.text) for each in tree.root.iter_elements(("script", "style")))
        if 2 * len(inside.text) > len(tree.text) - machinery - len(written):
            element.replace_with(turbohtml.Element("div", None, list(inside)))


def _flatten_depths(tree: turbohtml.Document) -> bool:
    """Below the deepest level allowed only the text stays."""
    found = tree.xpath(_TOO_DEEP)
    deepest = [node for node in found if type(node) is Element] if isinstance(found, list) else []
    for element in deepest:
        element.set_text(element.text)
    return bool(deepest)


def _drop_overflow(tree: turbohtml.Document) -> bool:
    """Everything from the first node too many on goes."""
    first = next(islice(tree.descendants, MAX_NODES, None), None)
    if first is None:
        return False
    for node in [first, *first.ancestors]:
        for sibling in list(node.next_siblings):
            sibling.extract()
    first.extract()
    return True
