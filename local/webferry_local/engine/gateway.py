"""The way from an HTTP request to the engine's HTTP API, without a second trip over a socket."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from ministack.core.responses import set_request_account_id
from ministack.services import apigateway


@dataclass(frozen=True, slots=True)
class GatewayRequest:
    method: str
    raw_path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    status: int
    headers: dict[str, str | list[str]]
    body: bytes


async def handle(account: str, api_id: str, request: GatewayRequest) -> GatewayAnswer:
    """What the account's HTTP API answers on its `$default` stage."""
    set_request_account_id(account)
    status, headers, body = await apigateway.handle_execute(
        api_id,
        "$default",
        apigateway.decode_http_api_path(request.raw_path),
        request.method,
        request.headers,
        request.body,
        parse_qs(request.raw_query, keep_blank_values=True),
        raw_query_string=request.raw_query,
    )
    return GatewayAnswer(status, headers, body)
