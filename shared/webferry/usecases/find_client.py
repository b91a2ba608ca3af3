"""Finds the application that a client id stands for: registered here, or described at its id."""

import json
from dataclasses import dataclass

from webferry.access_ports import ClientDocuments, Clients, Turnstile
from webferry.domain import clients
from webferry.domain.clients import Client
from webferry.domain.errors import PageError, RateLimited
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused, UnknownClient
from webferry.ports import Clock

WINDOW_MS = 60_000
DOCUMENTS_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class FindClient:
    """A document is believed for an hour, and only about the address that it lies at."""

    clients: Clients
    documents: ClientDocuments
    turnstile: Turnstile
    clock: Clock

    async def __call__(self, client_id: str, source: str) -> Client:
        """Raises: UnknownClient, OAuthRefused, RateLimited, Unavailable."""
        if clients.is_document_id(client_id):
            clients.check_document_id(client_id)
        elif not clients.is_registered_id(client_id):
            raise UnknownClient("client_id: nobody has registered under it")
        now_ms = self.clock.now_ms()
        known = self.clients.find(client_id, now_ms)
        if known:
            return known
        if not clients.is_document_id(client_id):
            raise UnknownClient("client_id: nobody has registered under it")
        if not self.turnstile.admit(f"document#{source}", DOCUMENTS_OF_ONE, WINDOW_MS, now_ms):
            raise RateLimited("Too many new clients, try again later", retry_after_s=60)
        client = clients.described(client_id, await self._document(client_id), now_ms)
        self.clients.put(client, clients.DOCUMENT_LIFE_MS)
        return client

    async def _document(self, client_id: str) -> dict[str, object]:
        try:
            content = json.loads(await self.documents.fetch(client_id))
        except PageError as error:
            raise _refused(f"its document was not brought: {error.message}") from error
        except (ValueError, RecursionError) as error:
            raise _refused("its document is not JSON") from error
        if not isinstance(content, dict) or content.get("client_id") != client_id:
            raise _refused("its document speaks of another client")
        return content


def _refused(why: str) -> OAuthRefused:
    return OAuthRefused(OAuthReason.INVALID_CLIENT, f"client_id: {why}")
