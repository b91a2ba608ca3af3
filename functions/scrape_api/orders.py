"""Orders: a request of the scrape dialect as the use cases understand it."""

import json
from typing import Any

from scrape_api.schemas import ScrapeRequest
from webferry.domain.errors import InvalidRequest
from webferry.domain.jobs import JobKind, Pace
from webferry.domain.keys import Caller
from webferry.domain.once import Once
from webferry.domain.scrapes import PrivateWords, ScrapeOptions
from webferry.usecases.check_options import check_options
from webferry.usecases.submit_job import JobOrder
from webferry.wiring import house


def options_of(asked: ScrapeRequest) -> ScrapeOptions:
    """What of a request concerns each of its pages.

    Raises: InvalidRequest.
    """
    config, wait_for, schema = asked.config, asked.config.wait_for, asked.record_schema
    options = ScrapeOptions(
        formats=asked.wanted,
        timeout_ms=config.timeout_ms,
        cache_ttl_seconds=config.cache_ttl_seconds,
        profile=config.user_agent_profile,
        javascript=config.wants_browser,
        names_engines=config.names_engines,
        wait_selector=wait_for if isinstance(wait_for, str) else None,
        wait_ms=wait_for if isinstance(wait_for, int) else 0,
        part=config.part,
        include=tuple(config.include_selectors),
        exclude=tuple(config.exclude_selectors),
        schema=None if schema is None else json.dumps(schema, ensure_ascii=False),
        prompt=asked.prompt,
        no_cache=config.no_cache,
        private=PrivateWords(
            tuple(config.headers.items()), tuple(config.cookies.items()), config.proxy
        ),
    )
    check_options(options)
    if asked.prompt is not None:
        house().models.answer_prompt.check(asked.prompt, _object(schema))
    return options


def submit_scrape(
    caller: Caller, asked: ScrapeRequest, options: ScrapeOptions, once: Once | None
) -> str:
    """The id of a new job, or of the one that the same request has opened before.

    Raises: InvalidUrl, Conflict, Unavailable.
    """
    jitter = asked.config.jitter_ms
    return house().job_engine.submit(
        JobOrder(
            kind=JobKind.SCRAPE,
            account_id=caller.account_id,
            urls=tuple(asked.urls),
            options=house().scraping.options.write(options, caller.account_id),
            pace=Pace(asked.config.max_concurrency, jitter.min, jitter.max),
        ),
        once,
    )


def _object(schema: object) -> dict[str, Any] | None:
    if schema is None or isinstance(schema, dict):
        return schema
    raise InvalidRequest("schema: with a prompt, an object is needed", schema="is no object")
