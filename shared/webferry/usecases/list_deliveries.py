"""Lists an account's deliveries, the newest first, as many as match."""

from dataclasses import dataclass
from typing import NamedTuple

from webferry.domain.dispatches import Dispatch, DispatchState, Place, place_of
from webferry.domain.webhooks import DeliveryEvent
from webferry.webhook_ports import Dispatches

# How many pages one request looks through for what matches; the cursor leads on from there.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries somebody wants to see; nothing said means all."""

    states: tuple[DispatchState, ...] = ()
    event: DeliveryEvent | None = None
    job_id: str | None = None

    def includes(self, dispatch: Dispatch) -> bool:
        """Whether this is one of them."""
        return (
            (not self.states or dispatch.state in self.states)
            and self.event in (None, dispatch.delivery.event)
            and self.job_id in (None, dispatch.delivery.job_id)
        )


class DeliveryPage(NamedTuple):
    """Some deliveries, and after which place the list goes on; None at its end."""

    dispatches: list[Dispatch]
    after: Place | None


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """A filter leaves out what was read: a page may be short, and the list still go on."""

    dispatches: Dispatches

    def __call__(
        self, account_id: str, wanted: Wanted, after: Place | None, limit: int
    ) -> DeliveryPage:
        """Raises: Unavailable."""
        found: list[Dispatch] = []
        for _ in range(ROUNDS):
            page = self.dispatches.page(account_id, after, limit)
            for dispatch in page:
                if wanted.includes(dispatch):
                    found.append(dispatch)
                after = place_of(dispatch)
                if len(found) == limit:
                    return DeliveryPage(found, after)
            if len(page) < limit:
                return DeliveryPage(found, None)
        return DeliveryPage(found, after)
