"""`python -m tests.faults.unreliable up`: the product on a cloud that fails as a file tells it to.

The file named by WEBFERRY_TEST_FAULTS is read anew now and then: `{"rate": 0.1, "down": ["s3"]}`.
Calls whose user agent says `harness` never fail.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from webferry_local.cli.command import main
from webferry_local.engine import engine, guard

Message = MutableMapping[str, Any]
LOOK_EVERY_S = 0.25
# Longer than our clients wait for an answer: they ask again while the first one still comes.
LATE_S = 5.5
TROUBLED = {"dynamodb", "sqs", "s3"}


class UnreliableCloud(guard.EngineGuard):
    """Fails before the deed, after it, too late, or says that it is busy."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._told: dict[str, Any] = {}
        self._looked_at = 0.0

    async def __call__(self, scope: Message, receive: guard.Receive, send: guard.Send) -> None:
        service = service_of(scope)
        trouble = self._trouble(service) if service else None
        if trouble is None:
            await super().__call__(scope, receive, send)
            return
        if trouble == "late":
            await asyncio.sleep(LATE_S)
        if trouble in {"late", "after"}:
            await super().__call__(scope, receive, swallow)
        await receive_all(receive) if trouble in {"before", "busy"} else None
        await refuse(send, service, busy=trouble == "busy")

    def _trouble(self, service: str) -> str | None:
        if time.monotonic() - self._looked_at > LOOK_EVERY_S:
            self._looked_at = time.monotonic()
            self._told = json.loads(Path(os.environ["WEBFERRY_TEST_FAULTS"]).read_text())
        if service in self._told.get("down", ()):
            return "before"
        if random.random() >= self._told.get("rate", 0.0):
            return None
        return random.choices(["before", "after", "busy", "late"], [30, 40, 25, 5])[0]


def service_of(scope: Message) -> str:
    """The service that a function calls; empty if the call is not to be troubled."""
    if scope["type"] != "http":
        return ""
    headers = dict(scope["headers"])
    if b"harness" in headers.get(b"user-agent", b""):
        return ""
    target = headers.get(b"x-amz-target", b"").decode("latin-1").lower()
    name = "sqs" if target.startswith("amazonsqs") else target.partition("_")[0]
    if not target and b"/s3/" in headers.get(b"authorization", b""):
        name = "s3"
    return name if name in TROUBLED else ""


async def receive_all(receive: guard.Receive) -> None:
    while (await receive()).get("more_body"):
        pass


async def swallow(message: Message) -> None:
    """An answer that got lost on the way."""


async def refuse(send: guard.Send, service: str, *, busy: bool) -> None:
    code = "ThrottlingException" if busy else "InternalServerError"
    status, kind = (400 if busy else 500), b"application/x-amz-json-1.0"
    body = json.dumps({"__type": code, "message": "a fault of the test"}).encode()
    if service == "s3":
        status, kind = 503, b"application/xml"
        body = b"<Error><Code>SlowDown</Code><Message>a fault of the test</Message></Error>"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    vars(engine)["EngineGuard"] = UnreliableCloud
    sys.exit(main(sys.argv[1:]))
