"""Sockets of what is remembered of requests, and the errors that may come out of it."""

from dataclasses import dataclass
from typing import Protocol

from webferry.domain.once import Claim
from webferry.domain.rates import Rate


class Buckets(Protocol):
    """What keys have used of their limits."""

    def take(
        self, name: str, rate: Rate, count: int, now_us: int, believed_us: int
    ) -> tuple[bool, int]:
        """Whether there was room for so many, and when all of the bucket will have flowed back.

        `believed_us` is that moment as the caller knows it, 0 if it does not.

        Raises: Unavailable.
        """


@dataclass(frozen=True, slots=True)
class Met:
    """What stands where a claim was laid: another one, with its sealed answer if there is one."""

    fingerprint: str
    sealed: bytes | None


class Answers(Protocol):
    """First answers, sealed, by the name of their request."""

    def claim(self, claim: Claim, now_ms: int) -> Met | None:
        """Lay a claim where there is none that still counts, else what was met.

        Raises: Unavailable.
        """

    def keep(self, claim: Claim, sealed: bytes, until_ms: int) -> None:
        """Store the answer of a request, unless somebody else has claimed it meanwhile.

        Raises: Unavailable.
        """

    def release(self, claim: Claim) -> None:
        """Let anybody answer the request, at once.

        Raises: Unavailable.
        """


class Vault(Protocol):
    """Encrypts what we keep for others."""

    def seal(self, content: bytes, *, owner: str) -> bytes:
        """Raises: Unavailable."""

    def unseal(self, sealed: bytes, *, owner: str) -> bytes:
        """What was sealed for this owner.

        Raises: Unavailable, InternalError: not sealed by us, or for somebody else.
        """
