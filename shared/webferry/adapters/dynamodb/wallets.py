"""Wallets and their ledgers as items: neither ever changes without the other."""

from webferry.adapters.dynamodb.table import Table, add, put_new
from webferry.domain.credits import LedgerEntry, Wallet
from webferry.domain.errors import Conflict, NotFound


class DynamoWallets:
    """An entry's kind and reference are its key, so it can be written once."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, account_id: str) -> Wallet:
        """Raises: NotFound: no such account, Unavailable."""
        item = self._table.get(account_id, "wallet")
        if item is None:
            raise NotFound("Account not found")
        return Wallet(item["balance"], item["held"])

    def post(self, account_id: str, entry: LedgerEntry) -> None:
        """Move credits and record why, both or neither; the same entry again changes nothing.

        Raises: NotFound: no such account; Conflict: the reference stands for another sum,
        Unavailable.
        """
        refused = self._table.transact(
            put_new(
                account_id,
                f"entry#{entry.kind}#{entry.reference}",
                credits=entry.credits,
                created_at_ms=entry.created_at_ms,
            ),
            add(account_id, "wallet", balance=entry.credits),
        )
        if 1 in refused:
            raise NotFound("Account not found")
        if 0 in refused and refused[0]["credits"] != entry.credits:
            raise Conflict("That reference stands for another sum", reference=entry.reference)
