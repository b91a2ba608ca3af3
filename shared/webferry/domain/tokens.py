"""Tokens: sessions, codes, access and refresh, all written alike and kept as digests only.

A token reads its kind, then eight characters that name its account, twelve of the family it
belongs to, 32 random ones, and a checksum of six. So one read fetches a token with its family.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from webferry.domain.accounts import ACCOUNT_HANDLE_LENGTH, ACCOUNT_PREFIX, account_id
from webferry.domain.errors import Unauthorized
from webferry.domain.keys import CHECKSUM_LENGTH, SECRET_LENGTH, checksum

FAMILY_LENGTH = 12

_TOKEN = re.compile(
    rf"(?P<handle>[0-9A-Za-z]{{{ACCOUNT_HANDLE_LENGTH}}})"
    rf"(?P<family>[0-9A-Za-z]{{{FAMILY_LENGTH}}})"
    rf"[0-9A-Za-z]{{{SECRET_LENGTH}}}(?P<checksum>[0-9A-Za-z]{{{CHECKSUM_LENGTH}}})"
)


class TokenKind(StrEnum):
    """What a token is good for, by the letters it begins with."""

    SESSION = "wfs_"
    CODE = "wfc_"
    ACCESS = "wfa_"
    REFRESH = "wfr_"


@dataclass(frozen=True, slots=True)
class Token:
    """A token in clear: seen by whoever it is given to, and by nobody else."""

    kind: TokenKind
    account_id: str
    family: str
    text: str


def mint(kind: TokenKind, account: str, family: str, secret: str) -> Token:
    """The token of an account and a family, made from 32 random base62 characters."""
    body = account.removeprefix(ACCOUNT_PREFIX) + family + secret
    return Token(kind, account, family, f"{kind}{body}{checksum(body)}")


def read(text: str, *kinds: TokenKind) -> Token:
    """What a token claims to be.

    Raises: Unauthorized: not a token of these kinds that we could have issued.
    """
    for kind in kinds:
        found = _TOKEN.fullmatch(text.removeprefix(kind)) if text.startswith(kind) else None
        if found and checksum(found[0][:-CHECKSUM_LENGTH]) == found["checksum"]:
            return Token(kind, account_id(found["handle"]), found["family"], text)
    raise Unauthorized("Missing or invalid token")
