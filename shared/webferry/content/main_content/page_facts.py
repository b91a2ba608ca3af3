"""What kind of page it says it is."""

from webferry.content.document import Document, elements

_KINDS = {
    "ld_article": ("Article", "BlogPosting", "Report"),
    "ld_product": ("Product",),
    "ld_place": ("LocalBusiness", "Service", "Restaurant"),
}
_OPEN_GRAPH = {"": 0.0, "website": 1.0, "article": 3.0, "product": 4.0}
_OTHER_KIND = 2.0
_MAX_SCRIPTS = 8
_MAX_SCRIPT = 20_000


def page_facts(document: Document) -> dict[str, float]:
    """The same for every block of the page."""
    scripts = document.select('script[type="application/ld+json"]')[:_MAX_SCRIPTS]
    data = "".join(script.text[:_MAX_SCRIPT] for script in scripts)
    stated = document.first('meta[property="og:type"]')
    kind = (stated.attr("content") or "").lower() if stated else ""
    return {
        **{
            name: float(any(f'{word}"' in data for word in words)) for name, words in _KINDS.items()
        },
        "og": _OPEN_GRAPH.get(kind, _OTHER_KIND),
        "articles": _many(document, "article"),
        "h1s": _many(document, "h1"),
        "paragraphs": _many(document, "p"),
    }


def _many(document: Document, tag: str) -> float:
    return float(sum(1 for _ in elements(document.root, tag)))
