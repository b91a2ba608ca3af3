"""The doors of all dialects, and how to read an error of any."""

import pytest

import flows_api.handler
import scrape_api.handler
import tools_api.handler
from tests.doors.knocking import Answer, Handler

# Each door with an event that needs a key, and one that carries a body.
DOORS: list[tuple[Handler, str, str]] = [
    (scrape_api.handler.handler, "scrape_sync", "scrape_sync"),
    (tools_api.handler.handler, "tools_list", "tool_execute"),
    (flows_api.handler.handler, "keys_list", "keys_create"),
]
every_door = pytest.mark.parametrize(
    ("handler", "event", "with_body"), DOORS, ids=["scrape", "tools", "flows"]
)


def message_of(answer: Answer) -> str:
    """The sentence of an error, in whichever dialect it reads."""
    body = answer.json
    if "code" in body:
        assert set(body) == {"error", "code", "details"}
        return str(body["error"])
    if isinstance(body["error"], str):
        assert set(body) == {"error", "details"}
        return str(body["error"])
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return str(body["error"]["message"])
