"""Reads what an application asks a user for: first where to answer it, then what it wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webferry.domain import clients, grants
from webferry.domain.clients import Client
from webferry.domain.grants import Wish
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.usecases.find_client import FindClient

Asked = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CheckWish:
    """Until the address is known to be the client's, nothing may be sent there."""

    find_client: FindClient

    async def sender(self, asked: Asked, source: str) -> tuple[Client, str]:
        """The application and the address of the answer.

        Raises: OAuthRefused, UnknownClient, RateLimited, Unavailable.
        """
        client = await self.find_client(_one(asked, "client_id") or "", source)
        uri = _one(asked, "redirect_uri")
        if uri is None or not clients.may_answer_at(client, uri):
            why = "redirect_uri: is none of those that the client has registered"
            raise OAuthRefused(OAuthReason.INVALID_REQUEST, why)
        return client, uri

    def wish(self, asked: Asked, sender: tuple[Client, str], ours: str) -> Wish:
        """What the sender asks for, at the one resource that is ours.

        Raises: OAuthRefused.
        """
        client, redirect_uri = sender
        if _one(asked, "response_type") != "code":
            raise OAuthRefused(OAuthReason.UNSUPPORTED_RESPONSE_TYPE, "response_type: must be code")
        state = _one(asked, "state")
        if state is not None and len(state) > grants.MAX_STATE_LENGTH:
            raise OAuthRefused(OAuthReason.INVALID_REQUEST, "state: is too long")
        challenge = grants.check_challenge(
            _one(asked, "code_challenge"), _one(asked, "code_challenge_method")
        )
        return Wish(
            client=client,
            redirect_uri=redirect_uri,
            scopes=grants.asked_scopes(_one(asked, "scope")),
            resource=grants.check_resource(list(asked.get("resource", [])), ours),
            challenge=challenge,
            state=state,
        )


def _one(asked: Asked, name: str) -> str | None:
    told = asked.get(name, [])
    if len(told) > 1:
        raise OAuthRefused(OAuthReason.INVALID_REQUEST, f"{name}: is given more than once")
    return told[0] if told else None
