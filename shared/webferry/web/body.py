"""JSON bodies, read so that no body can hurt: bounded in size, depth and meaning."""

import json
import math
import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from webferry.domain.errors import InvalidRequest, PayloadTooLarge, UnsupportedMediaType
from webferry.web.once import KEY_PARAMETER, answered

MAX_BODY_BYTES = 1024 * 1024
MAX_DEPTH = 64

_LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_JSON_TYPE = re.compile(r"application/(?:[\w.+-]+\+)?json")


class JsonRoute(APIRoute):
    """A route that has read its body, and refused a bad one, before FastAPI looks at it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        """Every POST may carry an Idempotency-Key, and its document says so."""
        super().__init__(path, endpoint, **options)
        if "POST" in (self.methods or ()):
            self.openapi_extra = {"parameters": [KEY_PARAMETER], **(self.openapi_extra or {})}

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a request that has been read, its answer kept."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle if self.methods == {"GET"} else partial(answered, handle=handle)

        async def handle_read(request: Request) -> Response:
            body = await request.body()
            read = ReadRequest(request, body, read_json(request, body))
            return await answered(read, handle)

        return handle_read


class ReadRequest(Request):
    """A request whose JSON is known already."""

    def __init__(self, request: Request, body: bytes, content: object) -> None:
        super().__init__(request.scope)
        self._read_body = body
        self._content = content

    async def body(self) -> bytes:
        """The bytes."""
        return self._read_body

    async def json(self) -> object:
        """The content."""
        return self._content


def read_json(request: Request, body: bytes) -> object:
    """The content of a body; None for an empty one.

    Raises: InvalidRequest, PayloadTooLarge, UnsupportedMediaType.
    """
    if len(body) > MAX_BODY_BYTES:
        raise PayloadTooLarge(f"Request body is larger than {MAX_BODY_BYTES} bytes")
    if not body:
        return None
    media_type = request.headers.get("content-type", "application/json").partition(";")[0]
    if not _JSON_TYPE.fullmatch(media_type.strip().lower()):
        raise UnsupportedMediaType("Content-Type must be application/json")
    return parse_json(body)


def parse_json(body: bytes) -> object:
    """One JSON value that means the same to every reader.

    Raises: InvalidRequest.
    """
    try:
        content = json.loads(
            body.decode(),
            object_pairs_hook=_object,
            parse_float=_finite,
            parse_constant=_refuse,
        )
        # A lone surrogate is legal JSON that no UTF-8 can carry on.
        if _LONE_SURROGATE.search(body):
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        why = _why(error)
        raise InvalidRequest(f"Request body is not valid JSON: {why}", body=why) from error
    if _depth(content) > MAX_DEPTH:
        raise InvalidRequest("Request body is nested too deeply", body=f"max {MAX_DEPTH} levels")
    return content


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return content


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _why(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"{error.msg} at line {error.lineno}, column {error.colno}"
        case UnicodeError():
            return "not UTF-8"
        case RecursionError():
            return "nested too deeply"
        case _:
            return str(error)


def _depth(content: object) -> int:
    depth, level = 0, [content]
    while level := [
        child
        for node in level
        if isinstance(node, (dict, list))
        for child in (node.values() if isinstance(node, dict) else node)
    ]:
        depth += 1
    return depth
