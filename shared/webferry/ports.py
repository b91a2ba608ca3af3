"""Sockets: what the use cases need from the world, and the errors that may come out of it."""

from typing import Protocol

from webferry.domain.accounts import Account
from webferry.domain.credits import LedgerEntry, Wallet
from webferry.domain.keys import ApiKey
from webferry.domain.pages import Page, PageRequest


class Clock(Protocol):
    """Time, in two kinds."""

    def now_ms(self) -> int:
        """The time of day, as milliseconds since 1970."""

    def tick_ms(self) -> float:
        """A time that never jumps, to measure durations with."""


class Chance(Protocol):
    """Random values that nobody can foresee."""

    def base62(self, length: int) -> str:
        """That many random letters and digits."""

    def octets(self, length: int) -> bytes:
        """That many random bytes."""


class Pepper(Protocol):
    """The secret without which a stored key digest is worthless."""

    def value(self) -> bytes:
        """Raises: Unavailable."""


class Sealer(Protocol):
    """Encrypts what we must be able to read again."""

    def seal(self, text: str, *, owner: str) -> bytes:
        """Raises: Unavailable."""

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        """What was sealed for this owner.

        Raises: Unavailable, InternalError: not sealed by us, or for somebody else.
        """


class Passwords(Protocol):
    """Hashes what we must never be able to read again."""

    def hash(self, password: str) -> str:
        """A slow, salted hash."""


class Accounts(Protocol):
    """Customers. Every method may raise Unavailable."""

    def open(self, account: Account, *, password: str, secret: bytes, entry: LedgerEntry) -> bool:
        """Store account, wallet and first ledger entry at once; False if the id is taken.

        `password` is its hash and `secret` the sealed webhook signing secret.

        Raises: Conflict: the email has an account.
        """

    def get(self, account_id: str) -> Account:
        """Raises: NotFound."""

    def get_by_email(self, email: str) -> Account:
        """Raises: NotFound."""

    def switch(self, account_id: str, *, enabled: bool) -> None:
        """Raises: NotFound."""


class Keys(Protocol):
    """API keys. Every method may raise Unavailable."""

    def add(self, key: ApiKey, digest: str) -> bool:
        """Store a key; False if its id is taken.

        Raises: NotFound: no such account.
        """

    def find(self, account_id: str, digest: str) -> tuple[ApiKey, bool] | None:
        """The key with this digest, and whether its account is enabled, as of this moment."""

    def list(self, account_id: str) -> list[ApiKey]:
        """Every key of the account, in no order."""

    def remove(self, account_id: str, key_id: str) -> None:
        """Raises: NotFound: no such key of this account."""

    def touch(self, account_id: str, digest: str, used_at_ms: int) -> None:
        """Remember when a key was used; a key removed meanwhile stays removed."""


class Wallets(Protocol):
    """Credits. Every method may raise Unavailable."""

    def read(self, account_id: str) -> Wallet:
        """Raises: NotFound: no such account."""

    def post(self, account_id: str, entry: LedgerEntry) -> None:
        """Move credits and record why, both or neither; the same entry again changes nothing.

        Raises: NotFound: no such account; Conflict: the reference stands for another sum.
        """


class Fetcher(Protocol):
    """Brings pages."""

    async def fetch(self, request: PageRequest) -> Page:
        """Raises: PageError."""
