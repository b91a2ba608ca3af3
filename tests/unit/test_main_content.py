"""The main content of a page stays, its surroundings go, and what was asked for wins."""

from time import process_time

import pytest

from webferry.content.document import BadSelector, Document, parse
from webferry.content.main_content.blocks import Blocks
from webferry.content.main_content.choice import Part, keep_code, keep_part
from webferry.content.markdown.rendering import to_markdown

SENTENCE = (
    "The river rose by two metres in a single night, and the people of the lower town carried"
    " what they could to the school on the hill, where volunteers had already set up beds."
)
PARAGRAPHS = "".join(f"<p>Part {number}: {SENTENCE}</p>" for number in range(1, 13))
ARTICLE = f"""
<html><head><title>The night of the flood | The Valley Post</title></head><body>
<header class="site-header"><nav class="menu"><ul>
  <li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/jobs">Jobs</a></li>
  <li><a href="/weather">Weather</a></li><li><a href="/contact">Contact</a></li>
</ul></nav></header>
<main><article class="post"><h1>The night of the flood</h1>
  <figure><img src="/river.jpg" alt="The river"></figure>
  <div class="entry-content">{PARAGRAPHS}</div>
</article>
<aside class="sidebar related"><h3>Related articles</h3><ul>
  <li><a href="/a">Mayor opens bridge</a></li><li><a href="/b">Ten best walks</a></li>
  <li><a href="/c">New school for the valley</a></li></ul></aside></main>
<div class="cookie-banner" id="cookie-consent">We use cookies. <button>Accept all</button></div>
<footer class="site-footer"><p>© 2024 The Valley Post. All rights reserved.</p>
  <a href="/privacy">Privacy policy</a> <a href="/terms">Terms</a></footer>
</body></html>"""


def kept(html: str, part: Part = Part.MAIN, **selected: tuple[str, ...]) -> str:
    """The Markdown of what is left of a page."""
    document = parse(html, "https://valley.example/flood")
    keep_part(document, part, **selected)
    return to_markdown(document)


@pytest.mark.parametrize("part", [Part.MAIN, Part.ARTICLE])
def test_the_story_stays_whole(part: Part) -> None:
    left = kept(ARTICLE, part)
    assert [number for number in range(1, 13) if f"Part {number}: {SENTENCE}" not in left] == []


@pytest.mark.parametrize("part", [Part.MAIN, Part.ARTICLE])
@pytest.mark.parametrize(
    "boilerplate", ["Sport", "Mayor opens bridge", "cookies", "All rights reserved", "Privacy"]
)
def test_what_surrounds_the_story_goes(part: Part, boilerplate: str) -> None:
    assert boilerplate not in kept(ARTICLE, part)


def test_the_whole_page_keeps_its_surroundings() -> None:
    left = kept(ARTICLE, Part.ALL)
    assert "Sport" in left
    assert "All rights reserved" in left


def test_what_is_included_is_the_page_whatever_it_looks_like() -> None:
    left = kept(ARTICLE, include=("footer", "nav li:first-child"))
    assert left.index("Home") < left.index("All rights reserved")
    assert SENTENCE not in left
    assert "Sport" not in left


def test_an_included_element_within_another_comes_once() -> None:
    assert kept(ARTICLE, include=("footer", "footer p")).count("All rights reserved") == 1


@pytest.mark.parametrize("selector", ["body", "html", "*"])
def test_the_page_itself_can_be_included(selector: str) -> None:
    assert kept(ARTICLE, include=(selector,)) == kept(ARTICLE, Part.ALL)


def test_what_is_excluded_goes_first() -> None:
    left = kept(ARTICLE, Part.ALL, include=("aside",), exclude=("aside li:last-child",))
    assert "Ten best walks" in left
    assert "New school" not in left


def test_nothing_is_left_when_nothing_matches_what_is_included() -> None:
    assert kept(ARTICLE, include=(".absent",)) == ""


@pytest.mark.parametrize("selector", ["p[", "div >", "::::"])
def test_a_broken_selector_is_said_to_be_one(selector: str) -> None:
    with pytest.raises(BadSelector):
        kept(ARTICLE, exclude=(selector,))
    with pytest.raises(BadSelector):
        kept(ARTICLE, include=("p", selector))


def test_a_page_of_one_short_line_is_kept() -> None:
    assert kept("<body><div>Gone fishing.</div></body>") == "Gone fishing."


