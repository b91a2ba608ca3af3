"""readability-lxml's summary, as HTML."""

from readability import Document


def extract(body: bytes, url: str) -> str:
    """The main part as an HTML page."""
    return Document(body.decode("utf-8", "replace"), url=url or None).summary()
