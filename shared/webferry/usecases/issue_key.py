"""Mints an API key, to be shown once."""

from collections.abc import Sequence
from dataclasses import dataclass

from webferry.domain import keys
from webferry.domain.errors import Unavailable
from webferry.domain.keys import ApiKey, Caller, Scope
from webferry.ports import Chance, Clock, Keys, Pepper

# As many keys as could want the same millisecond.
ATTEMPTS = 1000


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key, and its text: nobody will see that again."""

    key: ApiKey
    text: str


@dataclass(frozen=True, slots=True)
class IssueKey:
    """Ids are moments, and no two keys share one: whoever comes second takes the next."""

    keys: Keys
    pepper: Pepper
    chance: Chance
    clock: Clock

    def __call__(
        self, caller: Caller, name: str, scopes: Sequence[Scope] | None = None
    ) -> IssuedKey:
        """Raises: InvalidRequest, Forbidden, NotFound: no such account, Unavailable."""
        name, allowed = keys.checked_name(name), keys.granted(scopes, caller)
        text = keys.mint(caller.account_id, self.chance.base62(keys.SECRET_LENGTH))
        digest = keys.digest(text, self.pepper.value())
        now_ms = self.clock.now_ms()
        for moment_ms in range(now_ms, now_ms + ATTEMPTS):
            key = ApiKey(
                id=keys.key_id(moment_ms),
                account_id=caller.account_id,
                name=name,
                scopes=allowed,
                masked=keys.masked(text),
                created_at_ms=now_ms,
            )
            if self.keys.add(key, digest):
                return IssuedKey(key, text)
        raise Unavailable("No free key id was found")
