"""Silences what of a change its owner does not want to hear of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import regex

from webferry.content.change.records import FieldChange, RecordChange
from webferry.domain.errors import InvalidRequest
from webferry.domain.noise import Noise

_LONGEST_TEXT = 300
# A pattern may be made to take for ever; then it hides nothing.
_PATIENCE_S = 0.05


def check_noise(noise: Noise) -> None:
    """Raises: InvalidRequest: a pattern that nobody can read."""
    for position, pattern in enumerate(noise.ignore_patterns):
        try:
            regex.compile(pattern)
        except (regex.error, RecursionError, OverflowError) as error:
            place, why = f"noise.ignorePatterns.{position}", f"is no regular expression: {error}"
            raise InvalidRequest(f"{place}: {why}", **{place: why}) from error


def without_ignored(item: Mapping[str, Any], noise: Noise) -> dict[str, Any]:
    """A record without the fields that do not count."""
    return {field: value for field, value in item.items() if field not in noise.ignore_fields}


def silenced(change: RecordChange, noise: Noise) -> RecordChange:
    """The change without what is noise."""
    return replace(change, changed=tuple(c for c in change.changed if not _is_noise(c, noise)))


def _is_noise(change: FieldChange, noise: Noise) -> bool:
    before, after = change.before, change.after
    if _is_number(before) and _is_number(after):
        return bool(abs(after - before) <= noise.tolerance)
    if isinstance(before, str) and isinstance(after, str) and noise.ignore_patterns:
        return _bare(before, noise) == _bare(after, noise)
    return False


def _bare(text: str, noise: Noise) -> str:
    text = text[:_LONGEST_TEXT]
    for pattern in noise.ignore_patterns:
        try:
            text = regex.sub(pattern, "", text, timeout=_PATIENCE_S)
        except TimeoutError:
            continue
    return text.strip()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
