"""Clients as items, and the turnstile that keeps strangers from making them without end."""

from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.domain.clients import Client


class DynamoClients:
    """One item for each; the table forgets it when its time is over."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def put(self, client: Client, kept_ms: int) -> None:
        """Raises: Unavailable."""
        end_ms = client.created_at_ms + kept_ms
        item = {
            "pk": f"client#{client.id}",
            "sk": "client",
            "name": client.name,
            "redirect_uris": client.redirect_uris,
            "created_at_ms": client.created_at_ms,
            "expires_at_ms": end_ms,
            "expires_at": end_ms // 1000,
        }
        self._table.put_many([item])

    def find(self, client_id: str, now_ms: int) -> Client | None:
        """Raises: Unavailable."""
        item = self._table.get(f"client#{client_id}", "client")
        if item is None or item["expires_at_ms"] <= now_ms:
            return None
        return Client(client_id, item["name"], item["redirect_uris"], item["created_at_ms"])


class DynamoTurnstile:
    """One conditional write for each that passes."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def admit(self, name: str, limit: int, window_ms: int, now_ms: int) -> bool:
        """Raises: Unavailable."""
        window = now_ms // window_ms
        return self._table.change(
            Key(f"gate#{name}", str(window)),
            "attribute_not_exists(#passed) OR #passed < :limit",
            "SET #expires_at = :end ADD #passed :one",
            limit=limit,
            one=1,
            end=(window + 2) * window_ms // 1000,
        )
