"""Compares what a monitor sees now with what it saw last, without what its owner calls noise."""

from collections.abc import Iterator, Sequence
from typing import Any

from webferry.content.change.noise import silenced, without_ignored
from webferry.content.change.records import compare_records
from webferry.domain.noise import Noise

Items = Sequence[dict[str, Any]]
Change = dict[str, Any]
MAX_CHANGES = 500


def compare_runs(before: Items, after: Items, noise: Noise) -> list[Change]:
    """Records that came and went, and fields that are others now, each with before and after."""
    old, new = ([without_ignored(item, noise) for item in items] for items in (before, after))
    return list(_told(old, new, noise))[:MAX_CHANGES]


def _told(before: Items, after: Items, noise: Noise) -> Iterator[Change]:
    change = silenced(compare_records(before, after), noise)
    for field in change.changed:
        told = {"key": field.key, "field": field.field}
        yield {"type": "changed", **told, "before": field.before, "after": field.after}
    for item in change.added:
        yield {"type": "added", "before": None, "after": dict(item)}
    for item in change.removed:
        yield {"type": "removed", "before": dict(item), "after": None}
