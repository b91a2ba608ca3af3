"""Signatures: how a receiver knows that a webhook is ours and has not been changed."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from webferry.domain.webhooks import STANDARD_PREFIX

# A stolen secret should not be good for long, and a receiver needs time to learn a new one.
DEFAULT_OVERLAP_MS = 24 * 3600_000
MAX_OVERLAP_MS = 7 * 24 * 3600_000


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """An account's secret, and while it is being replaced the one that comes after it."""

    current: str
    next: str | None = None
    next_alone_at_ms: int | None = None

    def at(self, now_ms: int) -> "SigningSecrets":
        """What signs at that moment: when the overlap ends, the next secret is the only one."""
        if self.next is None or self.next_alone_at_ms is None or now_ms < self.next_alone_at_ms:
            return self
        return SigningSecrets(self.next)

    @property
    def both(self) -> tuple[str, ...]:
        """The secrets that sign, the older one first."""
        return (self.current,) if self.next is None else (self.current, self.next)


def signature_headers(
    secrets: SigningSecrets, message_id: str, timestamp_s: int, body: bytes
) -> Mapping[str, str]:
    """The headers that sign these very bytes.

    `X-Mapiok-Signature` holds one signature, because its documented verifier compares lengths; so
    the next secret signs in a header of its own. The standard's header holds a list.
    """
    signed = f"{message_id}.{timestamp_s}.".encode() + body
    headers = {
        "X-Mapiok-Signature": _mapiok(secrets.current, body),
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": " ".join(_standard(secret, signed) for secret in secrets.both),
    }
    if secrets.next is not None:
        headers["X-Mapiok-Signature-Next"] = _mapiok(secrets.next, body)
    return headers


def _mapiok(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.digest(secret.encode(), body, sha256).hex()


def _standard(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(STANDARD_PREFIX))
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()
