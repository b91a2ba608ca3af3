"""Registers an application that asks to be (RFC 7591): anybody may, but not without end."""

from collections.abc import Mapping
from dataclasses import dataclass

from webferry.access_ports import Clients, Turnstile
from webferry.domain import clients
from webferry.domain.clients import Client
from webferry.domain.errors import RateLimited
from webferry.ports import Chance, Clock

WINDOW_MS = 3_600_000
CLIENTS_OF_ONE = 30
CLIENTS_OF_ALL = 3000


@dataclass(frozen=True, slots=True)
class RegisterClient:
    """A registration grants nothing: only a user does."""

    clients: Clients
    turnstile: Turnstile
    chance: Chance
    clock: Clock

    def __call__(self, metadata: Mapping[str, object], source: str) -> Client:
        """Raises: OAuthRefused, RateLimited, Unavailable."""
        now_ms = self.clock.now_ms()
        client_id = clients.CLIENT_PREFIX + self.chance.base62(clients.CLIENT_ID_LENGTH)
        client = clients.described(client_id, metadata, now_ms)
        for name, limit in ((f"client#{source}", CLIENTS_OF_ONE), ("client", CLIENTS_OF_ALL)):
            if not self.turnstile.admit(name, limit, WINDOW_MS, now_ms):
                wait_s = (WINDOW_MS - now_ms % WINDOW_MS) // 1000 + 1
                raise RateLimited("Too many registrations, try again later", retry_after_s=wait_s)
        self.clients.put(client, clients.CLIENT_LIFE_MS)
        return client
