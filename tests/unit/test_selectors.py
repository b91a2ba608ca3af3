"""A selector that somebody wrote is read in bounded time, or said to be bad: never worse."""

import random
from time import process_time

import pytest

from webferry.content.document import BadSelector, Document, new_element, parse, select
from webferry.content.main_content.choice import Part, keep_part

PAGE = (
    "<html><head><title>x</title></head><body class=a id=x><div class='b md:flex'>"
    "<p id=p1>one <a href='/x'>two</a></p><ul><li>1<li>2</ul><svg><path/></svg></div></body></html>"
)
PIECES = (
    *("p", "div", "*", "a", ".b", "#x", "[href]", "[class~=b]", '[class^="b"', ">", " ", "+", "~"),
    *(",", ":not(", ":has(", ":is(", ")", ":nth-child(2n+1)", ":root", ":scope", ":empty", "::x"),
    *('"', "'", "\\", "(", ")", "|", ":nth-child(2 of ", "[a=b i]", ":has(>", "\0", "\u00e9"),
)


def tried(document: Document, selector: str) -> int:
    try:
        return len(document.select(selector))
    except BadSelector:
        return -1


@pytest.mark.parametrize(
    "selector",
    [
        *(
            ",".join(["p:has(a)"] * 9),
            "",
            "p[",
            "div >",
            "::::",
            "p,,a",
            "p" * 1_001,
            ":has(:has(p))",
            "p:has(:not(a:HAS(b)))",
        ),
        *(':has([title=")"] :has(p))', ":h\\61s(p :h\\61s(p))", ":has(p:is(:has(a), b))"),
    ],
)
def test_a_bad_selector_is_said_to_be_one(selector: str) -> None:
    document = parse(PAGE)
    with pytest.raises(BadSelector, match=r"\w"):
        document.select(selector)
    with pytest.raises(BadSelector):
        keep_part(document, Part.ALL, include=("p", selector))
    with pytest.raises(BadSelector):
        keep_part(document, Part.ALL, exclude=(selector,))


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        (".md\\:flex", 1),
        ("div:has(p):has(a)", 1),
        ("p:has(a), ul:has(li)", 2),
        ('a[href="/x"]', 1),
        (".md\\:flex:not(p)", 1),
        ("\ud800", 0),
    ],
)
def test_a_good_selector_finds_what_it_names(selector: str, count: int) -> None:
    assert tried(parse(PAGE), selector) == count


@pytest.mark.parametrize("selector", [":root p", "* > p", ":root", ":scope > a", "p ~ a"])
def test_a_node_in_no_tree_can_be_asked(selector: str) -> None:
    assert isinstance(select(new_element("div", None, [new_element("p")]), selector), list)


def test_no_string_of_pieces_of_selectors_does_harm() -> None:
    dice = random.Random(7)
    for _ in range(1_500):
        selector = "".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 9)))
        document = parse(PAGE)
        chosen = (selector,)
        try:
            keep_part(document, Part.ALL, **{dice.choice(["include", "exclude"]): chosen})
        except BadSelector:
            continue


@pytest.mark.parametrize(
    "selector",
    [
        *("* * * * z", "*:has(div div div z.no)", "z ~ p ~ p ~ p", "p:has(~ p ~ p z)"),
        *("*:not(:has(z.no))", "p:nth-child(odd of :not(.z))", ",".join(["*:has(z.no)"] * 8)),
        *(":not(" * 120 + "p" + ")" * 120, "* > " * 200 + "z"),
    ],
)
@pytest.mark.parametrize("page", ["<p class=a>" * 40_000, "<div>" * 240 + "<b>x</b>" * 40_000])
def test_a_selector_costs_little_on_a_large_page(selector: str, page: str) -> None:
    document = parse(page + "<table><tr><td><z class=zz></z></table>")
    start = process_time()
    tried(document, selector)
    assert process_time() - start < 10
