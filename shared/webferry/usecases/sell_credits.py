"""Sells packs of credits: an address to pay at, and the credits once the payment has arrived."""

from dataclasses import dataclass

from webferry.credit_ports import Payments
from webferry.domain.errors import Unavailable
from webferry.domain.packs import Purchase, pack_of
from webferry.ports import Clock, Wallets


@dataclass(frozen=True, slots=True)
class SellCredits:
    """The caller's word is never taken for a payment: only the service's signed message is."""

    payments: Payments
    wallets: Wallets
    clock: Clock

    async def checkout(self, account_id: str, pack_id: str, back_url: str) -> str:
        """Where to pay for a pack.

        Raises: NotFound: no such pack; Unavailable: nothing is sold here.
        """
        pack = pack_of(pack_id)
        if self.payments.missing:
            raise Unavailable(self.payments.missing)
        return await self.payments.checkout(pack, account_id, back_url)

    def confirm(self, message: bytes, signature: str) -> Purchase | None:
        """Add what a message says was paid for; the same payment again changes nothing.

        Raises: InvalidRequest, NotFound: no such account; Conflict, Unavailable.
        """
        if self.payments.missing:
            raise Unavailable(self.payments.missing)
        purchase = self.payments.purchase(message, signature)
        if purchase:
            self.wallets.post(purchase.account_id, purchase.entry(self.clock.now_ms()))
        return purchase
