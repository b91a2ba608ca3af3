"""Reads sitemaps and sitemap indexes, as XML or as lines of text, already decompressed."""

from dataclasses import dataclass

from webferry.content.feeds import BadFeed, read_feed
from webferry.content.xml_tree import BadXml, XmlNode, read_xml

# The protocol's own bound; what a larger file holds beyond it is left out, and `cut` says so.
MAX_ENTRIES = 50_000


class BadSitemap(ValueError):
    """This is no sitemap that we can read."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address and what is stated about it."""

    url: str
    last_modified: str = ""
    change_frequency: str = ""
    priority: float | None = None
    images: tuple[str, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`index` lists further sitemaps, `urlset` pages."""

    kind: str
    entries: tuple[SitemapEntry, ...]
    cut: bool = False


def read_sitemap(body: str | bytes) -> Sitemap:
    """A sitemap of any form. Raises: BadSitemap."""
    start = body[:500].decode("latin-1") if isinstance(body, bytes) else body[:500]
    if "<" not in start:
        return _lines(body)
    try:
        root = read_xml(body)
    except BadXml as error:
        raise BadSitemap(str(error)) from error
    if root.name == "sitemapindex":
        return _listed("index", [_entry(node) for node in root.all("sitemap")])
    if root.name == "urlset":
        return _listed("urlset", [_entry(node) for node in root.all("url")])
    return _of_feed(body, root)


def _of_feed(body: str | bytes, root: XmlNode) -> Sitemap:
    try:
        feed = read_feed(body)
    except BadFeed as error:
        raise BadSitemap(f"not a sitemap: the document is <{root.name}>") from error
    return _listed(
        "urlset", [SitemapEntry(item.url, item.updated or item.published) for item in feed.items]
    )


def _lines(body: str | bytes) -> Sitemap:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines[:50]):
        raise BadSitemap("not a sitemap: neither XML nor a list of addresses")
    return _listed("urlset", [SitemapEntry(line) for line in lines])


def _listed(kind: str, entries: list[SitemapEntry]) -> Sitemap:
    real = [entry for entry in entries if entry.url.startswith(("http://", "https://"))]
    return Sitemap(kind, tuple(real[:MAX_ENTRIES]), cut=len(real) > MAX_ENTRIES)


def _entry(node: XmlNode) -> SitemapEntry:
    images = (image.said("loc") for image in node.all("image"))
    links = (
        link.attributes for link in node.all("link") if link.attributes.get("rel") == "alternate"
    )
    return SitemapEntry(
        url=node.said("loc"),
        last_modified=node.said("lastmod"),
        change_frequency=node.said("changefreq"),
        priority=_priority(node.said("priority")),
        images=tuple(address for address in images if address),
        alternates=tuple(
            (held["hreflang"], held["href"])
            for held in links
            if "hreflang" in held and "href" in held
        ),
    )


def _priority(text: str) -> float | None:
    try:
        value = float(text[:10])
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
