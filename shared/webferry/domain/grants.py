"""Grants: what a user lets an application do, and the code by which the application gets it."""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from webferry.domain.clients import Client
from webferry.domain.keys import Scope
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused

APP_PREFIX = "app_"
CODE_LIFE_MS = 60_000
ACCESS_LIFE_MS = 3_600_000
REFRESH_LIFE_MS = 30 * 24 * 3_600_000
# A code is remembered after its minute, so that who brings it again is found out.
CODE_MEMORY_MS = 24 * 3_600_000
MAX_STATE_LENGTH = 1024

# An application works with pages; keys and webhooks stay with the user.
GRANTABLE = tuple(scope for scope in Scope if not scope.value.startswith(("keys:", "webhooks:")))
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an application asks a user for, checked."""

    client: Client
    redirect_uri: str
    scopes: tuple[Scope, ...]
    resource: str
    challenge: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """What a user has agreed to, until the application fetches it."""

    account_id: str
    family: str
    client_id: str
    client_name: str
    redirect_uri: str
    scopes: tuple[Scope, ...]
    resource: str
    challenge: str
    expires_at_ms: int
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """A connected application; all its tokens die with it."""

    account_id: str
    family: str
    client_id: str
    client_name: str
    scopes: tuple[Scope, ...]
    resource: str
    created_at_ms: int
    last_used_at_ms: int

    @property
    def id(self) -> str:
        """Its public id."""
        return APP_PREFIX + self.family


def asked_scopes(text: str | None) -> tuple[Scope, ...]:
    """The scopes that a request names, else all that an application may have.

    Raises: OAuthRefused.
    """
    names = (text or "").split(" ") if text else []
    if not names:
        return GRANTABLE
    strange = [name for name in names if name not in GRANTABLE]
    if strange:
        raise OAuthRefused(OAuthReason.INVALID_SCOPE, "scope: holds one that cannot be granted")
    return tuple(dict.fromkeys(Scope(name) for name in names))


def narrowed_scopes(text: str | None, granted: tuple[Scope, ...]) -> tuple[Scope, ...]:
    """The scopes of a refreshed token: never more than were granted.

    Raises: OAuthRefused.
    """
    scopes = asked_scopes(text) if text else granted
    if not set(scopes) <= set(granted):
        raise OAuthRefused(OAuthReason.INVALID_SCOPE, "scope: exceeds what was granted")
    return scopes


def check_challenge(challenge: str | None, method: str | None) -> str:
    """The challenge of a request; only S256 protects a code (RFC 7636).

    Raises: OAuthRefused.
    """
    if method != "S256":
        raise OAuthRefused(OAuthReason.INVALID_REQUEST, "code_challenge_method: must be S256")
    if not challenge or not _CHALLENGE.fullmatch(challenge):
        raise OAuthRefused(
            OAuthReason.INVALID_REQUEST, "code_challenge: must be 43 base64url characters"
        )
    return challenge


def is_verified(challenge: str, verifier: str) -> bool:
    """Whether whoever brings the code is who asked for it."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    return hmac.compare_digest(made, challenge)


def check_resource(asked: list[str], ours: str) -> str:
    """The one resource that tokens are for (RFC 8707); absent, it is ours.

    Raises: OAuthRefused.
    """
    if any(resource.rstrip("/") != ours for resource in asked):
        raise OAuthRefused(OAuthReason.INVALID_TARGET, f"resource: only {ours} is served here")
    return ours
