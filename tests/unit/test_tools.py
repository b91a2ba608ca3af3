"""The shelf: whatever lies on it is in the catalogue, and makes of a page what it says."""

import asyncio
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.unit.tool_desk import CannedDesk, run
from webferry import tools
from webferry.domain.errors import NonHtmlResponse, NotFound
from webferry.domain.rendering import Capture, CaptureKind, Viewport
from webferry.tools.catalogue import catalogue, tool_of
from webferry.tools.desk import Item, Kept

URL = "https://example.com/list"
PAGE = """<html lang=en><title>Lanterns</title><link rel=alternate type=application/rss+xml
 href=/feed.xml title=News><body><nav><a href=/>Home</a></nav><main><h1>Lanterns</h1>
<p>Three lanterns that give light, as tall as a hand, made of tin and of glass by one woman.</p>
<table><caption>Stock</caption><tr><th>Name<th>Price<tr><td>Small<td>$7.50<tr><td>Large<td>$19
<tr><td>Blue<td>$12</table><a href=https://other.example/x>Other</a><img src=/i.png alt=Tin>"""
FEED = b"""<rss version="2.0"><channel><title>News</title><item><title>One</title>
<link>https://example.com/1</link></item><item><title>Two</title></item></channel></rss>"""


def items(slug: str, desk: CannedDesk | None = None, **asked: object) -> list[Item]:
    desk = desk or CannedDesk({URL: PAGE})
    return asyncio.run(run(slug, desk, **{"url": URL, **asked}))


def test_every_file_on_the_shelf_is_a_tool_under_its_own_name() -> None:
    [shelf] = tools.__path__
    files = {path.stem for path in Path(shelf).glob("*.py")}
    files -= {"__init__", "tool", "desk", "catalogue"}

    assert {slug.replace("-", "_") for slug in catalogue()} == files


@pytest.mark.promise("tool.more")
def test_the_catalogue_has_what_people_really_use() -> None:
    assert set(catalogue()) >= {
        *("web-scraper", "markdown", "metadata", "links", "tables", "structured-data", "feed"),
        *("screenshot", "pdf", "sitemap", "instagram-scraper", "ai-generator"),
    }
    for tool in catalogue().values():
        assert tool.credits >= 1
        json.dumps(tool.input.model_json_schema())


@pytest.mark.promise("tools.catalog.web-scraper", "tools.job.items")
def test_the_web_scraper_makes_the_documents_item_of_a_page() -> None:
    assert items("web-scraper") == [{"url": URL, "html": PAGE, "data": {"title": "Lanterns"}}]


def test_markdown_is_the_content_or_the_whole_page() -> None:
    [main] = items("markdown")
    [whole] = items("markdown", mainContent=False)

    assert "Three lanterns" in main["data"]["markdown"]
    assert ("Home" in main["data"]["markdown"], "Home" in whole["data"]["markdown"]) == (
        False,
        True,
    )


def test_links_tell_inside_from_outside() -> None:
    [item] = items("links")

    assert item["data"]["internal"] == [{"url": "https://example.com/", "text": "Home"}]
    assert item["data"]["external"] == [{"url": "https://other.example/x", "text": "Other"}]
    assert item["data"]["images"] == [{"url": "https://example.com/i.png", "text": "Tin"}]


def test_metadata_is_what_the_page_states() -> None:
    [item] = items("metadata")

    assert item["data"]["title"] == "Lanterns"
    assert item["data"]["language"] == "en"
    assert not {"links", "images"} & set(item["data"])
    assert "openGraph" in item["data"]


def test_tables_become_records() -> None:
    [item] = items("tables")

    assert item["data"]["caption"] == "Stock"
    assert item["data"]["rows"][0] == {"Name": "Small", "Price": "$7.50"}
    assert item["data"]["columns"] == ["Name", "Price"]


def test_columns_of_a_table_are_called_as_in_its_rows() -> None:
    twice = "<table><tr><th>Way<th colspan=2>Price<tr><td>There<td>1<td>2<tr><td>Back<td>3<td>4"

    [item] = items("tables", CannedDesk({URL: twice}))

    for row in item["data"]["rows"]:
        assert list(row) == item["data"]["columns"]
    assert len(set(item["data"]["columns"])) == 3


