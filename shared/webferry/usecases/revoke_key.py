"""Revokes an API key: the next request that carries it is refused."""

from dataclasses import dataclass

from webferry.domain import keys
from webferry.domain.errors import NotFound
from webferry.ports import Keys


@dataclass(frozen=True, slots=True)
class RevokeKey:
    """Somebody else's key is not there."""

    keys: Keys

    def __call__(self, account_id: str, key_id: str) -> None:
        """Raises: NotFound, Unavailable."""
        if not keys.is_key_id(key_id):
            raise NotFound("API key not found")
        self.keys.remove(account_id, key_id)
