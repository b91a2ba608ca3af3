"""The engine's port lets in the launcher's own clients and nobody's web page."""

import asyncio

import pytest

from webferry_local.engine.guard import EngineGuard, Receive, Scope, Send

KEY = "123456789012"
SIGNED = f"AWS4-HMAC-SHA256 Credential={KEY}/20261121/us-east-1/sqs/aws4_request, SignedHeaders=h"


class Caught:
    """Stands behind the guard and remembers what it let through."""

    def __init__(self) -> None:
        self.requests = 0
        self.changes = 0
        self.guard = EngineGuard(self.serve, access_key=KEY, port=4566, on_change=self.change)

    def change(self) -> None:
        self.changes += 1

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1


async def knock(caught: Caught, method: str = "POST", query: bytes = b"", **headers: str) -> int:
    given = {"host": "127.0.0.1:4566", "authorization": SIGNED, **headers}
    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": query,
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in given.items() if v],
    }
    answers: list[int] = []

    async def send(message: Scope) -> None:
        answers.append(message.get("status", 0))

    before = caught.requests
    await caught.guard(scope, None, send)  # type: ignore[arg-type]
    return 200 if caught.requests > before else answers[0]


def run(caught: Caught, method: str = "POST", **headers: str) -> int:
    return asyncio.run(knock(caught, method, b"", **headers))


def test_a_client_with_the_key_is_let_in() -> None:
    assert run(Caught()) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": ""},
        {"authorization": SIGNED.replace(KEY, "999999999999")},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"referer": "https://evil.example/"},
        {"host": "evil.example:4566"},
        {"host": "127.0.0.1:4566.evil.example"},
        {"host": ""},
    ],
)
def test_whoever_could_be_a_web_page_or_a_stranger_is_refused(headers: dict[str, str]) -> None:
    caught = Caught()
    assert run(caught, **headers) == 403
    assert caught.requests == 0


def test_only_calls_that_change_something_ask_for_a_snapshot() -> None:
    caught = Caught()
    run(caught, x_amz_target="DynamoDB_20120810.GetItem")
    run(caught, method="GET")
    assert caught.changes == 0
    run(caught, x_amz_target="DynamoDB_20120810.PutItem")
    run(caught, x_amz_target="AmazonSQS.ReceiveMessage")
    run(caught, method="PUT")
    assert caught.changes == 3


def test_a_signed_link_opens_in_a_browser_and_only_reads() -> None:
    def visit(method: str, key: str = KEY) -> int:
        query = f"X-Amz-Credential={key}%2F20261121%2Fus-east-1%2Fs3&X-Amz-Signature=0f".encode()
        visitor = {"authorization": "", "sec_fetch_site": "none", "sec_fetch_mode": "navigate"}
        return asyncio.run(knock(Caught(), method, query, **visitor))

    assert (visit("GET"), visit("HEAD")) == (200, 200)
    assert (visit("PUT"), visit("POST"), visit("GET", "999999999999")) == (403, 403, 403)
