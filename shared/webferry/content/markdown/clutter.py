"""Takes out of a page what no reader sees."""

import re

from webferry.content.document import Document, Element, attribute, is_small, shortened, squeezed
from webferry.content.patterns import later

_MACHINERY = (
    "script, style, noscript, template, iframe, object, embed, canvas, audio, video, select,"
    " datalist, textarea, progress, meter, map, dialog:not([open]), frame, applet"
)
_FOR_SCREEN_READERS = ".sr-only, .visually-hidden, .visuallyhidden, .screen-reader-text"
_HIDDEN = f'[hidden]:not([hidden="until-found" i]), [aria-hidden="true" i], {_FOR_SCREEN_READERS}'
_STYLED = ", ".join(
    f'[style*="{word}" i]' for word in ("none", "hidden", "opacity", "font-size", "-9")
)
# Nothing, of no size, of no colour, or far beyond the edge: there for programs, not for people.
_HIDING_STYLE = later(
    r"(?:^|;)\s*(?:display\s*:\s*none\b|visibility\s*:\s*hidden\b|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:px|em|rem|%|pt)?\s*(?:;|!|$)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-9{3,}(?:\.\d+)?(?:px|em|rem)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
# A wrapper that scripts show later holds the page itself; a hidden menu or dialog does not.
_LARGE_TEXT = 500
_LARGE_SHARE = 0.25
_SCRAP = 40
_NEVER = frozenset(("html", "body"))


def remove_clutter(document: Document) -> None:
    """Scripts, forms and frames go; a button goes unless it holds a heading's words."""
    document.remove(_MACHINERY)
    for field in document.select("input"):
        if attribute(field, "type").lower() != "checkbox" or field.closest("li") is None:
            field.extract()
    for button in document.select("button"):
        if button.closest("h1, h2, h3, h4, h5, h6, summary, dt") or button.select_one(
            "h1, h2, h3, h4, h5, h6, p"
        ):
            button.unwrap()
        else:
            button.extract()
    for drawing in document.select("svg"):
        link = drawing.closest("a, button")
        bare = link and is_small(link) and not link.text.strip()
        title = drawing.select_one("title") if bare else None
        if title and link and not attribute(link, "aria-label"):
            link.attrs["aria-label"] = title.text
        drawing.extract()


def remove_hidden(document: Document) -> None:
    """What is hidden goes, except a wrapper with a large share of the page's text.

    Scripts unfold answers, tabs and lists: of what was chosen as content only scraps go.
    """
    styled = [each for each in document.select(_STYLED) if _is_hidden_by_style(each)]
    hidden = [*document.select(_HIDDEN), *styled]
    if not hidden:
        return
    large = max(_LARGE_TEXT, int(len(document.body.text) * _LARGE_SHARE))
    for element in hidden:
        weighed = document.weighed and not element.matches(_FOR_SCREEN_READERS)
        text = element.text
        stays = len(squeezed(text)) >= _SCRAP if weighed else len(text) >= large
        if stays or element.tag in _NEVER:
            continue
        if not _names_a_link(element):
            element.extract()


def _is_hidden_by_style(element: Element) -> bool:
    return _HIDING_STYLE.search(shortened(element.attr("style") or "")) is not None


def _names_a_link(element: Element) -> bool:
    """The words for a screen reader are the only ones that a link with a picture has."""
    if not element.matches(_FOR_SCREEN_READERS):
        return False
    link = element.closest("a")
    return link is not None and is_small(link) and link.text.strip() == element.text.strip()
