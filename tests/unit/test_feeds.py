"""Feeds: RSS, Atom and JSON Feed become one shape; what would harm is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.feeds import BadFeed, read_feed, read_time

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour &amp; Sea</title><atom:link href="https://sea.example/feed" rel="self"/>
<link>https://sea.example/</link><description>News&nbsp;from the quay</description>
<language>en</language>
<item><title>Ferry returns</title><link>https://sea.example/ferry</link><guid>tag:1</guid>
<pubDate>Wed, 18 Mar 2026 12:00:00 +0200</pubDate><dc:creator>Ana Ruiz</dc:creator>
<description><![CDATA[<p>The <b>old</b> ferry</p>]]></description>
<content:encoded><![CDATA[<p>In full</p>]]></content:encoded><category>boats</category>
<media:thumbnail url="https://sea.example/f.jpg"/></item>
<item><title>Only a guid</title><guid isPermaLink="true">https://sea.example/2</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Berge</title>
<link rel="self" href="https://berge.example/atom"/><link href="https://berge.example/"/>
<entry><title type="html">Gipfel &lt;i&gt;frei&lt;/i&gt;</title><id>urn:1</id>
<link rel="alternate" href="https://berge.example/1"/><updated>2026-03-18T12:00:00Z</updated>
<published>2026-03-17T08:00:00+01:00</published><author><name>Uli</name></author>
<summary>Weg offen</summary><category term="wege"/>
<link rel="enclosure" href="https://berge.example/1.png"/></entry></feed>"""

JSON_FEED = """{"version":"https://jsonfeed.org/version/1.1","title":"Notes","home_page_url":
"https://notes.example/","items":[{"id":1,"url":"https://notes.example/1","title":"One",
"content_html":"<p>Hello &amp; bye</p>","date_published":"2026-03-18T12:00:00Z",
"authors":[{"name":"Kim"}],"tags":["a","b"]},7]}"""


def test_rss_is_read_with_its_usual_extensions() -> None:
    feed = read_feed(RSS.encode())
    assert (feed.kind, feed.title, feed.url) == ("rss", "Harbour & Sea", "https://sea.example/")
    assert feed.description == "News from the quay"
    first, second = feed.items
    assert (first.title, first.url, first.id) == (
        "Ferry returns",
        "https://sea.example/ferry",
        "tag:1",
    )
    assert (first.published, first.author) == ("2026-03-18T10:00:00Z", "Ana Ruiz")
    assert (first.summary, first.html) == ("The old ferry", "<p>In full</p>")
    assert (first.tags, first.image) == (("boats",), "https://sea.example/f.jpg")
    assert second.url == "https://sea.example/2"


def test_atom_is_read() -> None:
    feed = read_feed(ATOM)
    assert (feed.kind, feed.title, feed.url) == ("atom", "Berge", "https://berge.example/")
    (entry,) = feed.items
    assert (entry.title, entry.url, entry.author) == (
        "Gipfel frei",
        "https://berge.example/1",
        "Uli",
    )
    assert (entry.published, entry.updated) == ("2026-03-17T08:00:00+01:00", "2026-03-18T12:00:00Z")
    assert (entry.summary, entry.tags) == ("Weg offen", ("wege",))
    assert entry.image == "https://berge.example/1.png"


def test_json_feed_is_read() -> None:
    feed = read_feed(JSON_FEED)
    (item,) = feed.items
    assert (feed.kind, item.id, item.author, item.tags) == ("json", "1", "Kim", ("a", "b"))
    assert item.summary == "Hello & bye"


def test_rss_1_keeps_its_items_beside_the_channel() -> None:
    feed = read_feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel><title>Old</title></channel><item rdf:about="u"><title>A</title>'
        "<link>https://old.example/a</link></item></rdf:RDF>"
    )
    assert [item.url for item in feed.items] == ["https://old.example/a"]


def test_a_feed_in_an_old_encoding_with_loose_ends_is_read() -> None:
    body = (
        '\n <?xml version="1.0" encoding="windows-1251"?>'
        "<rss><channel><title>Рыба & чай</title></channel></rss>"
    )
    assert read_feed(body.encode("cp1251")).title == "Рыба & чай"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 18 Mar 2026 12:00:00 GMT", "2026-03-18T12:00:00Z"),
        ("2026-03-18", "2026-03-18"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_times_are_iso_or_nothing(written: str, read: str) -> None:
    assert read_time(written) == read


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><rss><channel><title>&a9;</title></channel></rss>"
)
OUTSIDE = (
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><title>&x;</title></channel></rss>"
)


@pytest.mark.parametrize("body", [BOMB, OUTSIDE])
def test_declared_entities_are_refused(body: str) -> None:
    with pytest.raises(BadFeed, match="declares entities"):
        read_feed(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"version": 1}',
        "<html></html>",
        "<rss>",
        "plain words",
        "<a>" * 100_000,
        "[" * 100_000,
        '{"version":' + "[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_feed_is_refused(body: str | bytes) -> None:
    with pytest.raises(BadFeed):
        read_feed(body)


@given(st.text() | st.binary())
def test_nothing_but_a_refusal_comes_out_of_bad_input(body: str | bytes) -> None:
    with suppress(BadFeed):
        assert read_feed(body).kind in ("rss", "atom", "json")
