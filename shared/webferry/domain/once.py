"""Once: what makes a repeated request the same request."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self


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
