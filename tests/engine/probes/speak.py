"""Print what the event says."""

from typing import Any


def handler(event: dict[str, Any], _context: object) -> None:
    print(event["say"])
