"""What a page states about itself, asked for by name, the best source first."""

from collections.abc import Iterator

from webferry.content.document import Document, squeezed
from webferry.content.structured_data import (
    StructuredData,
    Thing,
    structured_data,
    things_within,
    types_of,
)

_ARTICLE_TYPES = frozenset(
    [
        *("article", "newsarticle", "blogposting", "techarticle", "report", "scholarlyarticle"),
        *("reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "liveblogposting"),
        *("socialmediaposting", "discussionforumposting", "question", "recipe", "howto"),
    ]
)
_OTHER_TYPES = frozenset(["product", "itemlist", "collectionpage", "service", "localbusiness"])
_OTHER_KINDS = frozenset(["product", "product.group", "business.business"])
_PAGE_TYPES = frozenset(["webpage", "itempage", "collectionpage", "faqpage", "aboutpage"])


class Statements:
    """Structured data and meta elements of one page."""

    def __init__(self, document: Document) -> None:
        self.data: StructuredData = structured_data(document)
        self.articles = self._things(_ARTICLE_TYPES)
        self.pages = self._things(_PAGE_TYPES)

    @property
    def is_no_article(self) -> bool:
        """Whether the page states that it is something else: goods, a list, a business."""
        if self.meta("og:type").lower() in _OTHER_KINDS:
            return True
        types = {name for thing in self.data.json_ld for name in types_of(thing)}
        return bool(types & _OTHER_TYPES) and not self.articles

    def meta(self, *names: str) -> str:
        """The first of these meta elements that says anything."""
        return next((self.data.meta[name] for name in names if self.data.meta.get(name)), "")

    def article(self, name: str) -> str:
        """A property of the article the page holds, as text."""
        return next((text for thing in self.articles for text in texts(thing.get(name))), "")

    def page(self, name: str) -> str:
        """A property of the page itself, as text."""
        return next((text for thing in self.pages for text in texts(thing.get(name))), "")

    def _things(self, types: frozenset[str]) -> list[Thing]:
        top = [*self.data.json_ld, *self.data.microdata, *self.data.rdfa]
        found = [thing for thing in top if types & types_of(thing)]
        return found or [
            thing for thing in things_within(self.data.json_ld) if types & types_of(thing)
        ]


def texts(value: object) -> Iterator[str]:
    """The strings a value is, or its names."""
    if isinstance(value, str):
        text = squeezed(value)
        if text:
            yield text
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        yield from texts(value.get("name") or value.get("@value"))
