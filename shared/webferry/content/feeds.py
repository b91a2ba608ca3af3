"""Reads feeds: RSS in all its versions, Atom, and JSON Feed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from webferry.content.document import parse, squeezed
from webferry.content.records.values.dates import read_date
from webferry.content.xml_tree import BadXml, XmlNode, read_xml

MAX_ITEMS = 5_000
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"


class BadFeed(ValueError):
    """This is no feed that we can read."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry, as stated; times are ISO 8601 where the feed's can be read, else empty."""

    title: str = ""
    url: str = ""
    id: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    summary: str = ""
    html: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in its order."""

    kind: str
    title: str = ""
    url: str = ""
    description: str = ""
    language: str = ""
    items: tuple[FeedItem, ...] = field(default=())


def read_feed(body: str | bytes) -> Feed:
    """A feed of any kind. Raises: BadFeed."""
    start = body[:200].decode("latin-1") if isinstance(body, bytes) else body[:200]
    if start.lstrip("\ufeffï»¿ \t\r\n").startswith("{"):
        return _json_feed(body)
    try:
        root = read_xml(body)
    except BadXml as error:
        raise BadFeed(str(error)) from error
    if root.name == "feed":
        return _atom(root)
    channel = root.first("channel")
    if channel is None or root.name not in ("rss", "RDF"):
        raise BadFeed(f"not a feed: the document is <{root.name}>")
    return _rss(root, channel)


def _rss(root: XmlNode, channel: XmlNode) -> Feed:
    nodes = [*channel.all("item"), *root.all("item")][:MAX_ITEMS]
    return Feed(
        kind="rss",
        title=channel.said("title"),
        url=_plain_link(channel),
        description=_words(channel.said("description")),
        language=channel.said("language"),
        items=tuple(map(_rss_item, nodes)),
    )


def _rss_item(item: XmlNode) -> FeedItem:
    guid = item.first("guid")
    identity = guid.text if guid else item.attributes.get("about", "")
    is_address = guid is not None and guid.attributes.get("isPermaLink", "true") == "true"
    link = _plain_link(item) or (identity if is_address and identity.startswith("http") else "")
    encoded = item.first("encoded", _CONTENT)
    described = item.said("description", "summary")
    enclosures = tuple(
        node.attributes["url"] for node in item.all("enclosure") if node.attributes.get("url")
    )
    return FeedItem(
        title=_words(item.said("title")),
        url=link,
        id=identity or link,
        published=read_time(item.said("pubDate", "date", "published")),
        updated=read_time(item.said("updated", "modified")),
        author=item.said("creator", "author"),
        summary=_words(described),
        html=encoded.text if encoded else described,
        image=_image(item, enclosures),
        tags=tuple(node.text for node in item.all("category") if node.text),
        enclosures=enclosures,
    )


def _atom(root: XmlNode) -> Feed:
    return Feed(
        kind="atom",
        title=_words(root.said("title")),
        url=_atom_link(root),
        description=_words(root.said("subtitle", "tagline")),
        language=root.attributes.get("lang", ""),
        items=tuple(map(_atom_item, list(root.all("entry"))[:MAX_ITEMS])),
    )


def _atom_item(entry: XmlNode) -> FeedItem:
    author = entry.first("author")
    content = entry.first("content")
    html = content.text if content else ""
    enclosures = tuple(
        link.attributes["href"]
        for link in entry.all("link")
        if link.attributes.get("rel") == "enclosure" and link.attributes.get("href")
    )
    return FeedItem(
        title=_words(entry.said("title")),
        url=_atom_link(entry),
        id=entry.said("id"),
        published=read_time(entry.said("published", "issued", "created")),
        updated=read_time(entry.said("updated", "modified")),
        author=author.said("name") if author else "",
        summary=_words(entry.said("summary")) or _words(html),
        html=html or entry.said("summary"),
        image=_image(entry, enclosures),
        tags=tuple(
            node.attributes["term"] for node in entry.all("category") if node.attributes.get("term")
        ),
        enclosures=enclosures,
    )


def _json_feed(body: str | bytes) -> Feed:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadFeed("not a feed: broken JSON") from error
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version", "")):
        raise BadFeed("not a feed: JSON without a JSON Feed version")
    items = data.get("items")
    listed = items if isinstance(items, list) else []
    return Feed(
        kind="json",
        title=_string(data, "title"),
        url=_string(data, "home_page_url"),
        description=_string(data, "description"),
        language=_string(data, "language"),
        items=tuple(_json_item(item) for item in listed[:MAX_ITEMS] if isinstance(item, dict)),
    )


def _json_item(item: Mapping[str, Any]) -> FeedItem:
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    html = _string(item, "content_html")
    tags = item.get("tags")
    return FeedItem(
        title=_string(item, "title"),
        url=_string(item, "url", "external_url"),
        id=_string(item, "id"),
        published=read_time(_string(item, "date_published")),
        updated=read_time(_string(item, "date_modified")),
        author=_string(first, "name") if isinstance(first, dict) else "",
        summary=_string(item, "summary") or _string(item, "content_text") or _words(html),
        html=html,
        image=_string(item, "image", "banner_image"),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _string(data: Mapping[str, Any], *names: str) -> str:
    found = (data.get(name) for name in names)
    return next((str(value) for value in found if isinstance(value, str | int) and value), "")


def read_time(text: str) -> str:
    """A feed's time as ISO 8601, in UTC when it says its zone; empty when it cannot be read."""
    # The machinery of mail takes a seventh of this room's import, and few pages are feeds.
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        moment = parsedate_to_datetime(text[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return read_date(text) or ""
    if moment.tzinfo is None:
        return moment.isoformat()
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return ""


def _plain_link(node: XmlNode) -> str:
    return next((link.text for link in node.all("link") if link.text and link.space != _ATOM), "")


def _atom_link(node: XmlNode) -> str:
    links = [link for link in node.all("link") if link.attributes.get("href")]
    usual = [link for link in links if link.attributes.get("rel", "alternate") == "alternate"]
    return next((link.attributes["href"] for link in [*usual, *links]), "")


def _image(item: XmlNode, enclosures: tuple[str, ...]) -> str:
    for name in ("thumbnail", "content"):
        media = item.first(name, _MEDIA)
        if media and media.attributes.get("url"):
            return media.attributes["url"]
    pictures = (".jpg", ".jpeg", ".png", ".webp", ".gif")
    return next(
        (each for each in enclosures if each.lower().partition("?")[0].endswith(pictures)), ""
    )


def _words(html: str) -> str:
    """Text without the markup that feeds put into it."""
    if "<" not in html and "&" not in html:
        return squeezed(html)
    return squeezed(parse(html[:200_000]).root.text)
