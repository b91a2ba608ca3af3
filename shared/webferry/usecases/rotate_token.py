"""Trades a refresh token for new ones; who brings an old one voids its whole family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from webferry.access_ports import Grants, Standing
from webferry.domain import grants, tokens
from webferry.domain.errors import Unauthorized
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.domain.tokens import TokenKind
from webferry.ports import Accounts, Clock
from webferry.usecases.redeem_code import check_enabled
from webferry.usecases.token_press import IssuedTokens, TokenPress

_WORTHLESS = "refresh_token: is not valid, or no longer"


@dataclass(frozen=True, slots=True)
class RotateToken:
    """A stolen token and its owner's cannot both be used: the second use ends both."""

    grants: Grants
    accounts: Accounts
    press: TokenPress
    clock: Clock

    def __call__(
        self, text: str, client_id: str, scope: str | None, resources: Sequence[str]
    ) -> IssuedTokens:
        """Raises: OAuthRefused, Unavailable."""
        digest = self.press.digest(text)
        now_ms = self.clock.now_ms()
        standing = self._standing(text, digest)
        grant = replace(standing.grant, last_used_at_ms=now_ms)
        if standing.is_spent:
            self.grants.revoke(grant.account_id, grant.family)
        is_good = not standing.is_spent and standing.token.expires_at_ms > now_ms
        if not is_good or grant.client_id != client_id:
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
        grants.check_resource(list(resources), grant.resource)
        check_enabled(self.accounts, grant.account_id)
        scopes = grants.narrowed_scopes(scope, grant.scopes)
        pressed = self.press(grant, scopes, now_ms)
        if not self.grants.rotate(digest, grant, pressed.kept):
            self.grants.revoke(grant.account_id, grant.family)
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
        return pressed.issued

    def _standing(self, text: str, digest: str) -> Standing:
        try:
            token = tokens.read(text, TokenKind.REFRESH)
        except Unauthorized as error:
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS) from error
        standing = self.grants.standing(token.account_id, token.family, digest)
        if standing is None:
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
        return standing
