"""crawl4ai's pruning filter and Markdown, without its browser."""

from crawl4ai.content_filter_strategy import PruningContentFilter
from crawl4ai.markdown_generation_strategy import DefaultMarkdownGenerator


def extract(body: bytes, url: str) -> str:
    """What it calls fit Markdown."""
    maker = DefaultMarkdownGenerator(content_filter=PruningContentFilter())
    made = maker.generate_markdown(body.decode("utf-8", "replace"), base_url=url)
    return made.fit_markdown or ""
