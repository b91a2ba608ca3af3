"""Makes the pair of tokens that an application gets, and what is kept of them."""

from dataclasses import dataclass

from webferry.access_ports import KeptToken
from webferry.domain import keys, tokens
from webferry.domain.grants import ACCESS_LIFE_MS, REFRESH_LIFE_MS, Grant
from webferry.domain.keys import Scope
from webferry.domain.tokens import TokenKind
from webferry.ports import Chance, Pepper


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """What the application is given, once."""

    access: str
    refresh: str
    scopes: tuple[Scope, ...]
    expires_in_s: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """Tokens in clear, and as they are kept."""

    issued: IssuedTokens
    kept: tuple[KeptToken, KeptToken]


@dataclass(frozen=True, slots=True)
class TokenPress:
    """A refresh token keeps all that was granted, however narrow the access token is."""

    pepper: Pepper
    chance: Chance

    def __call__(self, grant: Grant, scopes: tuple[Scope, ...], now_ms: int) -> Pressed:
        """Raises: Unavailable."""
        access = self._text(TokenKind.ACCESS, grant)
        refresh = self._text(TokenKind.REFRESH, grant)
        kept = (
            KeptToken(TokenKind.ACCESS, self.digest(access), scopes, now_ms + ACCESS_LIFE_MS),
            KeptToken(
                TokenKind.REFRESH, self.digest(refresh), grant.scopes, now_ms + REFRESH_LIFE_MS
            ),
        )
        return Pressed(IssuedTokens(access, refresh, scopes, ACCESS_LIFE_MS // 1000), kept)

    def digest(self, text: str) -> str:
        """The form in which a token is kept."""
        return keys.digest(text, self.pepper.value())

    def _text(self, kind: TokenKind, grant: Grant) -> str:
        secret = self.chance.base62(keys.SECRET_LENGTH)
        return tokens.mint(kind, grant.account_id, grant.family, secret).text
