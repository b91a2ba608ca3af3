"""Starts a session: its text goes into one browser's cookie, only its digest is kept."""

from dataclasses import dataclass

from webferry.access_ports import Sessions
from webferry.domain import keys, tokens
from webferry.domain.sessions import SESSION_LIFE_MS, Session
from webferry.domain.tokens import TokenKind
from webferry.ports import Chance, Clock, Pepper


@dataclass(frozen=True, slots=True)
class StartSession:
    """Each sign-in has a session of its own, so none can be planted."""

    sessions: Sessions
    pepper: Pepper
    chance: Chance
    clock: Clock

    def __call__(self, account_id: str) -> str:
        """Raises: Unavailable."""
        family = self.chance.base62(tokens.FAMILY_LENGTH)
        secret = self.chance.base62(keys.SECRET_LENGTH)
        token = tokens.mint(TokenKind.SESSION, account_id, family, secret)
        now_ms = self.clock.now_ms()
        session = Session(account_id, now_ms, now_ms + SESSION_LIFE_MS)
        self.sessions.start(session, keys.digest(token.text, self.pepper.value()))
        return token.text
