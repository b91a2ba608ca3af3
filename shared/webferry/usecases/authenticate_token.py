"""Turns an application's access token into the caller it stands for."""

from dataclasses import dataclass

from webferry.access_ports import Grants
from webferry.domain import keys, tokens
from webferry.domain.errors import NotFound, Unauthorized, UserDisabled
from webferry.domain.keys import Caller
from webferry.domain.tokens import TokenKind
from webferry.ports import Accounts, Clock, Pepper

_REFUSED = "Missing or invalid token"


@dataclass(frozen=True, slots=True)
class AuthenticateToken:
    """Grant and account are read as they stand now, so both bind at once when taken away."""

    grants: Grants
    accounts: Accounts
    pepper: Pepper
    clock: Clock

    def __call__(self, text: str, audience: str) -> Caller:
        """The caller, with what the token allows at this audience.

        Raises: Unauthorized, UserDisabled, Unavailable.
        """
        token = tokens.read(text, TokenKind.ACCESS)
        digest = keys.digest(text, self.pepper.value())
        standing = self.grants.standing(token.account_id, token.family, digest)
        if (
            standing is None
            or standing.token.kind is not TokenKind.ACCESS
            or standing.token.expires_at_ms <= self.clock.now_ms()
            or standing.grant.resource != audience
        ):
            raise Unauthorized(_REFUSED)
        try:
            account = self.accounts.get(token.account_id)
        except NotFound as error:
            raise Unauthorized(_REFUSED) from error
        if not account.enabled:
            raise UserDisabled("Account is disabled")
        return Caller(token.account_id, standing.grant.id, standing.token.scopes)
