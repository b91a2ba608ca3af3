"""Mains of the house: the clients of the cloud, each made when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from webferry.settings import Settings

if TYPE_CHECKING:
    from boto3 import Session


@dataclass(frozen=True)
class Cloud:
    """Where the services are, and how they are spoken to."""

    settings: Settings
    session: "Session | None" = None

    @classmethod
    def of(cls, settings: Settings, session: "Session") -> Self:
        """On a session of the caller's choosing."""
        return cls(settings, session)

    @cached_property
    def dynamodb(self) -> Any:  # noqa: ANN401
        return self.client("dynamodb")

    @cached_property
    def _lambda(self) -> Any:  # noqa: ANN401
        return self.client("lambda")

    @cached_property
    def _sqs(self) -> Any:  # noqa: ANN401
        return self.client("sqs")

    @cached_property
    def _s3(self) -> Any:  # noqa: ANN401
        return self.client("s3")

    def client(self, service: str) -> Any:  # noqa: ANN401
        # boto3: 25 % of a cold start, and neither health nor a refused request needs it.
        from webferry.adapters.aws import client

        return client(service, self.session)
