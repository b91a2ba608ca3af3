"""The one line to the engine: service calls in, plain answers or our own errors out."""

from collections.abc import Callable
from typing import Any

import boto3.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from webferry_local.floor_plan.errors import DeployFailed, EngineRefused

Answer = dict[str, Any]

_ABSENT = ("NotFound", "NoSuch", "DoesNotExist", "NonExistent")


class Cloud:
    """boto3 behind two verbs; a client is made when its service is first asked."""

    def __init__(self, session: boto3.session.Session, endpoint: str) -> None:
        self._session = session
        self._endpoint = endpoint
        self._clients: dict[str, Any] = {}

    @property
    def endpoint(self) -> str:
        return self._endpoint

    @property
    def account(self) -> str:
        """The engine takes a 12-digit access key for the account it belongs to."""
        credentials = self._session.get_credentials()
        if credentials is None:
            raise DeployFailed("the session given to the floor plan has no credentials")
        return str(credentials.access_key)

    def call(self, service: str, operation: str, **arguments: object) -> Answer:
        try:
            answer: Answer = getattr(self._client(service), operation)(**arguments)
        except ClientError as error:
            told = error.response.get("Error", {})
            code, message = told.get("Code", "Unknown"), told.get("Message", str(error))
            raise EngineRefused(f"{service} {operation}", code, message) from error
        except BotoCoreError as error:
            raise DeployFailed(f"{service} {operation} at {self._endpoint}: {error}") from error
        return answer

    def ask(self, service: str, operation: str, **arguments: object) -> Answer | None:
        """Like `call`, but a thing that is not there is None."""
        try:
            return self.call(service, operation, **arguments)
        except EngineRefused as refusal:
            if refusal.code == "404" or any(word in refusal.code for word in _ABSENT):
                return None
            raise

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def _client(self, service: str) -> object:
        if service not in self._clients:
            make: Callable[..., Any] = self._session.client
            self._clients[service] = make(
                service,
                endpoint_url=self._endpoint,
                # A proxy of the environment has no way to our loopback.
                config=Config(retries={"total_max_attempts": 1}, proxies={}),
            )
        return self._clients[service]
