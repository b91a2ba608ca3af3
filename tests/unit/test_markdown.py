"""Pages as Markdown: what readers see, with addresses that work, whatever the input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.document import parse
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import title_of

URL = "https://example.com/docs/page?x=1"


def markdown(html: str) -> str:
    return to_markdown(parse(html, URL))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>One</h1><h2>Two</h2>text", "# One\n\n## Two\n\ntext"),
        ('<a href="more">m</a>', "[m](https://example.com/docs/more)"),
        ('<a href="/r?a=1&amp;b=2">m</a>', "[m](https://example.com/r?a=1&b=2)"),
        ('<base href="/b/"><a href="c">m</a>', "[m](https://example.com/b/c)"),
        ('<a href="https://e.org/">m</a>', "[m](https://e.org/)"),
        ('<img src="p.png" alt="pic">', "![pic](https://example.com/docs/p.png)"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        (
            "<table><tr><th>A<th>B<tr><td>1<td>2</table>",
            "| A | B |\n| --- | --- |\n| 1 | 2 |",
        ),
        ('<pre><code class="language-py">x = 1\n</code></pre>', "```py\nx = 1\n```"),
        ("<p>a <code>b</code> <b>c</b> <em>d</em></p>", "a `b` **c** *d*"),
        ("<blockquote>q</blockquote>", "> q"),
        ("<script>x</script><style>y</style><noscript>z</noscript>a<svg><text>w</text></svg>", "a"),
        ('<a href="javascript:x()">run</a>', "run"),
        ('<img src="data:image/png;base64,AAAA" alt="x">a', "a"),
        ('<a href="http://[bad/">b</a>', "[b](http://[bad/)"),
        ("", ""),
    ],
)
def test_a_page_reads_like_this(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>\n A &amp; B\n</title>", "A & B"),
        ("<svg><title>no</title></svg>", None),
        ("<title> </title>", None),
        ("<p>x", None),
        ("<title>a<b>c</title>", "a<b>c"),
    ],
)
def test_a_page_has_the_title_that_it_states(html: str, title: str | None) -> None:
    assert title_of(parse(html)) == title


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<b>" * 100_000 + "deep",
        "<table><tr><td>" * 20_000 + "deep",
        "<ul><li>" * 50_000 + "deep",
        "<svg><title>" * 50_000 + "</svg>deep",
        '<a href="x">' * 50_000 + "deep",
        "<p>deep</p>" * 100_000,
        "<p a='" + "x" * 1_000_000 + "'>deep",
        "<base href='http://[x'><a href=q>deep</a>",
        "deep\0<p>\0",
    ],
    ids=range(10),
)
def test_a_hostile_page_is_read_all_the_same(html: str) -> None:
    document = parse(html, URL)

    title_of(document)

    assert isinstance(to_markdown(document), str)


@given(st.text(), st.text())
def test_any_text_is_a_page(html: str, url: str) -> None:
    document = parse(html, url)
    title_of(document)
    to_markdown(document).encode()
