"""Refuses options of a scrape that no page could be read with, before anything is fetched."""

import json
import re

from webferry.content.document import BadSelector, parse
from webferry.content.records.schema import BadSchema, read_schema
from webferry.domain.errors import InvalidRequest
from webferry.domain.pages import Format
from webferry.domain.request_headers import check_headers
from webferry.domain.scrapes import ScrapeOptions

MAX_SCHEMA_CHARACTERS = 20_000
# They look at every sibling or descendant again for each element: minutes on a large page.
_ENDLESS = re.compile(r":has\b|:nth-last-child\b|:nth-[a-z-]+\([^)]*\bof\b", re.IGNORECASE)
_NOTHING = parse("")


def check_options(options: ScrapeOptions) -> None:
    """Raises: InvalidRequest, naming the field."""
    check_headers(options.private.headers, options.private.cookies)
    for name, selectors in (("include", options.include), ("exclude", options.exclude)):
        for selector in selectors:
            _check_selector(f"config.{name}Selectors", selector)
    if options.needs_browser and options.javascript is False:
        raise InvalidRequest(
            "config.engine: waitFor and pictures need a browser", **{"config.engine": "is http"}
        )
    _check_schema(options)


def _check_selector(field: str, selector: str) -> None:
    try:
        _NOTHING.select(selector)
    except BadSelector as error:
        raise InvalidRequest(f"{field}: {error}", **{field: "is no CSS selector"}) from error
    if _ENDLESS.search(selector):
        why = ":has, :nth-last-child and `of` are not supported here"
        raise InvalidRequest(f"{field}: {why}", **{field: why})


def _check_schema(options: ScrapeOptions) -> None:
    if options.schema is None:
        return
    if Format.RECORDS not in options.formats and not options.prompt:
        raise InvalidRequest("schema: is for records or a prompt", schema="has no use")
    if len(options.schema) > MAX_SCHEMA_CHARACTERS:
        raise InvalidRequest("schema: too long", schema=f"max {MAX_SCHEMA_CHARACTERS} characters")
    try:
        read_schema(json.loads(options.schema))
    except BadSchema as error:
        raise InvalidRequest(str(error), schema=str(error)) from error
