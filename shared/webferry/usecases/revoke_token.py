"""Voids a token that its application gives back (RFC 7009)."""

from dataclasses import dataclass

from webferry.access_ports import Grants
from webferry.domain import tokens
from webferry.domain.errors import Unauthorized
from webferry.domain.tokens import TokenKind
from webferry.usecases.token_press import TokenPress


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """A refresh token takes its family with it; a token we do not know is void already."""

    grants: Grants
    press: TokenPress

    def __call__(self, text: str, client_id: str) -> None:
        """Raises: Unavailable."""
        try:
            token = tokens.read(text, TokenKind.ACCESS, TokenKind.REFRESH)
        except Unauthorized:
            return
        digest = self.press.digest(text)
        standing = self.grants.standing(token.account_id, token.family, digest)
        if standing is None or standing.grant.client_id != client_id:
            return
        if token.kind is TokenKind.REFRESH:
            self.grants.revoke(token.account_id, token.family)
        else:
            self.grants.drop(token.account_id, digest)
