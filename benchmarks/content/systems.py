"""Ours and the peers: which module calls each, and the packages a peer is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """One way to turn a page into text; one without `pins` runs where we run."""

    name: str
    module: str
    pins: tuple[str, ...] = ()
    is_markdown: bool = True


_ALL = (
    System("webferry", "webferry_main"),
    System("webferry-article", "webferry_article"),
    System("webferry-whole-page", "webferry_whole_page"),
    System("trafilatura", "with_trafilatura", ("trafilatura==2.3.1",), is_markdown=False),
    System("readability-lxml", "with_readability", ("readability-lxml==0.9",)),
    System("html-to-markdown", "with_html_to_markdown", ("html-to-markdown==3.20.0",)),
    System("crawl4ai", "with_crawl4ai", ("crawl4ai==0.9.5",)),
)
SYSTEMS = {system.name: system for system in _ALL}
