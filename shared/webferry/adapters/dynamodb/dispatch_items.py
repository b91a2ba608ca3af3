"""Dispatches as items of the `Jobs` table: `msg_x`, `delivery`.

An item lies on a shelf of the index `by_due` as long as somebody has to look at it, and for good in
its account's list of the index `by_owner`.
"""

import json
import zlib
from typing import Any

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.table import Write, put
from webferry.adapters.dynamodb.wide_table import Key
from webferry.domain.dispatches import Attempt, Dispatch, DispatchState, new_dispatch
from webferry.domain.errands import Lease
from webferry.domain.parts import InlineBody, StoredBody
from webferry.domain.webhooks import Delivery, DeliveryEvent

DISPATCH_MEMORY_S = 30 * 24 * 3600
SHELVES = tuple(f"delivery{number}" for number in range(4))


def dispatch_key(delivery_id: str) -> Key:
    """Where a dispatch lies."""
    return Key(delivery_id, "delivery")


def list_of(account_id: str) -> str:
    """The list of an account's deliveries."""
    return f"{account_id}#deliveries"


def put_delivery(delivery: Delivery) -> Write:
    """Writes down what is owed; the job's own write sees to it that this happens once."""
    return put(**dispatch_item(new_dispatch(delivery)))


def dispatch_item(dispatch: Dispatch) -> Values:
    """All of a dispatch."""
    delivery, due_at_ms = dispatch.delivery, dispatch.due_at_ms
    shelf = SHELVES[zlib.crc32(delivery.id.encode()) % len(SHELVES)]
    return {
        **dispatch_key(delivery.id)._asdict(),
        "account_id": delivery.account_id,
        "job_id": delivery.job_id,
        "url": delivery.url,
        "event": delivery.event,
        "created_at_ms": delivery.created_at_ms,
        "expires_at": delivery.created_at_ms // 1000 + DISPATCH_MEMORY_S,
        "listed_for": list_of(delivery.account_id),
        "state": dispatch.state,
        "made": dispatch.made,
        "last": dispatch.last,
        "attempts": json.dumps([_attempt_text(each) for each in dispatch.attempts]),
        "lease": json.dumps(dispatch.lease) if dispatch.lease else None,
        "lapses": dispatch.lapses,
        "drivers": dispatch.drivers,
        "due_at_ms": due_at_ms,
        "due_shelf": None if due_at_ms is None else shelf,
        "delivered_at_ms": dispatch.delivered_at_ms,
        "version": dispatch.version,
        **_body_values(dispatch.body),
    }


def dispatch_of(item: Values) -> Dispatch:
    """The dispatch that an item says."""
    return Dispatch(
        delivery=Delivery(
            item["pk"],
            item["account_id"],
            item["job_id"],
            item["url"],
            DeliveryEvent(item["event"]),
            item["created_at_ms"],
        ),
        state=DispatchState(item["state"]),
        made=item["made"],
        last=item["last"],
        attempts=tuple(Attempt(*text) for text in json.loads(item["attempts"])),
        lease=Lease(*json.loads(item["lease"])) if item.get("lease") else None,
        lapses=item["lapses"],
        drivers=item["drivers"],
        due_at_ms=item.get("due_at_ms"),
        delivered_at_ms=item.get("delivered_at_ms"),
        body=_body_of(item),
        version=item["version"],
    )


def _attempt_text(attempt: Attempt) -> list[Any]:
    return [
        attempt.number,
        attempt.at_ms,
        attempt.duration_ms,
        attempt.status,
        attempt.error,
        attempt.response,
    ]


def _body_values(body: InlineBody | StoredBody | None) -> Values:
    match body:
        case InlineBody(content):
            return {"body": content}
        case StoredBody(key, start, length):
            return {"body_at": json.dumps([key, start, length])}
        case _:
            return {}


def _body_of(item: Values) -> InlineBody | StoredBody | None:
    if "body" in item:
        return InlineBody(item["body"])
    return StoredBody(*json.loads(item["body_at"])) if "body_at" in item else None