@pytest.mark.parametrize("html", ["", "<html></html>", "<script>1</script>", "<img src=x>"])
def test_a_page_without_text_is_no_failure(html: str) -> None:
    document = parse(html)
    keep_part(document, Part.MAIN)
    assert isinstance(document, Document)


def test_half_of_an_inline_element_can_go() -> None:
    menu = "".join(f'<a href="/{n}">Section {n}</a> ' for n in range(30))
    page = f'<body><span><div class="nav">{menu}</div><div>{PARAGRAPHS}</div></span></body>'
    left = kept(page)
    assert SENTENCE in left
    assert "Section 7" not in left


@pytest.mark.parametrize("left_open", ["<nav>", "<footer>", "<span><dialog open>"])
def test_a_page_left_open_in_its_menu_keeps_its_story(left_open: str) -> None:
    page = ARTICLE.replace('<header class="site-header">', left_open + "<header>")
    left = kept(page)
    assert [number for number in range(1, 13) if f"Part {number}: {SENTENCE}" not in left] == []
    assert "Mayor opens bridge" not in left


def test_code_stays_where_what_it_goes_on_from_stays() -> None:
    code = "<pre>x = 1</pre>"
    page = Blocks(parse(f"<p>a</p><b>menu</b>{code}<p>b</p>{code}{code}<p>c</p>{code}"))
    chances = [0.9, 0.05, 0.4, 0.9, 0.4, 0.4, 0.9, 0.1]
    verdicts = [chance > 0.5 for chance in chances]
    keep_code(page, chances, verdicts)
    assert verdicts == [True, False, False, True, True, True, True, False]


def test_notes_stay_with_the_text_that_leads_to_them() -> None:
    mark = '<sup><a href="#fn:1" id="fnref:1">1</a></sup>'
    note = '<div class="footnotes"><ol><li id="fn:1">So said the mayor.</li></ol></div>'
    left = kept(ARTICLE.replace("Part 3:", f"Part 3{mark}:").replace("</article>", note))
    assert "Part 3[^1]: " in left
    assert left.endswith("[^1]: So said the mayor.")


def test_notes_of_what_goes_go_with_it() -> None:
    mark = '<sup><a href="#fn:1" id="fnref:1">1</a></sup>'
    note = '<div class="footnotes"><ol><li id="fn:1">So said the mayor.</li></ol></div>'
    left = kept(ARTICLE.replace("We use cookies.", f"We use cookies{mark}. {note}"))
    assert "mayor." not in left


def test_a_menu_is_one_block_with_the_words_that_readers_see() -> None:
    menu = "<nav> <a href=/x>Red <b>shoes</b></a><style>a{}</style><ul><li>Hats</ul></nav>"
    page = Blocks(parse(f"<h2>Shop</h2><span>{menu}</span><p>Our story</p>"))
    assert [(block.text, block.linked) for block in page.blocks] == [
        ("Shop", 0),
        ("Red shoes Hats", 2),
        ("Our story", 0),
    ]


def test_a_page_in_another_script_keeps_its_story() -> None:
    story = "Река поднялась за одну ночь на два метра, и жители нижнего города унесли всё на холм."
    page = ARTICLE.replace(SENTENCE, story)
    assert kept(page).count(story) == 12


@pytest.mark.parametrize(
    "unit",
    [
        "<p>one two three.</p>",
        "<div>",
        "<li><a href=/x>link</a></li>",
        "a<br><br>",
        "<tr><td>a<td>b",
        "<a><div>x",
        "<span>",
        '<p class="nav-nav">x',
        "<h1>By x</h1>",
    ],
)
def test_a_page_made_to_be_slow_is_no_use(unit: str) -> None:
    document = parse(unit * 100_000 + "end")
    start = process_time()
    keep_part(document, Part.MAIN)
    assert process_time() - start < 5


def test_a_shell_that_hides_its_few_words_has_nothing_to_read() -> None:
    shell = f'<div style="display:none;">{" " * 40}<h1>Shop</h1><a href="#s">Search</a></div>'
    foot = '<footer><a href="/terms">Terms</a> <a href="/privacy">Privacy policy</a></footer>'
    assert kept(f"<body>{shell}<div></div>{foot}</body>") == ""


def test_a_page_of_nothing_but_a_menu_is_its_menu() -> None:
    assert "Terms" in kept(
        '<footer><a href="/terms">Terms</a> <a href="/privacy">Privacy</a></footer>'
    )
