"""Switches an account off: from the next request on, all its keys are refused."""

from dataclasses import dataclass

from webferry.ports import Accounts


@dataclass(frozen=True, slots=True)
class DisableAccount:
    """Keys and credits stay as they are."""

    accounts: Accounts

    def __call__(self, account_id: str) -> None:
        """Raises: NotFound, Unavailable."""
        self.accounts.switch(account_id, enabled=False)
