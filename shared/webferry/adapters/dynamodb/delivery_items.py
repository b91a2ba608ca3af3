"""Deliveries as items of the `Jobs` table, each in a partition of its own."""

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.table import Write, put
from webferry.domain.webhooks import Delivery, DeliveryEvent

DELIVERY_MEMORY_S = 30 * 24 * 3600


def put_delivery(delivery: Delivery) -> Write:
    """Writes down what is owed; the job's own write sees to it that this happens once."""
    return put(
        delivery.id,
        "delivery",
        account_id=delivery.account_id,
        job_id=delivery.job_id,
        url=delivery.url,
        event=delivery.event,
        created_at_ms=delivery.created_at_ms,
        expires_at=delivery.created_at_ms // 1000 + DELIVERY_MEMORY_S,
    )


def delivery_of(item: Values) -> Delivery:
    """The delivery that an item says."""
    return Delivery(
        item["pk"],
        item["account_id"],
        item["job_id"],
        item["url"],
        DeliveryEvent(item["event"]),
        item["created_at_ms"],
    )
