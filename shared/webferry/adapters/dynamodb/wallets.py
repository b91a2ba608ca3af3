"""Wallets and their ledgers as items: neither ever changes without the other."""

from webferry.adapters.dynamodb.ledger_items import claim_entry, put_entry
from webferry.adapters.dynamodb.table import Table, add
from webferry.domain.credits import LedgerEntry, Wallet
from webferry.domain.errors import Conflict, NotFound


class DynamoWallets:
    """What is posted is claimed under its kind and reference, so it happens once."""

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
            claim_entry(account_id, entry),
            add(account_id, "wallet", **entry.changes),
            put_entry(account_id, entry),
        )
        if 1 in refused:
            raise NotFound("Account not found")
        if 0 in refused and refused[0]["credits"] != entry.credits:
            raise Conflict("That reference stands for another sum", reference=entry.reference)
