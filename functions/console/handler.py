"""Door: API Gateway GET / → one page that says what runs here and how to try it."""

from typing import Any

from console.page import HEADERS, base_url, render
from webferry.web.visits import QUIET_HEADERS, REQUEST_ID_HEADER, log_visit, request_id_of

Event = dict[str, Any]


def handler(event: Event, context: object) -> Event:
    """The page, made out to the address that it was asked for at."""
    request_id = request_id_of(event, context)
    method = event.get("requestContext", {}).get("http", {}).get("method", "GET")
    body = "" if method == "HEAD" else render(base_url(event.get("headers") or {}))
    log_visit(request_id, method, "/", 200)
    return {
        "statusCode": 200,
        "headers": QUIET_HEADERS | HEADERS | {REQUEST_ID_HEADER: request_id},
        "body": body,
        "isBase64Encoded": False,
    }
