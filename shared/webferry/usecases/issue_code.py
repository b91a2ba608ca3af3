"""Writes down that a user has agreed, as a code that lives for a minute and works once."""

from dataclasses import dataclass

from webferry.access_ports import Grants
from webferry.domain import keys, tokens
from webferry.domain.grants import CODE_LIFE_MS, Code, Wish
from webferry.domain.tokens import TokenKind
from webferry.ports import Chance, Clock, Pepper


@dataclass(frozen=True, slots=True)
class IssueCode:
    """The application is connected only when it fetches its tokens."""

    grants: Grants
    pepper: Pepper
    chance: Chance
    clock: Clock

    def __call__(self, account_id: str, wish: Wish) -> str:
        """Raises: Unavailable."""
        family = self.chance.base62(tokens.FAMILY_LENGTH)
        secret = self.chance.base62(keys.SECRET_LENGTH)
        token = tokens.mint(TokenKind.CODE, account_id, family, secret)
        code = Code(
            account_id=account_id,
            family=family,
            client_id=wish.client.id,
            client_name=wish.client.name,
            redirect_uri=wish.redirect_uri,
            scopes=wish.scopes,
            resource=wish.resource,
            challenge=wish.challenge,
            expires_at_ms=self.clock.now_ms() + CODE_LIFE_MS,
        )
        self.grants.offer(code, keys.digest(token.text, self.pepper.value()))
        return token.text
