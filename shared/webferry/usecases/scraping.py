"""Scraping: the use cases that share a fetcher, a browser and a memory of pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from webferry.model_ports import ImageModels
from webferry.ports import Chance, Clock, Fetcher, PageShelf, Pictures, Renderer, Sealer
from webferry.usecases.answer_prompt import AnswerPrompt
from webferry.usecases.extract_once import ExtractOnce
from webferry.usecases.page_cache import PageCache
from webferry.usecases.read_records import ReadRecords
from webferry.usecases.recall_page import RecallPage
from webferry.usecases.run_errands import RunErrands
from webferry.usecases.run_page_errands import RunPageErrands
from webferry.usecases.run_tool import RunTool
from webferry.usecases.scrape_now import ScrapeNow
from webferry.usecases.scrape_page import ScrapePage
from webferry.usecases.scrape_task import ScrapeTask
from webferry.usecases.scrape_url import ScrapeUrl
from webferry.usecases.store_options import StoreOptions
from webferry.usecases.tool_desk import ToolDesk


@dataclass(frozen=True)
class Scraping:
    """For a caller who waits, and for a job; what is slow to make is made when it is needed."""

    fetcher: Callable[[], Fetcher]
    renderer: Callable[[], Renderer]
    shelf: PageShelf
    pictures: Pictures
    sealer: Sealer
    answer_prompt: AnswerPrompt
    chance: Chance
    clock: Clock
    images: Callable[[], ImageModels | None] = lambda: None
    sites: Mapping[str, str] = field(default_factory=dict)
    read_records: ReadRecords = field(default_factory=ReadRecords)

    @cached_property
    def now(self) -> ScrapeNow:
        """An account, a URL and options → what a caller gets of the page."""
        return ScrapeNow(self._url, self._cache)

    @cached_property
    def task(self) -> ScrapeTask:
        """The same as a task of a job."""
        return ScrapeTask(self._url, self.options)

    @cached_property
    def tool(self) -> RunTool:
        """A tool's input → the items of its result, as a task of a job."""
        return RunTool(self._desk)

    @cached_property
    def options(self) -> StoreOptions:
        """Options ⇄ the text that a job keeps of them."""
        return StoreOptions(self.sealer)

    def worker(self, run: RunErrands) -> RunPageErrands:
        """A worker that remembers the pages of its batch."""
        return RunPageErrands(run, self._cache)

    @cached_property
    def page(self) -> ScrapePage:
        """A URL → the page as it is now."""
        return ScrapePage(self.fetcher(), self.renderer())

    @cached_property
    def extract(self) -> ExtractOnce:
        """A URL → its records."""
        return ExtractOnce(self.page, self.read_records)

    def _desk(self) -> ToolDesk:
        return ToolDesk(self.page, self.fetcher(), self.pictures, self.sites, self.images)

    @cached_property
    def _url(self) -> ScrapeUrl:
        recall_page = RecallPage(self.page, self._cache, self.clock)
        return ScrapeUrl(recall_page, self.pictures, self.answer_prompt)

    @cached_property
    def _cache(self) -> PageCache:
        return PageCache(self.shelf, self.chance)
