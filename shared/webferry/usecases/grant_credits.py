"""Gives credits to an account, once per reference."""

from dataclasses import dataclass

from webferry.domain import credits
from webferry.domain.credits import Wallet
from webferry.ports import Clock, Wallets


@dataclass(frozen=True, slots=True)
class GrantCredits:
    """Safe to repeat: the reference says which gift is meant."""

    wallets: Wallets
    clock: Clock

    def __call__(self, account_id: str, amount: int, reference: str) -> Wallet:
        """The wallet afterwards.

        Raises: InvalidRequest, NotFound, Conflict: the reference meant another sum, Unavailable.
        """
        self.wallets.post(account_id, credits.grant(amount, reference, self.clock.now_ms()))
        return self.wallets.read(account_id)
