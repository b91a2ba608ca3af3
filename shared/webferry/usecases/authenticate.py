"""Turns the text of an API key into the caller it stands for."""

from dataclasses import dataclass

from webferry.domain import keys
from webferry.domain.errors import Unauthorized, UserDisabled
from webferry.domain.keys import ApiKey, Caller
from webferry.ports import Clock, Keys, Pepper

# A write for every request would double what authentication costs.
LAST_USED_RESOLUTION_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Authenticate:
    """One read: key and account are fetched together, so both bind at once when switched off."""

    keys: Keys
    pepper: Pepper
    clock: Clock

    def __call__(self, text: str) -> Caller:
        """Raises: Unauthorized, UserDisabled, Unavailable."""
        account_id = keys.account_of(text)
        digest = keys.digest(text, self.pepper.value())
        found = self.keys.find(account_id, digest)
        if found is None:
            raise Unauthorized("Missing or invalid API key")
        key, enabled = found
        if not enabled:
            raise UserDisabled("Account is disabled")
        self._remember_use(key, digest)
        return Caller(key.account_id, key.id, key.scopes)

    def _remember_use(self, key: ApiKey, digest: str) -> None:
        now_ms = self.clock.now_ms()
        if now_ms - (key.last_used_at_ms or 0) > LAST_USED_RESOLUTION_MS:
            self.keys.touch(key.account_id, digest, now_ms)
