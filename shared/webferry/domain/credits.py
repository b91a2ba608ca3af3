"""Credits: a wallet, and the ledger entries that alone may change it."""

from dataclasses import dataclass
from enum import StrEnum

from webferry.domain.errors import InvalidRequest

WELCOME_CREDITS = 50
MAX_GRANT = 1_000_000
MAX_REFERENCE_LENGTH = 100


class EntryKind(StrEnum):
    """Why credits moved."""

    WELCOME = "welcome"
    GRANT = "grant"


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


def welcome(now_ms: int) -> LedgerEntry:
    """What every new account gets, once."""
    return LedgerEntry(EntryKind.WELCOME, "sign-up", WELCOME_CREDITS, now_ms)


def grant(amount: int, reference: str, now_ms: int) -> LedgerEntry:
    """Credits given by the operator; the same reference is the same gift.

    Raises: InvalidRequest.
    """
    if not 1 <= amount <= MAX_GRANT:
        why = f"must be 1 to {MAX_GRANT}"
        raise InvalidRequest(f"The credits to grant {why}", credits=why)
    if not 1 <= len(reference) <= MAX_REFERENCE_LENGTH or not reference.isprintable():
        why = f"must have 1 to {MAX_REFERENCE_LENGTH} printable characters"
        raise InvalidRequest(f"The reference of a grant {why}", reference=why)
    return LedgerEntry(EntryKind.GRANT, reference, amount, now_ms)
