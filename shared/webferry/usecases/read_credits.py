"""Reads what an account can spend."""

from dataclasses import dataclass

from webferry.domain.credits import Wallet
from webferry.ports import Wallets


@dataclass(frozen=True, slots=True)
class ReadCredits:
    """The wallet as of this moment."""

    wallets: Wallets

    def __call__(self, account_id: str) -> Wallet:
        """Raises: NotFound, Unavailable."""
        return self.wallets.read(account_id)
