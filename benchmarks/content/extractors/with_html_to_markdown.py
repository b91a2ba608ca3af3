"""html-to-markdown over the whole page, as it comes."""

from html_to_markdown import convert


def extract(body: bytes, _: str) -> str:
    """The whole page as Markdown."""
    found = convert(body.decode("utf-8", "replace").replace("\0", ""))
    return found if isinstance(found, str) else str(getattr(found, "content", "") or "")
