"""Once: what makes a repeated request the same request, and what its first answer was."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from webferry.domain.errors import Conflict, InvalidRequest

MAX_KEY_LENGTH = 255
ANSWER_LIFETIME_MS = 24 * 3600 * 1000
# Space is for the middle: HTTP trims the ends of a header.
KEY_PATTERN = "[!-~]([ -~]*[!-~])?"


class StillAnswering(Conflict):
    """The first of the same requests has not been answered yet."""

    retryable = True
    retry_after_s = 1


@dataclass(frozen=True, slots=True)
class Once:
    """A name that an account may use for one request only, and what that request was."""

    name: str
    fingerprint: str

    @classmethod
    def of(cls, account_id: str, key: str, request: bytes) -> Self:
        """The caller's own key for a request with this content."""
        name = sha256(f"{account_id}\n{key}".encode()).hexdigest()
        return cls(name, sha256(request).hexdigest())

    def check(self, fingerprint: str) -> None:
        """Raises: Conflict: the name stands for another request."""
        if fingerprint != self.fingerprint:
            raise Conflict("That Idempotency-Key was used for another request")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who answers a request, and until when nobody else may."""

    once: Once
    holder: str
    until_ms: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, word for word."""

    status: int
    media_type: str
    body: bytes


def checked_key(key: str) -> str:
    """A key that a caller has chosen.

    Raises: InvalidRequest.
    """
    if len(key) > MAX_KEY_LENGTH or not re.fullmatch(KEY_PATTERN, key):
        why = f"must have 1 to {MAX_KEY_LENGTH} printable ASCII characters"
        raise InvalidRequest(f"Idempotency-Key {why}", **{"Idempotency-Key": why})
    return key
