"""trafilatura with its default settings, as text."""

import trafilatura


def extract(body: bytes, url: str) -> str:
    """The main text."""
    return trafilatura.extract(body, url=url or None) or ""
