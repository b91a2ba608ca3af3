"""Lists an account's API keys, masked, the newest first."""

from dataclasses import dataclass

from webferry.domain.keys import ApiKey
from webferry.ports import Keys


@dataclass(frozen=True, slots=True)
class ListKeys:
    """All of them: an account has few, and a list that counts them has to read them anyway."""

    keys: Keys

    def __call__(self, account_id: str) -> list[ApiKey]:
        """Raises: Unavailable."""
        return sorted(self.keys.list(account_id), key=lambda key: key.id, reverse=True)
