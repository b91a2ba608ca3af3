"""Sockets of people and applications: who signs in, and what they let others do."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from webferry.domain.accounts import Account
from webferry.domain.clients import Client
from webferry.domain.grants import Code, Grant
from webferry.domain.keys import Scope
from webferry.domain.sessions import Session
from webferry.domain.tokens import TokenKind


class Checker(Protocol):
    """Compares passwords with their hashes."""

    def matches(self, password_hash: str, password: str) -> bool:
        """Whether this is the password; as slow as making the hash."""


class Credentials(Protocol):
    """What people sign in with."""

    def find(self, email: str) -> tuple[Account, str] | None:
        """The account of an email with its password's hash, in as many reads if there is none.

        Raises: Unavailable.
        """


class Sessions(Protocol):
    """Who is signed in. Every method may raise Unavailable."""

    def start(self, session: Session, digest: str) -> None:
        """Remember a sign-in until it expires."""

    def find(self, account_id: str, digest: str) -> tuple[Session, Account] | None:
        """The session with this digest, and its account, as of this moment."""

    def end(self, account_id: str, digest: str) -> None:
        """Forget a session; one that is not there is forgotten already."""

    def end_all(self, account_id: str, now_ms: int) -> None:
        """Void every session that began until now."""


class KeptToken(NamedTuple):
    """One token as it is stored."""

    kind: TokenKind
    digest: str
    scopes: tuple[Scope, ...]
    expires_at_ms: int


class Standing(NamedTuple):
    """A token and what it hangs from."""

    token: KeptToken
    is_spent: bool
    grant: Grant


class Grants(Protocol):
    """Codes, connected applications and their tokens. Every method may raise Unavailable."""

    def offer(self, code: Code, digest: str) -> None:
        """Remember a code."""

    def code(self, account_id: str, digest: str) -> Code | None:
        """A code, spent or not."""

    def redeem(self, digest: str, grant: Grant, tokens: Sequence[KeptToken]) -> bool:
        """Spend a code for a grant and its tokens, at once; False if it was spent before."""

    def rotate(self, digest: str, grant: Grant, tokens: Sequence[KeptToken]) -> bool:
        """Spend a refresh token for new ones; False if it was spent or its grant is gone."""

    def standing(self, account_id: str, family: str, digest: str) -> Standing | None:
        """A token with its grant; None unless both are there."""

    def drop(self, account_id: str, digest: str) -> None:
        """Forget one token."""

    def list(self, account_id: str) -> list[Grant]:
        """The connected applications of an account, in no order."""

    def revoke(self, account_id: str, family: str) -> bool:
        """Forget a grant, and so void all its tokens; False if there is none."""


class Clients(Protocol):
    """Applications that have registered. Every method may raise Unavailable."""

    def put(self, client: Client, kept_ms: int) -> None:
        """Remember a client for so long."""

    def find(self, client_id: str, now_ms: int) -> Client | None:
        """A client that is still remembered."""


class Turnstile(Protocol):
    """Counts what strangers do, so that they cannot do it without end."""

    def admit(self, name: str, limit: int, window_ms: int, now_ms: int) -> bool:
        """Count one more under this name; False when the window is full.

        Raises: Unavailable.
        """


class ClientDocuments(Protocol):
    """Brings what applications say of themselves at their own address."""

    async def fetch(self, url: str) -> bytes:
        """Raises: PageError."""
