"""Packs: credits as they are sold, and a sale that has been paid for."""

from dataclasses import dataclass

from webferry.domain.credits import MAX_REFERENCE_LENGTH, EntryKind, LedgerEntry
from webferry.domain.errors import InvalidRequest, NotFound

MAX_PACK_CREDITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Pack:
    """So many credits for so much."""

    id: str
    credits: int
    price_cents: int
    currency: str = "usd"


PACKS = (Pack("small", 500, 500), Pack("medium", 2_500, 2_000), Pack("large", 10_000, 6_000))


@dataclass(frozen=True, slots=True)
class Purchase:
    """A payment that has arrived; the reference is the payment's own, so it counts once."""

    account_id: str
    credits: int
    reference: str

    def entry(self, now_ms: int) -> LedgerEntry:
        """What it adds to the ledger.

        Raises: InvalidRequest: no sale of ours.
        """
        sound = 1 <= self.credits <= MAX_PACK_CREDITS
        if not sound or not 1 <= len(self.reference) <= MAX_REFERENCE_LENGTH:
            raise InvalidRequest("The payment is for no pack of ours")
        return LedgerEntry(EntryKind.PURCHASE, self.reference, self.credits, now_ms)


def pack_of(pack_id: str) -> Pack:
    """Raises: NotFound."""
    for pack in PACKS:
        if pack.id == pack_id:
            return pack
    raise NotFound(f"Unknown pack: {pack_id[:100]}")
