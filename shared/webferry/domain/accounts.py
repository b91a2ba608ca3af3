"""An account: who owns keys and credits, and what its email and password must look like."""

import re
import unicodedata
from dataclasses import dataclass

from webferry.domain.errors import InvalidRequest

ACCOUNT_PREFIX = "acc_"
ACCOUNT_HANDLE_LENGTH = 8
MAX_EMAIL_LENGTH = 254
MAX_LOCAL_PART_LENGTH = 64
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 256

_EMAIL = re.compile(
    r"[^\s@\x00-\x1f\x7f\"(),:;<>\[\\\]]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])"
)


@dataclass(frozen=True, slots=True)
class Account:
    """One customer."""

    id: str
    email: str
    created_at_ms: int
    enabled: bool = True


def account_id(handle: str) -> str:
    """The id of the account with this handle: eight base62 characters that its keys carry too."""
    return ACCOUNT_PREFIX + handle


def normal_email(text: str) -> str:
    """The one spelling under which an email is stored and compared.

    Raises: InvalidRequest.
    """
    email = unicodedata.normalize("NFKC", text).strip().lower()
    local_part = email.partition("@")[0]
    if (
        len(email) > MAX_EMAIL_LENGTH
        or len(local_part) > MAX_LOCAL_PART_LENGTH
        or not _EMAIL.fullmatch(email)
    ):
        raise InvalidRequest("That is not an email address", email="must look like name@host.tld")
    return email


def check_password(password: str) -> None:
    """Refuse a password that is too short to protect, or too long to hash cheaply.

    Raises: InvalidRequest.
    """
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        bounds = f"must have {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters"
        raise InvalidRequest(f"The password {bounds}", password=bounds)
