"""Trades a code for tokens, once; who brings it a second time voids what the first one got."""

from collections.abc import Sequence
from dataclasses import dataclass

from webferry.access_ports import Grants
from webferry.domain import grants, tokens
from webferry.domain.errors import NotFound, Unauthorized
from webferry.domain.grants import Code, Grant
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.domain.tokens import TokenKind
from webferry.ports import Accounts, Clock
from webferry.usecases.token_press import IssuedTokens, TokenPress

_WORTHLESS = "code: is not valid, or no longer"


@dataclass(frozen=True, slots=True)
class Redemption:
    """What an application brings with its code."""

    code: str
    client_id: str
    redirect_uri: str
    verifier: str
    resources: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RedeemCode:
    """Of many who bring one code at once, one gets tokens, and the others void them."""

    grants: Grants
    accounts: Accounts
    press: TokenPress
    clock: Clock

    def __call__(self, asked: Redemption) -> IssuedTokens:
        """Raises: OAuthRefused, Unavailable."""
        digest = self.press.digest(asked.code)
        code = self._code(asked, digest)
        now_ms = self.clock.now_ms()
        _check(code, asked, now_ms)
        check_enabled(self.accounts, code.account_id)
        grant = Grant(
            account_id=code.account_id,
            family=code.family,
            client_id=code.client_id,
            client_name=code.client_name,
            scopes=code.scopes,
            resource=code.resource,
            created_at_ms=now_ms,
            last_used_at_ms=now_ms,
        )
        pressed = self.press(grant, grant.scopes, now_ms)
        if not self.grants.redeem(digest, grant, pressed.kept):
            self.grants.revoke(code.account_id, code.family)
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
        return pressed.issued

    def _code(self, asked: Redemption, digest: str) -> Code:
        try:
            token = tokens.read(asked.code, TokenKind.CODE)
        except Unauthorized as error:
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS) from error
        code = self.grants.code(token.account_id, digest)
        if code and code.is_spent:
            self.grants.revoke(code.account_id, code.family)
        if code is None or code.is_spent:
            raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
        return code


def check_enabled(accounts: Accounts, account_id: str) -> None:
    """Refuse tokens to an account that is switched off.

    Raises: OAuthRefused, Unavailable.
    """
    try:
        enabled = accounts.get(account_id).enabled
    except NotFound:
        enabled = False
    if not enabled:
        raise OAuthRefused(OAuthReason.INVALID_GRANT, "Account is disabled")


def _check(code: Code, asked: Redemption, now_ms: int) -> None:
    is_theirs = (
        code.client_id == asked.client_id
        and code.redirect_uri == asked.redirect_uri
        and code.expires_at_ms > now_ms
    )
    if not is_theirs:
        raise OAuthRefused(OAuthReason.INVALID_GRANT, _WORTHLESS)
    if not grants.is_verified(code.challenge, asked.verifier):
        raise OAuthRefused(OAuthReason.INVALID_GRANT, "code_verifier: does not fit")
    grants.check_resource(list(asked.resources), code.resource)
