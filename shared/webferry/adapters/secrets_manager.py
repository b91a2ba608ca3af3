"""The pepper, from Secrets Manager."""

from functools import cached_property
from typing import Any, Protocol

from webferry.adapters.aws_errors import translated


class SecretsClient(Protocol):
    """The part of the Secrets Manager client that we use."""

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803
        """The API's own call."""


class SecretsManagerPepper:
    """Read once per environment: it is never rotated, for that would void every key."""

    def __init__(self, client: SecretsClient, secret_id: str) -> None:
        self._client = client
        self._secret_id = secret_id

    def value(self) -> bytes:
        """Raises: Unavailable."""
        return self._value

    @cached_property
    def _value(self) -> bytes:
        with translated():
            answer = self._client.get_secret_value(SecretId=self._secret_id)
        return str(answer["SecretString"]).encode()
