"""Runs of tools on their way in: all that can be refused before a job is opened, and its order."""

from collections.abc import Mapping

from pydantic import ValidationError

from webferry.domain.errors import Unavailable
from webferry.domain.jobs import JobKind, Pace
from webferry.domain.tool_orders import ToolOrder
from webferry.tool_wiring import shop
from webferry.tools.catalogue import tool_of
from webferry.usecases.submit_job import JobOrder
from webferry.web.complaints import invalid


def tool_order(account_id: str, slug: str, given: Mapping[str, object]) -> JobOrder:
    """The job that a run of a tool is.

    Raises: NotFound, InvalidRequest; Unavailable: the tool cannot be run here.
    """
    tool = tool_of(slug)
    try:
        checked = tool.input.model_validate(given)
    except ValidationError as error:
        raise invalid(error.errors()) from error
    lacking = shop().lacks(tool, javascript=getattr(checked, "javascript", None))
    if lacking:
        raise Unavailable(lacking)
    known = checked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return JobOrder(
        kind=JobKind.TOOL,
        account_id=account_id,
        urls=(getattr(checked, "url", slug),),
        options=ToolOrder(slug, known).text(),
        pace=Pace(1),
        tool=slug,
        price=tool.credits,
    )
