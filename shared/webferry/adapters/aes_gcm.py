"""Encryption at rest by AES-GCM: a copy of the table alone reveals no signing secret."""

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webferry.domain.errors import InternalError
from webferry.ports import Chance, Pepper

_PURPOSE = b"webferry/webhook-secret/1"
_NONCE_BYTES = 12


class AesGcmSealer:
    """Its key is derived from the pepper, and what it seals opens for its owner only."""

    def __init__(self, pepper: Pepper, chance: Chance) -> None:
        self._pepper = pepper
        self._chance = chance

    def seal(self, text: str, *, owner: str) -> bytes:
        """The nonce, then the ciphertext.

        Raises: Unavailable.
        """
        nonce = self._chance.octets(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, text.encode(), owner.encode())

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        """Raises: Unavailable, InternalError: not sealed by us, or for somebody else."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, ciphertext, owner.encode()).decode()
        except InvalidTag as error:
            raise InternalError("A sealed value does not open") from error

    def _cipher(self) -> AESGCM:
        return AESGCM(hmac.digest(self._pepper.value(), _PURPOSE, sha256))
