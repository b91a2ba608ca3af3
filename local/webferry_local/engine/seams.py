"""The places where ministack is made ours: execution, gateway errors, log lines.

Each seam replaces one function of the pinned version; tests/engine proves that they still hold.
"""

import json
from collections.abc import Callable
from typing import Any

from ministack.services import apigateway, lambda_svc

from webferry_local.engine.log_book import LogBook
from webferry_local.pool.plans import FunctionSettings, Outcome, failure_payload
from webferry_local.pool.pool import FunctionThrottled, FunctionUnknown, WorkerPool

Result = dict[str, Any]
# A character that nobody sends, in place of one that the engine's pattern does not match.
_LINE_END = "\ufdd0"


def install(pool: WorkerPool, logs: LogBook, *, on_change: Callable[[], None]) -> None:
    """Run every function in `pool`, keep its lines in `logs`, word gateway errors as AWS."""

    def dispatch(
        func: Result, config: Result, event: Any, request_id: str, started: float
    ) -> Result:
        settings = settings_of(func, config)
        payload = json.dumps(event, ensure_ascii=False).encode()
        on_change()
        outcome = _run(pool, settings, payload, request_id)
        logs.write(settings, request_id, outcome)
        on_change()
        return _as_result(outcome)

    lambda_svc._execute_function_dispatch = dispatch
    lambda_svc.lambda_execute_result_to_api_proxy_response = _gateway_answer
    if not hasattr(apigateway, "webferry_path_params"):
        apigateway.webferry_path_params = apigateway._extract_path_params
        apigateway._extract_path_params = _path_params


def settings_of(func: Result, config: Result) -> FunctionSettings:
    reserved = func.get("concurrency") or config.get("ReservedConcurrentExecutions")
    arn = str(config["FunctionArn"])
    return FunctionSettings(
        name=str(config["FunctionName"]),
        arn=":".join(arn.split(":")[:7]),
        timeout_s=int(config.get("Timeout") or 3),
        memory_mb=int(config.get("MemorySize") or 128),
        reserved_concurrency=None if reserved is None else int(reserved),
        environment=dict((config.get("Environment") or {}).get("Variables") or {}),
    )


def _run(pool: WorkerPool, settings: FunctionSettings, payload: bytes, request_id: str) -> Outcome:
    try:
        return pool.invoke(settings, payload, request_id)
    except FunctionThrottled:
        return _not_run("TooManyRequestsException", "Rate Exceeded.")
    except FunctionUnknown:
        text = f"{settings.name} is not part of the deployed template."
        return _not_run("Runtime.InvalidEntrypoint", text)
    except OSError as error:
        return _not_run("Runtime.InvalidEntrypoint", str(error))


def _not_run(error_type: str, message: str) -> Outcome:
    return Outcome(failure_payload(error_type, message), error_type, (message,), 0.0, "launcher")


def _as_result(outcome: Outcome) -> Result:
    log = "\n".join(outcome.lines)
    if outcome.error_type == "TooManyRequestsException":
        return {"throttle": True, "error": True, "body": outcome.body(), "log": log}
    if outcome.failed:
        return {"error": True, "body": outcome.body(), "log": log}
    return {"body": outcome.body(), "log": log}


def _gateway_answer(result: Result) -> tuple[Result, None]:
    """What an HTTP API makes of a function's result: never a traceback, never an error's text."""
    if result.get("throttle"):
        return _message(429, "Too Many Requests"), None
    body = result.get("body")
    if result.get("error"):
        return _message(500, "Internal Server Error"), None
    if isinstance(body, dict) and "statusCode" in body:
        return body, None
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    headers = {"Content-Type": "application/json"}
    return {"statusCode": 200, "headers": headers, "body": text}, None


def _message(status: int, text: str) -> Result:
    headers = {"Content-Type": "application/json"}
    return {"statusCode": status, "headers": headers, "body": json.dumps({"message": text})}


def _path_params(route_path: str, request_path: str) -> dict[str, str] | None:
    """A line end in a path is a character like any other, as in the real gateway."""
    told = apigateway.webferry_path_params(route_path, request_path.replace("\n", _LINE_END))
    return told and {name: value.replace(_LINE_END, "\n") for name, value in told.items()}
