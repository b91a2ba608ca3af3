"""One request as the log sees it: its id, and the one line it leaves."""

import re
from collections.abc import Mapping
from typing import Any

from webferry.domain.rates import Standing
from webferry.observability import logger

REQUEST_ID_HEADER = "X-Request-Id"
# No answer of ours is for another site's frame, sniffing or cache.
QUIET_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}

_REQUEST_ID = re.compile(r"[\w=+/.-]{1,128}")


def request_id_of(event: Mapping[str, Any], context: object) -> str:
    """The id under which the gateway knows this request, else the one of the invocation."""
    given = str(event.get("requestContext", {}).get("requestId", ""))
    if _REQUEST_ID.fullmatch(given):
        return given
    return str(getattr(context, "aws_request_id", "unknown"))


def rate_headers(standing: Standing | None) -> list[tuple[bytes, bytes]]:
    """What an answer to a caller who is known says of its limits."""
    if standing is None:
        return []
    said = {"Limit": standing.limit, "Remaining": standing.remaining, "Reset": standing.reset_s}
    return [(f"ratelimit-{name.lower()}".encode(), str(n).encode()) for name, n in said.items()]


def log_visit(request_id: str, method: str, route: str, status: int, **more: object) -> None:
    """Never the query, a header or a body: they hold what callers trust us with."""
    visit = {"request_id": request_id, "method": method, "route": route, "status": status}
    logger.info("request answered", extra=visit | more)
