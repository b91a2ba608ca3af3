"""Signing secrets as attributes of their account's item."""

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.domain.errors import NotFound
from webferry.webhook_ports import SealedSecrets


class DynamoSecretStore:
    """Replaced only where the secrets still stand that somebody has read."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def secrets_of(self, account_id: str) -> SealedSecrets:
        """Raises: NotFound, Unavailable."""
        item: Values | None = self._table.get(account_id, "account")
        if item is None:
            raise NotFound("Account not found")
        following = item.get("webhook_secret_next"), item.get("webhook_secret_next_alone_at_ms")
        return SealedSecrets(item["webhook_secret"], *following)

    def replace_secrets(self, account_id: str, before: SealedSecrets, after: SealedSecrets) -> bool:
        """Raises: Unavailable."""
        change, more = "SET #webhook_secret = :after", {}
        if after.next is None:
            change += " REMOVE #webhook_secret_next, #webhook_secret_next_alone_at_ms"
        else:
            change += (
                ", #webhook_secret_next = :next, #webhook_secret_next_alone_at_ms = :alone_at_ms"
            )
            more = {"next": after.next, "alone_at_ms": after.next_alone_at_ms}
        condition = "#webhook_secret = :before"
        if before.next is None:
            condition += " AND attribute_not_exists(#webhook_secret_next)"
        else:
            condition += " AND #webhook_secret_next = :before_next"
            more["before_next"] = before.next
        return self._table.change(
            Key(account_id, "account"),
            condition,
            change,
            before=before.current,
            after=after.current,
            **more,
        )
