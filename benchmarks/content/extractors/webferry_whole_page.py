"""Webferry: HTML to Markdown, part of the page: all."""

from webferry.content.document import parse
from webferry.content.main_content.choice import Part, keep_part
from webferry.content.markdown.rendering import to_markdown


def extract(body: bytes, url: str) -> str:
    """The page as Markdown."""
    document = parse(body, url)
    keep_part(document, Part.ALL)
    return to_markdown(document)
