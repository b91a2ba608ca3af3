"""Proves balances: every pot is the sum of its entries, and every hold ends once at most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from webferry.credit_ports import Ledgers
from webferry.domain.credits import EntryKind, LedgerEntry, Pot
from webferry.domain.jobs import JOB_LIFETIME_MS
from webferry.ports import Clock

# The wallet may move while its ledger is read; then both are read again.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One account's books: what was added up, and what is wrong with it."""

    account_id: str
    entries: int
    pots: dict[Pot, int]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifyBooks:
    """Reads only: what is wrong is for a person to put right."""

    ledgers: Ledgers
    clock: Clock

    def __call__(self, account_id: str) -> Verdict:
        """Raises: NotFound, Unavailable."""
        pots = dict(self.ledgers.pots(account_id))
        entries: list[LedgerEntry] = []
        for _ in range(ROUNDS):
            entries = self.ledgers.entries(account_id)
            now = dict(self.ledgers.pots(account_id))
            if now == pots:
                break
            pots = now
        faults = (*_sums(entries, pots), *_holds(entries, self.clock.now_ms()))
        return Verdict(account_id, len(entries), pots, faults)

    def everybody(self) -> Iterator[Verdict]:
        """Raises: Unavailable."""
        return (self(account_id) for account_id in self.ledgers.accounts())


def _sums(entries: list[LedgerEntry], pots: dict[Pot, int]) -> Iterator[str]:
    total: Counter[Pot] = Counter()
    for entry in entries:
        total.update(entry.changes)
    for pot in Pot:
        if total[pot] != pots[pot]:
            yield f"{pot} is {pots[pot]}, its entries add up to {total[pot]}"
    if pots[Pot.BALANCE] < 0 or pots[Pot.HELD] < 0:
        yield "there is less than nothing in a pot"


def _holds(entries: list[LedgerEntry], now_ms: int) -> Iterator[str]:
    held: Counter[str] = Counter()
    seen: Counter[tuple[EntryKind, str]] = Counter()
    opened_at_ms: dict[str, int] = {}
    for entry in entries:
        held[entry.reference] += entry.changes.get(Pot.HELD, 0)
        seen[entry.kind, entry.reference] += 1
        if entry.kind is EntryKind.HOLD:
            opened_at_ms[entry.reference] = entry.created_at_ms
    for (kind, reference), count in seen.items():
        if count > 1:
            yield f"{kind} of {reference} stands {count} times"
    for reference, left in held.items():
        if left < 0:
            yield f"{reference} gave back {-left} more than it held"
        if left > 0 and opened_at_ms.get(reference, 0) + JOB_LIFETIME_MS < now_ms:
            yield f"{reference} still holds {left}, though no job lives that long"
