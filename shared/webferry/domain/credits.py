"""Credits: a wallet, and the ledger entries that alone may change it.

Every entry moves a sum from one pot to another, so the pots of an account always add up to nothing:

    issued ──welcome, grant, purchase──► balance ──hold──► held ──capture──► spent
           ◄────────refund──────────────         ◄─release─
"""

from dataclasses import dataclass
from enum import StrEnum

from webferry.domain.errors import InvalidRequest

WELCOME_CREDITS = 50
MAX_GRANT = 1_000_000
MAX_REFERENCE_LENGTH = 100
FREE_RUNS_PER_DAY = 3


class Pot(StrEnum):
    """Where credits are; what has been issued counts as a debt."""

    ISSUED = "issued"
    BALANCE = "balance"
    HELD = "held"
    SPENT = "spent"


class EntryKind(StrEnum):
    """Why credits moved."""

    WELCOME = "welcome"
    GRANT = "grant"
    PURCHASE = "purchase"
    REFUND = "refund"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"

    @property
    def way(self) -> tuple[Pot, Pot]:
        """From which pot to which."""
        return _WAYS[self]


_WAYS = {
    EntryKind.WELCOME: (Pot.ISSUED, Pot.BALANCE),
    EntryKind.GRANT: (Pot.ISSUED, Pot.BALANCE),
    EntryKind.PURCHASE: (Pot.ISSUED, Pot.BALANCE),
    EntryKind.REFUND: (Pot.BALANCE, Pot.ISSUED),
    EntryKind.HOLD: (Pot.BALANCE, Pot.HELD),
    EntryKind.CAPTURE: (Pot.HELD, Pot.SPENT),
    EntryKind.RELEASE: (Pot.HELD, Pot.BALANCE),
}


class Payment(StrEnum):
    """How a job is paid for."""

    CREDITS = "credits"
    FREE_RUN = "free_run"
    NOTHING = "nothing"


class Billing(StrEnum):
    """Which work costs credits: that of the Tools API, all, or none."""

    TOOLS = "tools"
    ALL = "all"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Wallet:
    """What an account can spend, and what open work has set aside."""

    balance: int
    held: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement of credits; kind and reference make it unique, so it happens once."""

    kind: EntryKind
    reference: str
    credits: int
    created_at_ms: int
    tool: str = ""

    @property
    def changes(self) -> dict[Pot, int]:
        """What it adds to each pot."""
        source, target = self.kind.way
        return {source: -self.credits, target: self.credits}


@dataclass(frozen=True, slots=True)
class Refund:
    """Credits whose money went back: of one payment, all that was ever given back of it.

    What is spent stays spent: only what the balance still has is taken.
    """

    account_id: str
    reference: str
    credits: int

    def entry(self, taken: int, now_ms: int) -> LedgerEntry:
        """What it takes; a payment given back bit by bit has one entry for each bit."""
        return LedgerEntry(EntryKind.REFUND, f"{self.reference}/{self.credits}", taken, now_ms)


@dataclass(frozen=True, slots=True)
class FreeRun:
    """One of the runs that an account has of a tool on one day, as days are in UTC."""

    account_id: str
    tool: str
    day: str


def welcome(now_ms: int) -> LedgerEntry:
    """What every new account gets, once."""
    return LedgerEntry(EntryKind.WELCOME, "sign-up", WELCOME_CREDITS, now_ms)


def grant(amount: int, reference: str, now_ms: int) -> LedgerEntry:
    """Credits given by the operator; the same reference is the same gift.

    Raises: InvalidRequest.
    """
    _check(amount, reference, "grant")
    return LedgerEntry(EntryKind.GRANT, reference, amount, now_ms)


def refund(account_id: str, amount: int, reference: str) -> Refund:
    """Credits whose money the operator has given back; the same reference is the same refund.

    Raises: InvalidRequest.
    """
    _check(amount, reference, "refund")
    return Refund(account_id, reference, amount)


def _check(amount: int, reference: str, what: str) -> None:
    if not 1 <= amount <= MAX_GRANT:
        why = f"must be 1 to {MAX_GRANT}"
        raise InvalidRequest(f"The credits to {what} {why}", credits=why)
    if not 1 <= len(reference) <= MAX_REFERENCE_LENGTH or not reference.isprintable():
        why = f"must have 1 to {MAX_REFERENCE_LENGTH} printable characters"
        raise InvalidRequest(f"The reference of a {what} {why}", reference=why)
