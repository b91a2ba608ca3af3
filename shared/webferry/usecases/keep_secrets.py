"""Keeps the secrets of an account: sealed, shown to nobody, opened for its own walks alone."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from webferry.domain.errors import InvalidRequest, Unavailable
from webferry.domain.flow_secrets import (
    MAX_SECRET_LENGTH,
    MIN_SECRET_LENGTH,
    Pouch,
    SealedSecret,
    owner_of,
)
from webferry.domain.plain_text import LONGER_LINE_PATTERN
from webferry.flow_ports import Pouches
from webferry.ports import Clock, Sealer

ROUNDS = 12


@dataclass(frozen=True, slots=True)
class KeepSecrets:
    """Two changes at once are both made, one after the other."""

    pouches: Pouches
    make_sealer: Callable[[], Sealer]
    clock: Clock

    def put(self, account_id: str, name: str, value: str) -> SealedSecret:
        """Keep a secret, in place of what had its name.

        Raises: InvalidRequest, Conflict, Unavailable.
        """
        _check(value)
        sealed = self.make_sealer().seal(value, owner=owner_of(account_id, name))
        secret = SealedSecret(name, sealed, self.clock.now_ms())
        self._change(account_id, lambda pouch: pouch.holding(secret))
        return secret

    def list(self, account_id: str) -> tuple[SealedSecret, ...]:
        """What there is, by name. Raises: Unavailable."""
        return self.pouches.of(account_id).secrets

    def remove(self, account_id: str, name: str) -> None:
        """Raises: NotFound, Unavailable."""
        self._change(account_id, lambda pouch: pouch.without(name))

    def opened(self, account_id: str, names: Iterable[str]) -> dict[str, str]:
        """Those of these names that there are. Raises: Unavailable."""
        wanted = set(names)
        if not wanted:
            return {}
        found = [each for each in self.pouches.of(account_id).secrets if each.name in wanted]
        sealer = self.make_sealer()
        return {
            each.name: sealer.unseal(each.sealed, owner=owner_of(account_id, each.name))
            for each in found
        }

    def _change(self, account_id: str, changed: Callable[[Pouch], Pouch]) -> None:
        for _ in range(ROUNDS):
            if self.pouches.replace(changed(self.pouches.of(account_id))):
                return
        raise Unavailable("Too many change the secrets at once")


def _check(value: str) -> None:
    """Raises: InvalidRequest."""
    why = ""
    if len(value.strip()) < MIN_SECRET_LENGTH:
        why = f"must have at least {MIN_SECRET_LENGTH} characters, to be hidden in what runs show"
    elif len(value) > MAX_SECRET_LENGTH:
        why = f"must have at most {MAX_SECRET_LENGTH} characters"
    elif not re.fullmatch(LONGER_LINE_PATTERN, value):
        why = "must be one line of text that can be typed"
    if why:
        raise InvalidRequest(f"value: {why}", value=why)
