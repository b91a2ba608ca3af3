"""Executions on their way in: a tool's order, and who is to be told of its end."""

from dataclasses import replace

from tools_api.schemas import Execute
from webferry.domain.keys import Caller
from webferry.usecases.submit_job import JobOrder
from webferry.web.tool_orders import tool_order
from webferry.wiring import house


async def order_of(slug: str, asked: Execute, caller: Caller) -> JobOrder:
    """The job that an execution asks for.

    Raises: NotFound, InvalidRequest; Unavailable: the tool cannot be run here.
    """
    order = tool_order(caller.account_id, slug, asked.input)
    if asked.webhook_url is None:
        return order
    await house().post_office.poster.check(asked.webhook_url)
    return replace(order, webhook_url=asked.webhook_url)
