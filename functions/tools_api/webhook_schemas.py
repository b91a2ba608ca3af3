"""Wire shapes of webhooks: deliveries, their attempts, and what signs them."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictInt

from webferry.domain.dispatches import Attempt, Dispatch, DispatchState
from webferry.domain.job_events import iso_ms
from webferry.domain.signatures import DEFAULT_OVERLAP_MS, MAX_OVERLAP_MS, SigningSecrets
from webferry.domain.urls import MAX_URL_BYTES
from webferry.domain.webhooks import DeliveryEvent
from webferry.web.numbers import WHOLE
from webferry.web.wire import Wire


class DeliveryStatus(StrEnum):
    """How far a delivery is, as callers read it."""

    PENDING = "pending"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def states(self) -> tuple[DispatchState, ...]:
        """What stands behind it."""
        return tuple(state for state, status in _STATUS_OF.items() if status is self)


_STATUS_OF = {
    DispatchState.PENDING: DeliveryStatus.PENDING,
    DispatchState.SENDING: DeliveryStatus.PENDING,
    DispatchState.WAITING: DeliveryStatus.RETRYING,
    DispatchState.DELIVERED: DeliveryStatus.DELIVERED,
    DispatchState.FAILED: DeliveryStatus.FAILED,
}


class AttemptOut(Wire):
    """One POST: what came back, or why nothing did."""

    number: int
    at: str
    ms: int
    status: int | None
    error: str | None
    response: str

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """The attempt as it is written down."""
        return cls(
            number=attempt.number,
            at=iso_ms(attempt.at_ms),
            ms=attempt.duration_ms,
            status=attempt.status,
            error=attempt.error or None,
            response=attempt.response,
        )


class DeliveryOut(Wire):
    """A webhook, and what was done to deliver it."""

    id: str
    job_id: str
    event: DeliveryEvent
    url: str
    status: DeliveryStatus
    attempts: list[AttemptOut]
    created_at: str
    delivered_at: str | None

    @classmethod
    def of(cls, dispatch: Dispatch) -> Self:
        """The delivery as it stands."""
        delivery, delivered_at_ms = dispatch.delivery, dispatch.delivered_at_ms
        return cls(
            id=delivery.id,
            job_id=delivery.job_id,
            event=delivery.event,
            url=delivery.url,
            status=_STATUS_OF[dispatch.state],
            attempts=[AttemptOut.of(attempt) for attempt in dispatch.attempts],
            created_at=iso_ms(delivery.created_at_ms),
            delivered_at=None if delivered_at_ms is None else iso_ms(delivered_at_ms),
        )


class DeliveryList(Wire):
    """Deliveries, the newest first; without `nextCursor` there are no more."""

    data: list[DeliveryOut]
    next_cursor: str | None = None


class DeliveryAnswer(Wire):
    """One delivery."""

    data: DeliveryOut


class TestReceiver(Wire):
    """Where to send a try."""

    url: Annotated[str, Field(min_length=1, max_length=MAX_URL_BYTES)]


class RotateSecret(Wire):
    """How long the old secret signs beside the new one."""

    overlap_seconds: Annotated[StrictInt, Field(ge=0, le=MAX_OVERLAP_MS // 1000), WHOLE] = (
        DEFAULT_OVERLAP_MS // 1000
    )


class Secrets(Wire):
    """What signs webhooks; during a rotation the next secret signs too."""

    secret: str
    next_secret: str | None
    next_alone_at: str | None

    @classmethod
    def of(cls, secrets: SigningSecrets) -> Self:
        """The secrets as they sign now."""
        at_ms = secrets.next_alone_at_ms
        return cls(
            secret=secrets.current,
            next_secret=secrets.next,
            next_alone_at=None if at_ms is None else iso_ms(at_ms),
        )


class SecretsAnswer(Wire):
    """The signing secrets."""

    data: Secrets
