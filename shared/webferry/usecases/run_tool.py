"""One task of a tool job: the tool's input → the items of its result, in a form to be stored."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webferry.domain.errors import (
    EmptyPage,
    ErrorCode,
    InvalidRequest,
    PageError,
    PageTimeout,
)
from webferry.domain.jobs import Job
from webferry.domain.tool_orders import ToolOrder
from webferry.tools.catalogue import tool_of
from webferry.tools.desk import Item, Kept
from webferry.usecases.scrape_url import check_size
from webferry.usecases.shift import TaskReport
from webferry.usecases.tool_desk import ToolDesk


class InputRefused(PageError):
    """Only the browser, or the guard, could tell that an input is of no use."""

    code = ErrorCode.INVALID_REQUEST


@dataclass(frozen=True, slots=True)
class RunTool:
    """Whatever ends a run without items ends it without a price."""

    new_desk: Callable[[], ToolDesk]

    def longest_ms(self, job: Job) -> int:
        """How long a task of this job may take."""
        return tool_of(job.terms.tool).longest_ms

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Raises: HouseError."""
        del url
        desk = self.new_desk()
        try:
            content = await _content(ToolOrder.of(job.options), desk)
        except PageError as error:
            return TaskReport(
                error=error, requests=desk.requests, received_bytes=desk.received_bytes
            )
        return TaskReport(content, requests=desk.requests, received_bytes=desk.received_bytes)


async def _content(order: ToolOrder, desk: ToolDesk) -> bytes:
    tool = tool_of(order.slug)
    try:
        async with asyncio.timeout(tool.longest_ms / 1000):
            items = await tool.run(tool.input.model_validate(order.input), desk)
    except TimeoutError as error:
        raise PageTimeout("Request exceeded timeout") from error
    except InvalidRequest as error:
        raise InputRefused(error.message) from error
    if not items:
        raise EmptyPage("Nothing of the kind was found on the target page")
    text = json.dumps(_parted(items), ensure_ascii=False, separators=(",", ":"))
    # Half a character, which only JSON can spell, has no bytes of its own.
    content = text.encode(errors="replace")
    check_size(content, "The result")
    return content


def _parted(items: list[Item]) -> dict[str, Any]:
    """The items, and beside them which of their values are files: a page cannot fake that."""
    files = {
        str(place): kept
        for place, item in enumerate(items)
        if (kept := {k: str(v) for k, v in item["data"].items() if isinstance(v, Kept)})
    }
    return {"items": items, "files": files}