def test_structured_data_follows_the_schema() -> None:
    wanted = {"name": "string", "price": "number"}

    found = items("structured-data", schema=wanted)

    assert [item["data"] for item in found] == [
        {"name": "Small", "price": 7.5},
        {"name": "Large", "price": 19},
        {"name": "Blue", "price": 12},
    ]


def test_a_feed_is_read_itself_or_through_the_page_that_announces_it() -> None:
    desk = CannedDesk(
        files={
            URL: ("text/html", PAGE.encode()),
            "https://example.com/feed.xml": ("application/rss+xml", FEED),
        }
    )
    announced = items("feed", desk)
    [first] = items("feed", desk, url="https://example.com/feed.xml", limit=1)

    assert announced[0] == first
    assert [item["url"] for item in announced] == [
        "https://example.com/1",
        "https://example.com/feed.xml",
    ]
    assert (first["data"]["title"], first["data"]["summary"]) == ("One", None)
    assert first["data"]["feed"]["title"] == "News"


def test_addresses_of_a_feed_are_told_in_full() -> None:
    entry = b"<entry><title>One</title><link href='/1'/></entry>"
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><link href='..'/>" + entry + b"</feed>"
    desk = CannedDesk(files={URL: ("application/atom+xml", atom)})

    [item] = items("feed", desk)

    assert item["url"] == item["data"]["url"] == "https://example.com/1"
    assert item["data"]["feed"]["url"] == "https://example.com/"


@pytest.mark.parametrize(
    ("kind", "why"), [("text/html", "announces none"), ("text/xml", "that we can read")]
)
def test_what_is_no_feed_is_said_to_be_none(kind: str, why: str) -> None:
    desk = CannedDesk(files={URL: (kind, b"<p>no feed here")})

    with pytest.raises(NonHtmlResponse, match=why):
        items("feed", desk)


def test_pictures_are_files_that_the_caller_gets_a_link_to() -> None:
    desk = CannedDesk({URL: PAGE})

    [shot] = items("screenshot", desk, fullPage=True, width=400)
    [printed] = items("pdf", desk)

    assert isinstance(shot["data"]["screenshot"], Kept)
    assert isinstance(printed["data"]["pdf"], Kept)
    assert desk.pictures == [
        (Capture(CaptureKind.FULL_PAGE), Viewport(400, 800)),
        (Capture(CaptureKind.PDF), None),
    ]


def test_an_image_is_a_file_that_the_caller_gets_a_link_to() -> None:
    desk = CannedDesk()

    [made] = asyncio.run(run("ai-generator", desk, prompt="A ferry", width=512))

    assert isinstance(made["data"]["image"], Kept)
    assert desk.asked == ["A ferry 512x1024"]
    for asked in ({"prompt": ""}, {"prompt": "x", "width": 500}, {"prompt": "x" * 4001}):
        with pytest.raises(ValidationError):
            tool_of("ai-generator").input.model_validate(asked)


@pytest.mark.parametrize("slug", ["tables", "links", "structured-data", "markdown"])
def test_a_page_without_what_was_asked_for_brings_nothing(slug: str) -> None:
    assert items(slug, CannedDesk({URL: "<html><body></body></html>"})) == []


@pytest.mark.parametrize(
    ("slug", "asked"),
    [
        ("web-scraper", {"url": "ftp://example.com"}),
        ("web-scraper", {"url": "https://user@example.com"}),
        ("web-scraper", {"javascript": "yes"}),
        ("screenshot", {"width": 199}),
        ("screenshot", {"height": 2161}),
        ("feed", {"limit": 0}),
        ("feed", {"limit": 1001}),
        ("structured-data", {"schema": {"a": {"type": "teapot"}}}),
        ("structured-data", {"instructions": "x" * 2001}),
        ("pdf", {"surprise": 1}),
    ],
)
def test_an_input_outside_the_schema_is_refused(slug: str, asked: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        tool_of(slug).input.model_validate({"url": URL, **asked})


def test_an_unknown_slug_is_not_found() -> None:
    with pytest.raises(NotFound):
        tool_of("no-such-tool")
