"""Encryption at rest by AES-GCM: a copy of the table alone reveals no secret and no answer."""

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webferry.domain.errors import InternalError
from webferry.ports import Chance, Pepper

ANSWERS = b"webferry/answers/1"
_SECRETS = b"webferry/webhook-secret/1"
_NONCE_BYTES = 12


class AesGcmVault:
    """Its key is derived from the pepper for a purpose; what it seals opens for its owner only."""

    def __init__(self, pepper: Pepper, chance: Chance, purpose: bytes) -> None:
        self._pepper = pepper
        self._chance = chance
        self._purpose = purpose

    def seal(self, content: bytes, *, owner: str) -> bytes:
        """The nonce, then the ciphertext.

        Raises: Unavailable.
        """
        nonce = self._chance.octets(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, content, owner.encode())

    def unseal(self, sealed: bytes, *, owner: str) -> bytes:
        """Raises: Unavailable, InternalError: not sealed by us, or for somebody else."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, ciphertext, owner.encode())
        except InvalidTag as error:
            raise InternalError("A sealed value does not open") from error

    def _cipher(self) -> AESGCM:
        return AESGCM(hmac.digest(self._pepper.value(), self._purpose, sha256))


class AesGcmSealer:
    """A vault for texts that accounts trust us with."""

    def __init__(self, pepper: Pepper, chance: Chance) -> None:
        self._vault = AesGcmVault(pepper, chance, _SECRETS)

    def seal(self, text: str, *, owner: str) -> bytes:
        """Raises: Unavailable."""
        return self._vault.seal(text.encode(), owner=owner)

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        """Raises: Unavailable, InternalError: not sealed by us, or for somebody else."""
        return self._vault.unseal(sealed, owner=owner).decode()
