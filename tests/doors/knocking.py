"""Knocks on a door with an event of the letterbox, changed where a test says so."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).parents[2] / "events"
Handler = Callable[[dict[str, Any], object], dict[str, Any]]


@dataclass(frozen=True)
class Invocation:
    """What the runtime tells a function about this call."""

    aws_request_id: str = "8f5c1f0e-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Answer:
    """What the gateway would send on."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: tuple[str, ...] = ()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def letter(name: str) -> dict[str, Any]:
    """One event of the letterbox."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


def knock(  # noqa: PLR0913
    handler: Handler,
    name: str,
    *,
    key: str | None = None,
    body: object = None,
    method: str | None = None,
    path: str | None = None,
    headers: Mapping[str, str | None] | None = None,
    query: str | None = None,
) -> Answer:
    """Send an event: `key` takes the place of YOUR_API_KEY, None takes a header away."""
    event = letter(name)
    http = event["requestContext"]["http"]
    http["method"] = method or http["method"]
    event["rawPath"] = http["path"] = path or http["path"]
    event["rawQueryString"] = event["rawQueryString"] if query is None else query
    if isinstance(body, bytes):
        event |= {"body": b64encode(body).decode(), "isBase64Encoded": True}
    elif body is not None:
        event["body"] = json.dumps(body)
    changed = {**event["headers"], **(headers or {})}
    event["headers"] = {
        header: value.replace("YOUR_API_KEY", key or "YOUR_API_KEY")
        for header, value in changed.items()
        if value is not None
    }
    answer = handler(event, Invocation())
    text = answer["body"]
    if answer.get("isBase64Encoded"):
        text = b64decode(text).decode()
    cookies = tuple(answer.get("cookies", ()))
    return Answer(answer["statusCode"], answer["headers"], text, cookies)
