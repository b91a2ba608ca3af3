"""Links of a page: absolute, with words, and only where they lead somewhere."""

from webferry.content.addresses import leads_somewhere
from webferry.content.document import Document, Element, attribute, is_small, new_element, squeezed
from webferry.content.patterns import later

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_SIGNS = frozenset(
    ("", "#", "¶", "§", "🔗", "link", "permalink", "anchor", "[link]", "∞", "⚓", "\u200b")
)
_UNSAFE = later(r"[\s<>]")
_SIGN_NAMES = (
    "headerlink permalink anchor header-anchor hash-link heading-anchor anchor-link anchorjs-link"
    " direct-link headline-anchor heading-link markdown-anchor anchorlink"
)
_SIGN_CLASSES = frozenset(_SIGN_NAMES.split())


def mend_links(document: Document) -> None:
    """What cannot be followed becomes plain words; what can be followed is absolute."""
    document.remove(".mw-editsection")
    for link in document.select(f"a:has({_HEADINGS})"):
        _move_into_headings(link)
    for link in document.select("a"):
        # A link in a link has left the page when the outer one got a label.
        if link.parent is None:
            continue
        address = attribute(link, "href")
        if not leads_somewhere(address):
            link.unwrap()
        elif address.startswith("#") and _marks_a_place(link, address):
            continue
        else:
            _mend(document, link, address)


def _mend(document: Document, link: Element, address: str) -> None:
    words = squeezed(link.text)
    title = attribute(link, "title")
    if not words and not link.select_one("img, webferry-verbatim"):
        label = squeezed(attribute(link, "aria-label") or title)
        if not label or address.startswith("#"):
            link.extract()
            return
        link.set_text(label)
    if title and squeezed(title) in {words, ""}:
        del link.attrs["title"]
    whole = _written(document.absolute(address))
    if whole != address:
        link.attrs["href"] = whole


def _written(address: str) -> str:
    if not _UNSAFE.search(address):
        return address
    for sign, code in (
        ("\n", ""),
        ("\r", ""),
        ("\t", ""),
        (" ", "%20"),
        ("<", "%3C"),
        (">", "%3E"),
    ):
        address = address.replace(sign, code)
    return address


def _marks_a_place(link: Element, address: str) -> bool:
    """A sign that offers the address of its own heading is taken out; a heading in it stays."""
    heading = link.closest(_HEADINGS)
    classes = set((link.attr("class") or "").split())
    words = squeezed(link.text).lower()
    if heading is None:
        return _drop(link) if words in _SIGNS and classes & _SIGN_CLASSES else False
    if words in _SIGNS:
        return _drop(link)
    own = {heading.attr("id"), *(node.attr("id") for node in link.select("[id]")), link.attr("id")}
    if (
        is_small(heading)
        and words == squeezed(heading.text).lower()
        and (classes & _SIGN_CLASSES or address[1:] in own)
    ):
        link.unwrap()
        return True
    return False


def _drop(link: Element) -> bool:
    link.extract()
    return True


def _move_into_headings(link: Element) -> None:
    """A card that is one link keeps its heading: the heading becomes the link."""
    for heading in link.select(_HEADINGS):
        inner = new_element("a", {"href": attribute(link, "href")})
        heading.wrap_children(inner)
    link.unwrap()
