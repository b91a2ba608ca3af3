"""Mints a key for somebody at our own pages, who has no key yet that a rate limit could count."""

from collections.abc import Sequence
from dataclasses import dataclass

from webferry.access_ports import Turnstile
from webferry.domain.errors import RateLimited
from webferry.domain.keys import Caller, Scope
from webferry.ports import Clock
from webferry.usecases.issue_key import IssuedKey, IssueKey

WINDOW_MS = 3_600_000
KEYS_OF_ONE = 60


@dataclass(frozen=True, slots=True)
class MakeOwnKey:
    """The key is issued as every other; an owner may grant every scope."""

    issue: IssueKey
    turnstile: Turnstile
    clock: Clock

    def __call__(self, account_id: str, name: str, scopes: Sequence[Scope]) -> IssuedKey:
        """Raises: RateLimited, InvalidRequest, NotFound: no such account, Unavailable."""
        now_ms = self.clock.now_ms()
        if not self.turnstile.admit(f"own-key#{account_id}", KEYS_OF_ONE, WINDOW_MS, now_ms):
            wait_s = (WINDOW_MS - now_ms % WINDOW_MS) // 1000 + 1
            raise RateLimited("Too many new keys, try again later", retry_after_s=wait_s)
        return self.issue(Caller.owner(account_id), name, scopes)
