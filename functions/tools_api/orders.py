"""Executions on their way in: all that can be refused before a job is opened, and its order."""

from pydantic import ValidationError

from tools_api.schemas import Execute
from webferry.domain.errors import Unavailable
from webferry.domain.jobs import JobKind, Pace
from webferry.domain.keys import Caller
from webferry.domain.tool_orders import ToolOrder
from webferry.tool_wiring import shop
from webferry.tools.catalogue import tool_of
from webferry.tools.tool import Tool, ToolInput
from webferry.usecases.submit_job import JobOrder
from webferry.web.errors import invalid
from webferry.wiring import house


async def order_of(slug: str, asked: Execute, caller: Caller) -> JobOrder:
    """The job that an execution asks for.

    Raises: NotFound, InvalidRequest; Unavailable: the tool cannot be run here.
    """
    tool = tool_of(slug)
    checked = _checked(tool, asked)
    lacking = shop().lacks(tool, javascript=getattr(checked, "javascript", None))
    if lacking:
        raise Unavailable(lacking)
    if asked.webhook_url is not None:
        await house().post_office.poster.check(asked.webhook_url)
    given = checked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return JobOrder(
        kind=JobKind.TOOL,
        account_id=caller.account_id,
        urls=(getattr(checked, "url", slug),),
        options=ToolOrder(slug, given).text(),
        pace=Pace(1),
        tool=slug,
        price=tool.credits,
        webhook_url=asked.webhook_url or "",
    )


def _checked(tool: Tool, asked: Execute) -> ToolInput:
    try:
        return tool.input.model_validate(asked.input)
    except ValidationError as error:
        raise invalid(error.errors()) from error
