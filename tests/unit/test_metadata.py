"""What a page says about itself is read from the best place, and never made up."""

import pytest

from webferry.content.document import parse
from webferry.content.metadata import Metadata, metadata_of
from webferry.content.metadata.dates import iso_date
from webferry.content.metadata.links import Link

URL = "https://www.valley.example/news/flood"


def read(head: str = "", body: str = "", url: str = URL) -> Metadata:
    """The metadata of a page made of these."""
    return metadata_of(parse(f"<html lang='en-GB'><head>{head}</head><body>{body}</body>", url))


def test_an_empty_page_says_nothing() -> None:
    said = metadata_of(parse(""))
    assert (said.title, said.authors, said.published, said.canonical) == (None, [], None, None)
    assert (said.description, said.language, said.favicon, said.word_count) == (None, None, None, 0)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The flood | The Post</title>", "<h1>The flood</h1>", "The flood"),
        ("<title>The flood | The Post</title>", "", "The flood"),
        ("<title>Post</title><meta property='og:title' content='The flood'>", "", "The flood"),
        ("<title>Runtime - Docs</title>", "<h1>Runtime¶</h1>", "Runtime"),
        ("<title>Flood</title>", "<h1>The Post</h1><h1>Flood</h1>", "Flood"),
        ("", "<h1>Only a heading</h1>", "Only a heading"),
    ],
)
def test_the_title_comes_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    assert read(head, body).title == title


def test_structured_data_names_authors_and_days() -> None:
    said = read(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        '"author":[{"name":"Ada Lovelace"},{"name":"Alan Turing"}],'
        '"datePublished":"2024-03-05T10:00:00Z","dateModified":"2024-03-06",}</script>'
    )
    assert said.authors == ["Ada Lovelace", "Alan Turing"]
    assert (said.published, said.modified) == ("2024-03-05", "2024-03-06")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Flood</h1><div>By Ada Lovelace</div>",
        "<h1>Flood</h1><span>By</span> <span>Ada Lovelace</span>",
        '<h1>Flood</h1><a rel="author" href="/ada">Ada Lovelace</a>',
        '<h1>Flood</h1><p class="byline">by <a href="/ada">Ada Lovelace</a></p>',
    ],
)
def test_a_byline_names_the_author(body: str) -> None:
    assert read(body=body).authors == ["Ada Lovelace"]


def test_the_reviewers_of_a_product_did_not_write_its_page() -> None:
    said = read(
        "<meta property='og:type' content='product'>",
        '<h1>Lamp</h1><div class="byline">By Ada Lovelace</div>',
    )
    assert said.authors == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05T23:10:00+02:00", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Updated: 5th Mar 2024", "2024-03-05"),
        ("5. März 2024", "2024-03-05"),
        ("5 марта 2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("3/5/2024", "2024-03-05"),
        ("25/3/2024", "2024-03-25"),
        ("2024-02-31", None),
        ("Smarch 5, 2024", None),
        ("call 555-2024", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: str | None) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ("<meta property='article:published_time' content='2024-03-05T10:00Z'>", "", URL),
        ("", "", "https://valley.example/2024/03/05/flood"),
        ("", "<h1>Flood</h1><p>March 5, 2024</p>", URL),
        ("", "<time datetime='2024-03-05'>yesterday</time>", URL),
    ],
)
def test_the_day_of_publication_has_many_places(head: str, body: str, url: str) -> None:
    assert read(head, body, url).published == "2024-03-05"


def test_links_are_sorted_by_site_and_come_once() -> None:
    links = read(
        body='<a href="/a#top">A</a><a href="/a">again</a><a href="#here">no</a>'
        '<a href="https://valley.example/b">B</a><a href="https://other.example/">O</a>'
        '<a href="javascript:alert(1)">no</a><a href="mailto:a@b.example">no</a>'
    ).links
    assert links.internal == (
        Link("https://www.valley.example/a", "A"),
        Link("https://valley.example/b", "B"),
    )
    assert links.external == (Link("https://other.example/", "O"),)


def test_addresses_are_absolute() -> None:
    said = read(
        '<link rel="canonical" href="/c"><link rel="shortcut icon" href="/i.png">'
        '<link rel="alternate" type="application/rss+xml" title="News" href="/feed">'
        '<meta property="og:image" content="/o.png">',
        '<img data-src="/lazy.png" src="data:image/gif;base64,x" alt=" The  river "><img>',
    )
    site = "https://www.valley.example"
    assert (said.canonical, said.favicon, said.image) == (
        f"{site}/c",
        f"{site}/i.png",
        f"{site}/o.png",
    )
    assert said.feeds == [Link(f"{site}/feed", "News")]
    assert said.images == [Link(f"{site}/lazy.png", "The river")]


def test_words_are_counted_without_scripts() -> None:
    assert read(body="<p>one two</p><script>three four</script><div>five</div>").word_count == 3


def test_language_description_and_open_graph_are_as_stated() -> None:
    said = read("<meta name='description' content='D'><meta property='og:site_name' content='P'>")
    assert (said.language, said.description, said.site_name) == ("en-GB", "D", "P")
    assert said.open_graph == {"site_name": "P"}


@pytest.mark.parametrize("unit", ["9", "a", "By ", "1/", "Mar ", " | ", "@", "-"])
def test_long_strings_cost_little(unit: str) -> None:
    long = unit * 100_000
    said = read(
        f"<title>{long}</title><meta name='author' content='{long}'>"
        f"<meta name='date' content='{long}'>",
        f'<h1>{long}</h1><p class="byline date">{long}</p><time datetime="{long}">{long}</time>',
    )
    assert said.published is None
