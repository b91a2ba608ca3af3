"""What a page says about itself."""

from webferry.content.document import Document


def title_of(document: Document) -> str | None:
    """The page's title, if it has one."""
    return document.text_of("title:not(svg title)") or None
