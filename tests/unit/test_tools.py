"""The shelf: whatever lies on it is in the catalogue."""

from pathlib import Path

import pytest

from webferry import tools
from webferry.content.document import parse
from webferry.domain.errors import NotFound
from webferry.tools.catalogue import catalogue, tool_of


def test_every_file_on_the_shelf_is_a_tool_under_its_own_name() -> None:
    [shelf] = tools.__path__
    files = {path.stem for path in Path(shelf).glob("*.py")} - {"__init__", "tool", "catalogue"}

    assert {slug.replace("-", "_") for slug in catalogue()} == files


def test_the_web_scraper_makes_the_documents_item_of_a_page() -> None:
    tool = tool_of("web-scraper")
    html = "<title>Example</title>"

    assert tool.credits == 1
    assert tool.items("https://example.com", html, parse(html)) == [
        {"url": "https://example.com", "html": html, "data": {"title": "Example"}}
    ]


def test_an_unknown_slug_is_not_found() -> None:
    with pytest.raises(NotFound):
        tool_of("no-such-tool")
