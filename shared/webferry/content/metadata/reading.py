"""Everything a page says about itself, in one record."""

from dataclasses import dataclass, field

from webferry.content.document import Document, Node, Text, attribute, elements, walk
from webferry.content.metadata.authors import authors_of
from webferry.content.metadata.dates import modified_at, published_at
from webferry.content.metadata.links import Link, Links, feeds_of, icon_of, images_of, links_of
from webferry.content.metadata.statements import Statements
from webferry.content.metadata.titles import headline
from webferry.content.structured_data import Thing

_UNREAD = frozenset(["script", "style", "noscript", "template", "textarea", "select"])


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is not stated is None or empty: nothing here is guessed."""

    title: str | None
    description: str | None
    language: str | None
    canonical: str | None
    site_name: str | None
    authors: list[str]
    published: str | None
    modified: str | None
    image: str | None
    favicon: str | None
    feeds: list[Link]
    links: Links
    images: list[Link]
    word_count: int
    open_graph: dict[str, str] = field(default_factory=dict)
    json_ld: list[Thing] = field(default_factory=list)
    microdata: list[Thing] = field(default_factory=list)
    rdfa: list[Thing] = field(default_factory=list)


def metadata_of(document: Document) -> Metadata:
    """Reads a page before anything is taken out of it."""
    stated = Statements(document)
    image = stated.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
    image = image or stated.article("image")
    return Metadata(
        title=headline(document, stated),
        description=stated.meta("description", "og:description", "twitter:description")
        or stated.article("description")
        or None,
        language=_language(document, stated),
        canonical=_canonical(document, stated),
        site_name=stated.meta("og:site_name", "application-name") or None,
        authors=authors_of(document, stated),
        published=published_at(document, stated),
        modified=modified_at(stated),
        image=document.absolute(image) if image else None,
        favicon=icon_of(document),
        feeds=feeds_of(document),
        links=links_of(document),
        images=images_of(document),
        word_count=_word_count(document),
        open_graph={
            name[3:]: value for name, value in stated.data.meta.items() if name.startswith("og:")
        },
        json_ld=stated.data.json_ld,
        microdata=stated.data.microdata,
        rdfa=stated.data.rdfa,
    )


def _language(document: Document, stated: Statements) -> str | None:
    named = attribute(document.root, "lang") or attribute(document.root, "xml:lang")
    named = named or stated.article("inLanguage") or stated.meta("content-language", "language")
    return (named or stated.meta("og:locale")).replace("_", "-") or None


def _canonical(document: Document, stated: Statements) -> str | None:
    found = document.first('link[rel~="canonical" i][href]')
    address = attribute(found, "href") if found else stated.meta("og:url")
    return document.absolute(address) if address else None


def _word_count(document: Document) -> int:
    unread: set[Node] = set()
    for each in elements(document.body, _UNREAD):
        # What is in another one has been met already, with all it holds.
        if each not in unread:
            unread.update(walk(each))
    return sum(
        len(node.data.split())
        for node in walk(document.body)
        if isinstance(node, Text) and node not in unread
    )
