"""Answers who wants to hear of changes: there are none to hear of, and nobody is kept waiting."""

from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.subscriptions import SUBSCRIPTION_ID_META_KEY
from mcp_types import (
    SubscriptionFilter,
    SubscriptionsAcknowledgedNotification,
    SubscriptionsAcknowledgedNotificationParams,
    SubscriptionsListenRequestParams,
    SubscriptionsListenResult,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS


async def acknowledge_and_end(
    ctx: ServerRequestContext[Any, Any], call_next: CallNext
) -> HandlerResult:
    """A stream that stays open would be billed, though no list of ours changes while it is."""
    modern = ctx.protocol_version in MODERN_PROTOCOL_VERSIONS
    if ctx.method != "subscriptions/listen" or ctx.request_id is None or not modern:
        return await call_next(ctx)
    SubscriptionsListenRequestParams.model_validate(ctx.params or {}, by_name=False)
    meta: dict[str, Any] = {SUBSCRIPTION_ID_META_KEY: ctx.request_id}
    honoured = SubscriptionsAcknowledgedNotificationParams(
        notifications=SubscriptionFilter(), _meta=meta
    )
    await ctx.session.send_notification(
        SubscriptionsAcknowledgedNotification(params=honoured), related_request_id=ctx.request_id
    )
    return SubscriptionsListenResult(_meta=meta)
