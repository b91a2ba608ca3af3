"""What kind of page it says it is."""

from webferry.content.document import Document

_OPEN_GRAPH = {"": 0.0, "website": 1.0, "article": 3.0, "product": 4.0}
_OTHER_KIND = 2.0


def page_facts(document: Document, tags: list[str]) -> dict[str, float]:
    """The same for every block of the page, whose block-level elements have these tags."""
    stated = document.first('meta[property="og:type"]')
    kind = (stated.attr("content") or "").lower() if stated else ""
    return {
        "og": _OPEN_GRAPH.get(kind, _OTHER_KIND),
        "articles": float(tags.count("article")),
        "paragraphs": float(tags.count("p")),
    }
