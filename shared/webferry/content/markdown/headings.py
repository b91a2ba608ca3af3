"""Headings, summaries and other elements whose Markdown is another element's."""

from webferry.content.document import Document, attribute, new_element, new_text

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_SAME_AS = {"tt": "code", "center": "div", "strike": "del", "figcaption": "p"}


def mend_headings(document: Document) -> None:
    """Headings in all but name get their name; empty ones go."""
    for element in document.select(f"[role=heading i]:not({_HEADINGS})"):
        level = attribute(element, "aria-level")
        element.tag = f"h{level}" if level in set("123456") else "h2"
    for heading in document.select(_HEADINGS):
        if not heading.text.strip() and not heading.select_one("img"):
            heading.extract()
    for element in document.select(", ".join(_SAME_AS)):
        element.tag = _SAME_AS[element.tag]
    for summary in document.select("summary"):
        summary.tag = "p"
        if not summary.select_one(f"{_HEADINGS}, b, strong"):
            summary.wrap_children(new_element("b"))
    document.remove("rp")
    for reading in document.select("rt"):
        reading.insert_before(new_text("("))
        reading.insert_after(new_text(")"))
