"""Turns the text of a session into the visitor it stands for, and ends sessions."""

from dataclasses import dataclass

from webferry.access_ports import Sessions
from webferry.domain import keys, tokens
from webferry.domain.errors import Unauthorized, UserDisabled
from webferry.domain.sessions import Visitor, form_proof
from webferry.domain.tokens import TokenKind
from webferry.ports import Clock, Pepper


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One read: session and account are fetched together, so both bind at once."""

    sessions: Sessions
    pepper: Pepper
    clock: Clock

    def __call__(self, text: str) -> Visitor:
        """Raises: Unauthorized: nobody is signed in, UserDisabled, Unavailable."""
        token, pepper = tokens.read(text, TokenKind.SESSION), self.pepper.value()
        found = self.sessions.find(token.account_id, keys.digest(text, pepper))
        if found is None or found[0].expires_at_ms <= self.clock.now_ms():
            raise Unauthorized("Nobody is signed in")
        _, account = found
        if not account.enabled:
            raise UserDisabled("Account is disabled")
        return Visitor(account.id, account.email, form_proof(text, pepper))


@dataclass(frozen=True, slots=True)
class SignOut:
    """Ends a session, or all of its account's."""

    sessions: Sessions
    pepper: Pepper
    clock: Clock

    def __call__(self, text: str, *, everywhere: bool = False) -> None:
        """Raises: Unauthorized: no session of ours, Unavailable."""
        token = tokens.read(text, TokenKind.SESSION)
        digest = keys.digest(text, self.pepper.value())
        if self.sessions.find(token.account_id, digest) is None:
            return
        self.sessions.end(token.account_id, digest)
        if everywhere:
            self.sessions.end_all(token.account_id, self.clock.now_ms())
