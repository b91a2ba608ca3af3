"""The tree every other reader of a page works on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.document import (
    MAX_BYTES,
    BadSelector,
    Text,
    attribute,
    elements,
    new_element,
    own_text,
    parse,
    select,
    squeezed,
    to_html,
    to_markdown,
    verbatim,
)

PAGE = parse('<base href="/b/"><p id=" x ">a <b>c</b> d</p><p>e', "https://example.com/docs/page")


def test_a_tree_is_read_by_small_questions() -> None:
    first, second = elements(PAGE.body, "p")

    assert (attribute(first, "id"), attribute(first, "class")) == ("x", "")
    assert squeezed(first.text) == "a c d"
    assert own_text(first) == "a  d"
    assert PAGE.first("p ~ p") == second
    assert [type(child) is Text for child in first] == [True, False, True]
    assert PAGE.text_of("p b") == "c"
    assert PAGE.text_of("h1") is None


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("c", "https://example.com/b/c"),
        ("/c", "https://example.com/c"),
        ("/a/../c", "https://example.com/c"),
        ("//e.org/c", "https://e.org/c"),
        ("?q=1", "https://example.com/b/?q=1"),
        ("#f", "https://example.com/b/#f"),
        (" https://e.org/ ", "https://e.org/"),
        ("mailto:a@e.org", "mailto:a@e.org"),
        ("http://[bad/", "http://[bad/"),
    ],
)
def test_an_address_is_seen_from_the_page(address: str, whole: str) -> None:
    assert PAGE.absolute(address) == whole


@given(st.text(), st.text())
def test_any_address_of_any_page_is_some_text(url: str, address: str) -> None:
    parse("", url).absolute(address).encode("utf-8", "surrogatepass")


def test_a_copy_is_changed_alone() -> None:
    copied = PAGE.copy()

    copied.remove("b")

    assert PAGE.first("b") is not None
    assert copied.first("b") is None
    assert copied.url == PAGE.url


def test_a_selector_that_is_none_says_so() -> None:
    for ask in (PAGE.select, PAGE.first, PAGE.remove):
        with pytest.raises(BadSelector):
            ask("p[")


def test_a_climbing_selector_may_be_asked_of_a_node_that_is_in_no_tree() -> None:
    loose = new_element("div", None, [new_element("p")])

    assert [element.tag for element in select(loose, ":scope > p")] == ["p"]
    assert select(loose, "* > * > * > *") == []


def test_bytes_are_decoded_as_the_header_says() -> None:
    assert parse("Grüße".encode("cp1252"), "", "text/html; charset=latin1").body.text == "Grüße"


def test_what_is_too_long_is_cut_and_said() -> None:
    assert parse("x" * (MAX_BYTES + 1)).truncated
    assert not parse("x").truncated


def test_verbatim_markup_is_not_escaped() -> None:
    page = parse("<p>*a*</p>")
    page.body.append(verbatim("*b*"))

    assert to_markdown(page.body) == "\\*a\\*\n\n*b*"
    assert "<p>*a*</p>" in to_html(page.body)


def test_words_kept_for_readers_without_scripts_are_read() -> None:
    words = "Words for those without scripts. " * 50
    page = f"<body><div id=app></div><noscript><h1>Head</h1><p>{words}</p></noscript>"

    assert parse(page).text_of("h1") == "Head"
    assert parse(page + f"<p>{words * 3}</p>").text_of("h1") is None
