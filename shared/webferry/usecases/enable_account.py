"""Switches an account on again, with the keys and credits it had."""

from dataclasses import dataclass

from webferry.ports import Accounts


@dataclass(frozen=True, slots=True)
class EnableAccount:
    """The opposite of disabling it."""

    accounts: Accounts

    def __call__(self, account_id: str) -> None:
        """Raises: NotFound, Unavailable."""
        self.accounts.switch(account_id, enabled=True)
