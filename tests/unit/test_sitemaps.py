"""Sitemaps: pages and indexes, XML and text; bombs are refused and long ones are cut."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.sitemaps import MAX_ENTRIES, BadSitemap, SitemapEntry, read_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def test_pages_are_listed_with_what_is_stated_of_them() -> None:
    found = read_sitemap(
        f"<urlset {SPACE} {IMAGES}><url><loc> https://a.example/1?x=1&amp;y=2 </loc>"
        "<lastmod>2026-03-18</lastmod><changefreq>daily</changefreq><priority>0.8</priority>"
        "<image:image><image:loc>https://a.example/1.png</image:loc></image:image>"
        '<xhtml:link rel="alternate" hreflang="de" href="https://a.example/de/1"/></url>'
        "<url><loc>https://a.example/2</loc><priority>high</priority></url>"
        "<url><loc>javascript:alert(1)</loc></url></urlset>"
    )
    assert found.kind == "urlset"
    assert found.entries == (
        SitemapEntry(
            "https://a.example/1?x=1&y=2",
            "2026-03-18",
            "daily",
            0.8,
            ("https://a.example/1.png",),
            (("de", "https://a.example/de/1"),),
        ),
        SitemapEntry("https://a.example/2"),
    )


def test_an_index_lists_further_sitemaps() -> None:
    found = read_sitemap(
        f"<sitemapindex {SPACE}><sitemap><loc>https://a.example/s1.xml.gz</loc></sitemap></sitemapindex>".encode()
    )
    assert (found.kind, found.entries[0].url) == ("index", "https://a.example/s1.xml.gz")


def test_lines_of_text_are_a_sitemap() -> None:
    found = read_sitemap("\ufeffhttps://a.example/1\nhttps://a.example/2\n")
    assert [entry.url for entry in found.entries] == ["https://a.example/1", "https://a.example/2"]


def test_a_feed_serves_as_a_sitemap() -> None:
    found = read_sitemap(
        "<rss><channel><item><link>https://a.example/1</link></item></channel></rss>"
    )
    assert [entry.url for entry in found.entries] == ["https://a.example/1"]


def test_more_than_the_protocol_allows_is_cut_and_said() -> None:
    locs = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(MAX_ENTRIES + 1))
    found = read_sitemap(f"<urlset>{locs}</urlset>")
    assert len(found.entries) == MAX_ENTRIES
    assert found.cut


@pytest.mark.parametrize(
    "body",
    [
        "",
        "words",
        "<html><body>Not found</body></html>",
        '<!DOCTYPE u [<!ENTITY e "x">]><urlset><url><loc>https://a.example/&e;</loc></url></urlset>',
        "<urlset>" + "<a>" * 1_000,
    ],
)
def test_what_is_no_sitemap_is_refused(body: str) -> None:
    with pytest.raises(BadSitemap):
        read_sitemap(body)


@given(st.text() | st.binary())
def test_nothing_but_a_refusal_comes_out_of_bad_input(body: str | bytes) -> None:
    with suppress(BadSitemap):
        assert read_sitemap(body).kind in ("index", "urlset")
