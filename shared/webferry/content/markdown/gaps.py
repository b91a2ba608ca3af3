"""Room between things that only a style sheet keeps apart."""

from webferry.content.document import Document, Element, new_text

_BLOCKS = (
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "ul",
)  # fmt: skip
_LINES = frozenset(("span", "label", "font", "small", "abbr", "cite", "time", "data", "bdi"))
_SHORTEST = 2


def mend_gaps(document: Document) -> None:
    """What holds blocks is a block; words of neighbouring boxes do not run together."""
    for block in list(document.body.iter_elements(_BLOCKS)):
        holder = block.parent
        while type(holder) is Element and (holder.tag in _LINES or "-" in holder.tag):
            holder.tag = "div"
            holder = holder.parent
    for box in document.select("a + a, span + span"):
        before = box.previous_sibling
        if type(before) is Element and _is_a_word(before) and _is_a_word(box):
            box.insert_before(new_text(" "))


def _is_a_word(box: Element) -> bool:
    """Single letters are parts of a word that someone has styled letter by letter."""
    text = box.text
    return len(text) >= _SHORTEST and text == text.strip()
