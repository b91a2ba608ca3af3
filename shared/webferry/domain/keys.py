"""API keys: how one is written, what it may do, and what is left of it once it has been shown.

A key reads `scr_live_`, then eight characters that name its account, 32 random ones, and a
checksum of six. The account's name lets one read fetch the key and the account's state together;
the checksum refuses typing errors and made-up keys before any read.
"""

import hmac
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Self

from webferry.domain.accounts import ACCOUNT_HANDLE_LENGTH, ACCOUNT_PREFIX, account_id
from webferry.domain.errors import Forbidden, InvalidRequest, Unauthorized
from webferry.domain.plain_text import LINE_PATTERN

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
KEY_PREFIX = "scr_live_"
SECRET_LENGTH = 32
CHECKSUM_LENGTH = 6
MAX_NAME_LENGTH = 100

_KEY = re.compile(
    rf"{KEY_PREFIX}(?P<handle>[0-9A-Za-z]{{{ACCOUNT_HANDLE_LENGTH}}})"
    rf"[0-9A-Za-z]{{{SECRET_LENGTH}}}(?P<checksum>[0-9A-Za-z]{{{CHECKSUM_LENGTH}}})"
)

_KEY_ID = re.compile(r"key-[0-9]{1,16}")


class Scope(StrEnum):
    """One thing a key may be allowed to do."""

    FLOWS_READ = "flows:read"
    FLOWS_WRITE = "flows:write"
    RUNS_READ = "runs:read"
    RUNS_WRITE = "runs:write"
    TOOLS_READ = "tools:read"
    TOOLS_RUN = "tools:run"
    SCRAPE_RUN = "scrape:run"
    EXTRACT_RUN = "extract:run"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    CREDITS_READ = "credits:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key: everything but the key."""

    id: str
    account_id: str
    name: str
    scopes: tuple[Scope, ...]
    masked: str
    created_at_ms: int
    last_used_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking, and what they may ask for."""

    account_id: str
    key_id: str
    scopes: tuple[Scope, ...]

    @classmethod
    def operator(cls, account_id: str) -> Self:
        """The operator acting for an account: no key, every scope."""
        return cls(account_id, key_id="operator", scopes=tuple(Scope))

    @classmethod
    def owner(cls, account_id: str) -> Self:
        """The owner of the account at our own pages: no key, every scope."""
        return cls(account_id, key_id="session", scopes=tuple(Scope))

    def require(self, scope: Scope) -> None:
        """Raises: Forbidden."""
        if scope not in self.scopes:
            raise Forbidden(f"This API key lacks the scope {scope}", scope=str(scope))


def mint(account: str, secret: str) -> str:
    """The key of an account, made from 32 random base62 characters."""
    body = account.removeprefix(ACCOUNT_PREFIX) + secret
    return f"{KEY_PREFIX}{body}{checksum(body)}"


def account_of(key: str) -> str:
    """The id of the account a key claims to belong to.

    Raises: Unauthorized: not a key that we could have issued.
    """
    found = _KEY.fullmatch(key)
    if not found or checksum(key[len(KEY_PREFIX) : -CHECKSUM_LENGTH]) != found["checksum"]:
        raise Unauthorized("Missing or invalid API key")
    return account_id(found["handle"])


def digest(key: str, pepper: bytes) -> str:
    """The only form in which a key is stored: useless to whoever reads the table alone."""
    return hmac.digest(pepper, key.encode(), sha256).hex()


def masked(key: str) -> str:
    """How a key is listed."""
    return f"{KEY_PREFIX}****{key[-4:]}"


def key_id(issued_at_ms: int) -> str:
    """The public id of a key issued at that moment."""
    return f"key-{issued_at_ms}"


def is_key_id(text: str) -> bool:
    """Whether a key could have this id."""
    return _KEY_ID.fullmatch(text) is not None


def checked_name(name: str) -> str:
    """The name of a key, trimmed.

    Raises: InvalidRequest.
    """
    trimmed = name.strip()
    if not re.fullmatch(LINE_PATTERN, trimmed) or len(trimmed) > MAX_NAME_LENGTH:
        why = f"must have 1 to {MAX_NAME_LENGTH} printable characters"
        raise InvalidRequest(f"The key's name {why}", name=why)
    return trimmed


def granted(asked: Sequence[Scope] | None, maker: Caller) -> tuple[Scope, ...]:
    """The scopes of a new key: those asked for, else all of its maker's.

    Raises: Forbidden: a maker cannot grant what it lacks.
    """
    if asked is None:
        return maker.scopes
    beyond = [scope for scope in asked if scope not in maker.scopes]
    if beyond:
        names = ", ".join(beyond)
        raise Forbidden(f"This API key cannot grant scopes it lacks: {names}", scopes=names)
    return tuple(dict.fromkeys(asked))


def checksum(body: str) -> str:
    """The six characters by which a typing error is found out."""
    rest, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(BASE62))
        digits = BASE62[digit] + digits
    return digits
