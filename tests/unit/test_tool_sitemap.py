"""The map of a site: from its sitemaps, else from its links, and never what robots.txt closes."""

import asyncio
import gzip

import pytest

from tests.unit.tool_desk import CannedDesk, run
from webferry.domain.errors import FetchFailed
from webferry.tools.desk import Item
from webferry.tools.sitemap import MAX_MAPS, MAX_VISITS

URL = "https://example.com/some/page"
ROBOTS = b"""User-agent: *
Disallow: /closed
Sitemap: https://example.com/maps.xml
User-agent: Webferry
Disallow: /closed
Disallow: /*.secret$
"""


def index(*urls: str) -> tuple[str, bytes]:
    places = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return "application/xml", f"<sitemapindex>{places}</sitemapindex>".encode()


def urlset(*urls: str) -> tuple[str, bytes]:
    places = "".join(f"<url><loc>{url}</loc><priority>0.5</priority></url>" for url in urls)
    return "text/xml", f"<urlset>{places}</urlset>".encode()


def found(desk: CannedDesk, **asked: object) -> list[Item]:
    return asyncio.run(run("sitemap", desk, **{"url": URL, **asked}))


def urls(items: list[Item]) -> list[str]:
    return [item["url"].removeprefix("https://example.com") for item in items]


def test_the_sitemaps_that_robots_names_are_read_packed_or_not() -> None:
    _, pages = urlset(
        "https://example.com/a",
        "https://example.com/a",
        "https://www.example.com/b",
        "https://example.com/closed/c",
        "https://example.com/d.secret",
        "https://other.example/e",
    )
    desk = CannedDesk(
        files={
            "https://example.com/robots.txt": ("text/plain", ROBOTS),
            "https://example.com/maps.xml": index(
                "https://example.com/one.xml.gz", "https://example.com/gone.xml"
            ),
            "https://example.com/one.xml.gz": ("application/gzip", gzip.compress(pages)),
        }
    )

    items = found(desk)

    assert urls(items) == ["/a", "https://www.example.com/b"]
    assert items[0]["data"] == {
        "lastModified": None,
        "changeFrequency": None,
        "priority": 0.5,
        "source": "sitemap",
    }


def test_the_limit_holds_and_a_ring_of_indexes_ends() -> None:
    places = [f"https://example.com/{n}" for n in range(10)]
    ring = [f"https://example.com/ring{n}.xml" for n in range(100)]
    desk = CannedDesk(files={"https://example.com/sitemap.xml": urlset(*places)})
    endless = CannedDesk(files={url: index(*ring) for url in ring})
    endless.files["https://example.com/sitemap.xml"] = index(*ring)
    endless.pages[URL] = "<p>words of a page"

    assert len(found(desk, limit=3)) == 3
    assert urls(found(endless)) == ["/some/page"]
    assert len([url for url in endless.asked if url.endswith(".xml")]) == MAX_MAPS


def test_without_a_sitemap_the_links_are_followed_a_little_way() -> None:
    desk = CannedDesk(
        pages={
            URL: "<p>x<a href=/1>1</a><a href=/closed>c</a><a href=https://other.example>o</a>",
            **{f"https://example.com/{n}": f"<a href=/{n + 1}>on</a>" for n in range(1, 50)},
        },
        files={
            "https://example.com/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /closed")
        },
    )

    items = found(desk)

    assert len([url for url in desk.asked if url in desk.pages]) == MAX_VISITS
    assert urls(items)[:2] == ["/some/page", "/1"]
    assert "/closed" not in urls(items)
    assert {item["data"]["source"] for item in items} == {"links"}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_rules_cannot_be_read_is_left_alone(status: int) -> None:
    desk = CannedDesk({URL: "<p>x"}, statuses={"https://example.com/robots.txt": status})

    with pytest.raises(FetchFailed):
        found(desk)
    assert desk.asked == ["https://example.com/robots.txt"]


def test_a_site_that_closes_everything_has_no_pages() -> None:
    closed = ("text/plain", b"User-agent: *\nDisallow: /")
    desk = CannedDesk({URL: "<p>x"}, files={"https://example.com/robots.txt": closed})

    assert found(desk) == []
    assert URL not in desk.asked


def test_what_is_no_sitemap_or_a_damaged_one_is_none() -> None:
    for body in (b"<html>", b"\x1f\x8bdamaged", b"no", b""):
        desk = CannedDesk({URL: "<p>words"}, {"https://example.com/sitemap.xml": ("a/b", body)})
        assert urls(found(desk)) == ["/some/page"]
