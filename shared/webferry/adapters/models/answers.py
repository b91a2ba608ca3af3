"""What a model wrote, read as the JSON object it was asked for."""

import json
import re
from collections.abc import Mapping
from typing import Any

from webferry.domain.prompts import ModelFailed

MAX_ANSWER_BYTES = 1_000_000
MAX_ANSWER_TOKENS = 4096
MAX_DEPTH = 60

CUT_OFF = "The model's answer was too long and broke off; ask for less"
UNREADABLE = "The model did not answer with JSON"

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)


def object_in(text: str) -> Mapping[str, Any]:
    """The JSON object in a model's words, behind its thoughts and inside its fences.

    Raises: ModelFailed.
    """
    text = _THOUGHTS.sub("", text[:MAX_ANSWER_BYTES])
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1] if 0 <= start < end else "")
    except (ValueError, RecursionError) as error:
        raise ModelFailed(UNREADABLE) from error
    return checked(found)


def checked(found: object) -> Mapping[str, Any]:
    """Raises: ModelFailed: no object, or one that nobody could store."""
    if not isinstance(found, dict) or _is_deeper(found, MAX_DEPTH):
        raise ModelFailed(UNREADABLE)
    return found


def _is_deeper(value: object, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True
