"""Where a page points: its links inside and outside the site, its pictures, feeds and icon."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from webferry.content.addresses import leads_somewhere
from webferry.content.document import Document, attribute, elements, shortened, squeezed

MAX_LINKS = 5_000
_MAX_WORDS = 300
_FEED_TYPES = ("application/rss", "application/atom", "application/feed+json", "application/rdf")
_LAZY = ("src", "data-src", "data-original", "data-lazy-src")


@dataclass(frozen=True, slots=True)
class Link:
    """One address, with the words of the first link to it."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a page, each address once, in the order they stand."""

    internal: tuple[Link, ...]
    external: tuple[Link, ...]


def links_of(document: Document) -> Links:
    """Web addresses only; a link within the page is none."""
    here = _site(document.url or document.base_url)
    found: dict[str, str] = {}
    for element in elements(document.body, ("a", "area")):
        address = attribute(element, "href")
        if not address or address.startswith("#") or not leads_somewhere(address):
            continue
        url = document.absolute(address).partition("#")[0]
        if url.startswith(("http://", "https://")):
            if len(found) >= MAX_LINKS and url not in found:
                break
            text = squeezed(shortened(element.text.strip(), _MAX_WORDS))
            found[url] = found.get(url) or text
    inside = {url for url in found if _site(url) == here}
    return Links(
        internal=tuple(Link(url, text) for url, text in found.items() if url in inside),
        external=tuple(Link(url, text) for url, text in found.items() if url not in inside),
    )


def images_of(document: Document) -> list[Link]:
    """Pictures with an address of their own, and what they show in words."""
    found: dict[str, str] = {}
    for element in elements(document.body, "img"):
        sources = (attribute(element, name) for name in _LAZY)
        source = next((each for each in sources if each and not each.startswith("data:")), "")
        if source and len(found) < MAX_LINKS:
            found.setdefault(document.absolute(source), squeezed(attribute(element, "alt")))
    return [Link(url, text) for url, text in found.items()]


def feeds_of(document: Document) -> list[Link]:
    """Feeds the page announces."""
    found: dict[str, str] = {}
    for element in document.select('link[rel~="alternate" i][href], link[rel~="feed" i][href]'):
        kind = attribute(element, "type").lower()
        if kind.startswith(_FEED_TYPES) or "feed" in attribute(element, "rel").lower().split():
            found.setdefault(
                document.absolute(attribute(element, "href")), attribute(element, "title")
            )
    return [Link(url, text) for url, text in found.items()]


def icon_of(document: Document) -> str | None:
    """The site's icon as the page names it; nothing is guessed."""
    for selector in ('link[rel~="icon" i][href]', 'link[rel="apple-touch-icon" i][href]'):
        found = document.first(selector)
        if found and attribute(found, "href"):
            return document.absolute(attribute(found, "href"))
    return None


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
