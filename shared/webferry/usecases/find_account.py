"""Finds the account that a person means."""

from dataclasses import dataclass

from webferry.domain.accounts import Account, normal_email
from webferry.ports import Accounts


@dataclass(frozen=True, slots=True)
class FindAccount:
    """People know an account by its email as often as by its id."""

    accounts: Accounts

    def __call__(self, id_or_email: str) -> Account:
        """Raises: InvalidRequest, NotFound, Unavailable."""
        if "@" in id_or_email:
            return self.accounts.get_by_email(normal_email(id_or_email))
        return self.accounts.get(id_or_email)
