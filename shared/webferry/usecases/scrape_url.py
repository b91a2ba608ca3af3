"""Scrapes one URL for a caller: the page, in the form in which it is answered and stored."""

import json
from dataclasses import dataclass
from typing import Any

from webferry.domain.errors import FetchFailed
from webferry.domain.pages import Format
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.ports import Pictures
from webferry.usecases.answer_prompt import AnswerPrompt
from webferry.usecases.recall_page import Recalled, RecallPage

# Lambda hands its gateway 6 MB at most, in which the page travels as a string inside JSON.
MAX_ANSWER_BYTES = 5_800_000
# The most that one byte of JSON can grow to when it travels inside JSON again.
_GROWTH = 7


@dataclass(frozen=True, slots=True)
class ScrapeUrl:
    """The same for a caller who waits and for a job, each of whom looks to its size."""

    recall_page: RecallPage
    pictures: Pictures
    answer_prompt: AnswerPrompt

    async def __call__(self, account_id: str, url: str, options: ScrapeOptions) -> Scrape:
        """Raises: PageError, InvalidRequest, Unavailable: there is no browser, or the model failed.

        The options are sound (`check_options`); what only a browser or the guard can judge is not.
        """
        recalled = await self.recall_page(account_id, url, options)
        made = recalled.read(options)
        await self.recall_page.remember(recalled, options, made)
        made |= await self._kept(recalled, options)
        if options.prompt:
            made["extract"] = await self._extract(recalled.page.final_url, options, made)
        return _scrape(recalled, options, made)

    async def _extract(self, url: str, options: ScrapeOptions, made: dict[str, Any]) -> object:
        """What stands in the page of the answer to the prompt, which sees what the caller sees."""
        text = made["markdown"] if Format.MARKDOWN in options.formats else made.pop("markdown")
        schema = json.loads(options.schema) if options.schema else None
        answer = await self.answer_prompt(text, options.prompt or "", url=url, schema=schema)
        return answer.value

    async def _kept(self, recalled: Recalled, options: ScrapeOptions) -> dict[str, str]:
        """The names of the pictures, by the value of a `Scrape` that tells them."""
        names, taken = {}, recalled.scraped.pictures if recalled.scraped else {}
        for wanted, capture in options.captures.items():
            value, kind = ("pdf", "pdf") if wanted is Format.PDF else ("screenshot", "png")
            names[value] = await self.pictures.keep(taken[capture], kind)
        return names


def _scrape(recalled: Recalled, options: ScrapeOptions, made: dict[str, Any]) -> Scrape:
    page = recalled.page
    return Scrape(
        url=page.requested_url,
        final_url=page.final_url,
        http_status=page.http_status,
        fetch_duration_ms=page.fetch_duration_ms,
        fetched_at_ms=page.fetched_at_ms,
        expires_at_ms=page.fetched_at_ms + options.cache_ttl_seconds * 1000,
        engines=recalled.engines,
        received_bytes=len(page.body),
        cached=recalled.kept is not None,
        **made,
    )


def check_size(content: bytes, what: str = "Target page") -> None:
    """Whether this JSON fits into one answer of a function.

    Raises: FetchFailed.
    """
    # Only a page of some size is worth the encoding that tells what it grows to.
    if len(content) < MAX_ANSWER_BYTES / _GROWTH:
        return
    if len(json.dumps(content.decode())) >= MAX_ANSWER_BYTES:
        raise FetchFailed(f"{what} is too large to be answered in one piece", retryable=False)
