"""API keys as items of their account, each with the item that keeps its id unique."""

from webferry.adapters.dynamodb.items import Values, asked_for
from webferry.adapters.dynamodb.table import Table, delete, put_new, require
from webferry.domain.errors import NotFound
from webferry.domain.keys import ApiKey, Scope


class DynamoKeys:
    """A key lies beside its account, under its digest: one call reads both."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, key: ApiKey, digest: str) -> bool:
        """Store a key; False if its id is taken.

        Raises: NotFound: no such account, Unavailable.
        """
        refused = self._table.transact(
            put_new(key.id, "key", account_id=key.account_id, digest=digest),
            put_new(
                key.account_id,
                f"key#{digest}",
                id=key.id,
                name=key.name,
                scopes=key.scopes,
                masked=key.masked,
                created_at_ms=key.created_at_ms,
            ),
            require(key.account_id, "account"),
        )
        if 2 in refused:
            raise NotFound("Account not found")
        return not refused

    def find(self, account_id: str, digest: str) -> tuple[ApiKey, bool] | None:
        """The key with this digest, and whether its account is enabled, as of this moment.

        Raises: Unavailable.
        """
        items = self._table.get_together(account_id, "account", f"key#{digest}")
        if len(items) < 2:
            return None
        return _key(items[f"key#{digest}"]), items["account"]["enabled"]

    def list(self, account_id: str) -> list[ApiKey]:
        """Raises: Unavailable."""
        return [_key(item) for item in self._table.query(account_id, "key#")]

    def remove(self, account_id: str, key_id: str) -> None:
        """Raises: NotFound: no such key of this account, Unavailable."""
        item = self._table.get(asked_for(key_id), "key")
        if item is None or item["account_id"] != account_id:
            raise NotFound("API key not found")
        refused = self._table.transact(
            delete(key_id, "key"), delete(account_id, f"key#{item['digest']}")
        )
        if refused:
            raise NotFound("API key not found")

    def touch(self, account_id: str, digest: str, used_at_ms: int) -> None:
        """Remember when a key was used; a key removed meanwhile stays removed.

        Raises: Unavailable.
        """
        self._table.set(account_id, f"key#{digest}", last_used_at_ms=used_at_ms)


def _key(item: Values) -> ApiKey:
    return ApiKey(
        id=item["id"],
        account_id=item["pk"],
        name=item["name"],
        scopes=tuple(Scope(scope) for scope in item["scopes"]),
        masked=item["masked"],
        created_at_ms=item["created_at_ms"],
        last_used_at_ms=item.get("last_used_at_ms"),
    )
