"""A page as Markdown: headings, absolute links, lists, tables and code, without the machinery."""

import re

from webferry.content.document import Document

_MACHINERY = (
    "script, style, noscript, template, svg, iframe, object, canvas, audio, video, dialog,"
    " button, select, textarea, input,"
    ' img:not([src]), img[src=""], img[src^="data:" i], a:empty'
)
_NOWHERE = 'a:not([href]), a[href=""], a[href*="javascript:" i], a[href^="data:" i]'
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def to_markdown(document: Document, url: str) -> str:
    """What a reader of the page at this URL would see; the document is used up."""
    document.remove(_MACHINERY)
    document.unwrap(_NOWHERE)
    document.resolve_links(url)
    return _BLANK_LINES.sub("\n\n", document.to_markdown()).strip()
