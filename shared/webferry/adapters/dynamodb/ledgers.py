"""Ledgers as they lie beside their wallets."""

from collections.abc import Iterator, Mapping

from webferry.adapters.dynamodb.ledger_items import LEDGER, entry_of
from webferry.adapters.dynamodb.ledger_table import LedgerTable
from webferry.domain.credits import LedgerEntry, Pot
from webferry.domain.errors import NotFound


class DynamoLedgers:
    """Entries are never changed, so a page of them stays what it was."""

    def __init__(self, table: LedgerTable) -> None:
        self._table = table

    def page(
        self, account_id: str, after: str | None, limit: int
    ) -> tuple[list[LedgerEntry], str | None]:
        """Raises: Unavailable."""
        items, more = self._table.newest(account_id, LEDGER, after, limit)
        last = items[-1]["sk"].removeprefix(LEDGER) if items and more else None
        return [entry_of(item) for item in items], last

    def entries(self, account_id: str) -> list[LedgerEntry]:
        """Raises: Unavailable."""
        return [entry_of(item) for item in self._table.query(account_id, LEDGER)]

    def pots(self, account_id: str) -> Mapping[Pot, int]:
        """Raises: NotFound: no such account, Unavailable."""
        item = self._table.get(account_id, "wallet")
        if item is None:
            raise NotFound("Account not found")
        return {pot: item.get(pot, 0) for pot in Pot}

    def free_runs_used(self, account_id: str, day: str) -> Mapping[str, int]:
        """Raises: Unavailable."""
        prefix = f"free#{day}#"
        items = self._table.query(account_id, prefix)
        return {item["sk"].removeprefix(prefix): item["used"] for item in items}

    def accounts(self) -> Iterator[str]:
        """Raises: Unavailable."""
        return self._table.partitions("wallet")
