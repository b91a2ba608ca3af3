"""Sessions: somebody who has signed in, in one browser, for a while."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

SESSION_LIFE_MS = 30 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in."""

    account_id: str
    created_at_ms: int
    expires_at_ms: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, and the proof that a form was made for them."""

    account_id: str
    email: str
    form_proof: str


def form_proof(session: str, pepper: bytes) -> str:
    """What a form of this session carries: another site can neither read nor make it."""
    return hmac.digest(pepper, f"form {session}".encode(), sha256).hex()


def is_proof(given: str, expected: str) -> bool:
    """Compared in the same time, however much of it is right."""
    return hmac.compare_digest(given.encode(), expected.encode())
