"""A boto3 session whose clients all talk to one engine, without being told each time."""

from typing import Any

import boto3

from webferry_local.engine.options import REGION


class EngineSession(boto3.Session):
    """The access key is the account, and the account is all that the engine asks for."""

    def __init__(self, endpoint: str, access_key: str, **more: Any) -> None:
        self.endpoint = endpoint
        self.account = access_key
        super().__init__(
            aws_access_key_id=access_key,
            aws_secret_access_key="test",  # noqa: S106 - the engine knows no other
            region_name=REGION,
            **more,
        )

    def client(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("endpoint_url", self.endpoint)
        return super().client(*args, **kwargs)
