"""What a refusal says beside its sentence: where access is granted, and which scope is missing."""

from collections.abc import Mapping
from typing import Any

from mcp_server.caller import Visit
from webferry.access_wiring import gatehouse
from webferry.domain.errors import ErrorCode, WebferryError
from webferry.domain.grants import GRANTABLE
from webferry.domain.keys import Caller
from webferry.domain.tokens import TokenKind
from webferry.wiring import house


def caller_of(token: str, aws_event: Mapping[str, Any]) -> Caller:
    """Whose API key or access token this is; a token is good for this resource alone.

    Raises: Unauthorized, UserDisabled, Unavailable.
    """
    if is_token(token):
        return gatehouse().authenticate_token(token, gatehouse().resource(_domain(aws_event)))
    return house().authenticate(token)


def is_token(text: str) -> bool:
    """Whether an application calls, and not somebody with a key."""
    return text.startswith(TokenKind.ACCESS)


def challenge(error: WebferryError, token: str, aws_event: Mapping[str, Any]) -> str:
    """What a caller can do about it; empty if nothing (RFC 6750, 9728)."""
    if error.code is not ErrorCode.UNAUTHORIZED:
        return ""
    told = f'Bearer error="invalid_token", {_where(aws_event)}' if token else _bare(aws_event)
    return f'{told}, scope="{" ".join(GRANTABLE)}"'


def scope_challenge(visit: Visit, aws_event: Mapping[str, Any]) -> str:
    """What a token that lacks a scope should be asked for instead."""
    scopes = " ".join(dict.fromkeys([*visit.caller.scopes, *visit.missing]))
    return f'Bearer error="insufficient_scope", scope="{scopes}", {_where(aws_event)}'


def _bare(aws_event: Mapping[str, Any]) -> str:
    return f"Bearer {_where(aws_event)}"


def _where(aws_event: Mapping[str, Any]) -> str:
    issuer = gatehouse().issuer(_domain(aws_event))
    return f'resource_metadata="{issuer}/.well-known/oauth-protected-resource/mcp"'


def _domain(aws_event: Mapping[str, Any]) -> str:
    return str(aws_event.get("requestContext", {}).get("domainName", ""))
