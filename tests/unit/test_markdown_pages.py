"""Every page in tests/pages as Markdown, judged by the structure that the Markdown renders to."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from webferry.content.document import parse
from webferry.content.markdown.rendering import to_markdown

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(path.name for path in PAGES.iterdir() if (path / "expected.md").exists())
RENDERER = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(dollarmath_plugin)
)


def structure(markdown: str) -> list[str]:
    lines = RENDERER.render(markdown).replace("<!-- -->", "").splitlines()
    return [squeezed for line in lines if (squeezed := " ".join(line.split()))]


@pytest.mark.parametrize("case", CASES)
def test_a_page_renders_back_to_its_structure(case: str) -> None:
    html = (PAGES / case / "page.html").read_text("utf-8")
    expected = (PAGES / case / "expected.md").read_text("utf-8")

    markdown = to_markdown(parse(html, "https://example.com/docs/page"))

    assert structure(markdown) == structure(expected)


def test_every_construct_has_its_pages() -> None:
    constructs = {case.split("-")[0] for case in CASES}

    assert len(CASES) >= 80
    assert constructs >= {
        *("heading", "inline", "escape", "link", "image", "list", "table", "code", "block"),
        *("footnote", "math", "noise"),
    }
