"""An HTTP API whose routes all lead to one function, and a caller for it."""

import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.engine.account import Account


@dataclass(frozen=True)
class Answer:
    """A response, its headers as they stood on the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]

    def event(self) -> dict[str, Any]:
        """What the probe `answer` was given: it sends its event back as the body."""
        return dict(json.loads(self.body))


class HttpApi:
    """The routes are given as on AWS: `GET /v1/health`, `ANY /v1/{proxy+}`, `$default`."""

    def __init__(self, account: Account, function_arn: str, route_keys: Iterable[str]) -> None:
        self._account = account
        gateway = account.client("apigatewayv2")
        self.id = gateway.create_api(Name="probe", ProtocolType="HTTP")["ApiId"]
        integration = gateway.create_integration(
            ApiId=self.id,
            IntegrationType="AWS_PROXY",
            IntegrationUri=function_arn,
            PayloadFormatVersion="2.0",
        )
        target = f"integrations/{integration['IntegrationId']}"
        for route_key in route_keys:
            gateway.create_route(ApiId=self.id, RouteKey=route_key, Target=target)
        gateway.create_stage(ApiId=self.id, StageName="$default", AutoDeploy=True)

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Header names are given with underscores."""
        # The product guards its engine port: who asks has to name an account.
        named = {"Authorization": f"AWS4-HMAC-SHA256 Credential={self._account.number}/probe"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self._send(method, f"/_aws/execute-api/{self.id}/$default{path}", body, named)

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        address = urlsplit(self._account.engine.endpoint)
        assert address.hostname is not None
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()
