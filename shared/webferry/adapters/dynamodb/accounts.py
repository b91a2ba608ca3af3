"""Accounts as items, each with the item that keeps its email unique."""

from webferry.adapters.dynamodb.ledger_items import claim_entry, put_entry
from webferry.adapters.dynamodb.table import Table, put_new
from webferry.domain.accounts import Account
from webferry.domain.credits import LedgerEntry
from webferry.domain.errors import Conflict, NotFound


class DynamoAccounts:
    """Opening an account writes all its items in one transaction."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def open(self, account: Account, *, password: str, secret: bytes, entry: LedgerEntry) -> bool:
        """Store account, wallet and first ledger entry at once; False if the id is taken.

        Raises: Conflict: the email has an account, Unavailable.
        """
        refused = self._table.transact(
            put_new(f"email#{account.email}", "email", account_id=account.id),
            put_new(
                account.id,
                "account",
                email=account.email,
                created_at_ms=account.created_at_ms,
                enabled=account.enabled,
                password_hash=password,
                webhook_secret=secret,
            ),
            put_new(
                account.id, "wallet", issued=-entry.credits, balance=entry.credits, held=0, spent=0
            ),
            claim_entry(account.id, entry),
            put_entry(account.id, entry),
        )
        if 0 in refused:
            raise Conflict("That email already has an account", email="is taken")
        return not refused

    def get(self, account_id: str) -> Account:
        """Raises: NotFound, Unavailable."""
        item = self._table.get(account_id, "account")
        if item is None:
            raise NotFound("Account not found")
        return Account(account_id, item["email"], item["created_at_ms"], item["enabled"])

    def get_by_email(self, email: str) -> Account:
        """Raises: NotFound, Unavailable."""
        item = self._table.get(f"email#{email}", "email")
        if item is None:
            raise NotFound("Account not found")
        return self.get(item["account_id"])

    def switch(self, account_id: str, *, enabled: bool) -> None:
        """Raises: NotFound, Unavailable."""
        if not self._table.set(account_id, "account", enabled=enabled):
            raise NotFound("Account not found")
