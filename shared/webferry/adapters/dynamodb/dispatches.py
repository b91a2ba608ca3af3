"""Dispatches as items: each in a partition of its own, changed only where nobody was first."""

from collections.abc import Iterable

from webferry.adapters.dynamodb.dispatch_items import (
    SHELVES,
    dispatch_item,
    dispatch_key,
    dispatch_of,
    list_of,
)
from webferry.adapters.dynamodb.items import asked_for
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.domain.dispatches import Dispatch, Place
from webferry.domain.errors import NotFound


class DynamoDispatches:
    """The end of a job stores its dispatch; everything after that is here."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def add(self, dispatch: Dispatch) -> None:
        """Raises: Unavailable."""
        self._table.put_many([dispatch_item(dispatch)])

    def load(self, delivery_ids: Iterable[str]) -> dict[str, Dispatch]:
        """Raises: Unavailable."""
        keys = dict.fromkeys(dispatch_key(delivery_id) for delivery_id in delivery_ids)
        return {key.pk: dispatch_of(item) for key, item in self._table.get_many(keys).items()}

    def find(self, account_id: str, delivery_id: str) -> Dispatch:
        """Raises: NotFound, Unavailable."""
        found = self.load([asked_for(delivery_id)]).get(delivery_id)
        if found is None or found.delivery.account_id != account_id:
            raise NotFound("Delivery not found")
        return found

    def save(self, dispatch: Dispatch) -> Dispatch | None:
        """The dispatch as it is kept now; None if another version of it stands.

        Raises: Unavailable.
        """
        item = dispatch_item(dispatch) | {"version": dispatch.version + 1}
        if self._table.put_one(item, dispatch.version) is not None:
            return None
        return dispatch_of(item)

    def due(self, now_ms: int, limit: int) -> list[str]:
        """Raises: Unavailable."""
        shelves = [self._table.due(shelf, now_ms, limit) for shelf in SHELVES]
        return [key.pk for keys in shelves for key in keys]

    def page(self, account_id: str, after: Place | None, limit: int) -> list[Dispatch]:
        """Raises: Unavailable."""
        owner, start = list_of(account_id), None
        if after:
            key = dispatch_key(after.delivery_id)._asdict()
            start = {"listed_for": owner, "created_at_ms": after.created_at_ms, **key}
        names = [item["pk"] for item in self._table.listed(owner, start, limit)]
        found = self.load(names)
        return [found[name] for name in names if name in found]
