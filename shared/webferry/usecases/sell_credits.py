"""Sells packs of credits: an address to pay at, the credits once it is paid, and refunds."""

from dataclasses import dataclass

from webferry.credit_ports import Payments
from webferry.domain.credits import Refund
from webferry.domain.errors import Unavailable
from webferry.domain.packs import Purchase, pack_of
from webferry.ports import Clock, Wallets
from webferry.usecases.refund_credits import RefundCredits


@dataclass(frozen=True, slots=True)
class SellCredits:
    """The caller's word is never taken for a payment: only the service's signed message is."""

    payments: Payments
    wallets: Wallets
    refund: RefundCredits
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
        """Add what a message says was paid for, or take back what was refunded, each of it once.

        Raises: InvalidRequest, NotFound: no such account; Conflict, Unavailable.
        """
        if self.payments.missing:
            raise Unavailable(self.payments.missing)
        told = self.payments.read(message, signature)
        if isinstance(told, Refund):
            self.refund(told)
            return None
        if told:
            self.wallets.post(told.account_id, told.entry(self.clock.now_ms()))
        return told
