"""Worker process: a pure-Python Lambda runtime; fetches events, calls the handler, posts answers.

Run as a script with a clean environment, exactly as Lambda starts a runtime: it must not import
anything of the workshop, so that a handler sees only its own code and its layers.
"""

import http.client
import importlib
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

API = "/2018-06-01/runtime"
Handler = Callable[[Any, "Context"], Any]


class Context:
    """What Lambda hands to a handler as its second argument."""

    identity = None
    client_context = None

    def __init__(self, request_id: str, deadline_ms: int, arn: str) -> None:
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline_ms = deadline_ms

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._deadline_ms - int(time.time() * 1000))


class RuntimeClient:
    """The worker's end of the Runtime API."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address)

    def next(self) -> tuple[bytes, http.client.HTTPMessage]:
        response = self._call("GET", "/invocation/next", None)
        return response.read(), response.headers

    def post(self, path: str, body: bytes, error_type: str | None = None) -> None:
        headers = {"Lambda-Runtime-Function-Error-Type": error_type} if error_type else {}
        self._call("POST", path, body, headers).read()

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        self._connection.request(method, API + path, body, headers or {})
        return self._connection.getresponse()


class UnusableHandler(Exception):
    """The handler could not be loaded; `error_type` is the name Lambda gives to the reason."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type


def load_handler(dotted: str) -> Handler:
    module_name, _, attribute = dotted.rpartition(".")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except SyntaxError as error:
        raise UnusableHandler("Runtime.UserCodeSyntaxError", str(error)) from error
    except ImportError as error:
        text = f"Unable to import module '{module_name}': {error}"
        raise UnusableHandler("Runtime.ImportModuleError", text) from error
    try:
        handler: Handler = getattr(module, attribute)
    except AttributeError as error:
        text = f"Handler '{attribute}' missing on module '{module_name}'"
        raise UnusableHandler("Runtime.HandlerNotFound", text) from error
    return handler


def described(error: BaseException, error_type: str | None = None) -> tuple[str, bytes]:
    name = error_type or type(error).__name__
    body = {
        "errorMessage": str(error),
        "errorType": name,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }
    return name, json.dumps(body).encode()


def answer(handler: Handler, event: bytes, context: Context) -> tuple[str | None, bytes]:
    """The handler's answer as bytes, or its error with the error's own type."""
    try:
        result = handler(json.loads(event), context)
    except Exception as error:  # noqa: BLE001 - a handler may raise whatever it likes
        traceback.print_exc()
        return described(error)
    try:
        return None, json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()
    except (TypeError, ValueError) as error:
        return described(error, "Runtime.MarshalError")


def serve(client: RuntimeClient, handler: Handler) -> None:
    while True:
        event, headers = client.next()
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        context = Context(
            request_id,
            int(headers["Lambda-Runtime-Deadline-Ms"]),
            headers["Lambda-Runtime-Invoked-Function-Arn"],
        )
        error_type, body = answer(handler, event, context)
        sys.stdout.flush()
        sys.stderr.flush()
        kind = "error" if error_type else "response"
        client.post(f"/invocation/{request_id}/{kind}", body, error_type)


def exit_with_the_launcher() -> None:
    """Standard input is a pipe nobody writes to: it ends when the launcher does, and however."""
    os.read(0, 1)
    os._exit(1)


def main() -> None:
    threading.Thread(target=exit_with_the_launcher, daemon=True).start()
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        traceback.print_exc()
        named = error.error_type if isinstance(error, UnusableHandler) else None
        error_type, body = described(error, named)
        client.post("/init/error", body, error_type)
        raise SystemExit(1) from error
    try:
        serve(client, handler)
    except (ConnectionError, http.client.HTTPException):
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
