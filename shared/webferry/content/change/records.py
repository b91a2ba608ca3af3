"""Compares two lists of records by their key, field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from webferry.content.change.masks import masked
from webferry.content.records.concepts import concept_of

Item = Mapping[str, Any]

# What tells one record from another, the surest first.
_KEYS = ("sku", "id", "gtin", "isbn", "url", "name", "email")
_TRACKING = frozenset(
    [
        "gclid",
        "fbclid",
        "ref",
        "ref_",
        "v",
        "ver",
        "cb",
        "cachebust",
        "t",
        "ts",
        "sid",
        "sessionid",
        "qid",
        "nonce",
        "rnd",
    ]
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is another now."""

    key: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RecordChange:
    """Records that went and came, and the fields that changed in those that stayed."""

    key_field: str | None
    removed: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    changed: tuple[FieldChange, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything did."""
        return bool(self.removed or self.added or self.changed)


def compare_records(
    before: Sequence[Item], after: Sequence[Item], key_field: str | None = None
) -> RecordChange:
    """What changed from one list to the next; their order does not count."""
    key_field = key_field or _key_field([*before, *after])
    old, new = _by_key(before, key_field), _by_key(after, key_field)
    changes = [
        FieldChange(_name(key), field, old[key].get(field), new[key].get(field))
        for key in old
        if key in new
        for field in dict.fromkeys([*old[key], *new[key]])
        if not _same(old[key].get(field), new[key].get(field))
    ]
    return RecordChange(
        key_field,
        tuple(item for key, item in old.items() if key not in new),
        tuple(item for key, item in new.items() if key not in old),
        tuple(changes),
    )


def _key_field(items: Sequence[Item]) -> str | None:
    """The field that tells the records apart: filled, and almost always different."""
    fields = list(dict.fromkeys(field for item in items for field in item))
    named = sorted(((_rank(field), field) for field in fields), key=lambda pair: pair[0])
    for rank, field in named:
        values = [_plain(item.get(field)) for item in items if item.get(field) is not None]
        # Both versions are in `items`: a good key has half as many values as there are items.
        if (
            rank < len(_KEYS)
            and len(values) * 10 >= len(items) * 9
            and len(set(values)) * 20 >= len(values) * 9
        ):
            return field
    return None


def _rank(field: str) -> int:
    concept = concept_of(field)
    return _KEYS.index(concept.name) if concept and concept.name in _KEYS else len(_KEYS)


def _by_key(items: Iterable[Item], key_field: str | None) -> dict[tuple[str, int], Item]:
    """Records by key; the second of two with one key is numbered."""
    found: dict[tuple[str, int], Item] = {}
    counts: dict[str, int] = {}
    for item in items:
        key = (
            _plain(item.get(key_field))
            if key_field
            else _plain(sorted(item.items(), key=lambda pair: pair[0]))
        )
        number = counts[key] = counts.get(key, 0) + 1
        found[key, number] = item
    return found


def _name(key: tuple[str, int]) -> str:
    return key[0] if key[1] == 1 else f"{key[0]} ({key[1]})"


def _plain(value: object) -> str:
    """A key without what differs on every visit: the query of an address."""
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return _address(value)
    return " ".join(str(value).split())


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        return value
    pairs = sorted(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}" + (
        f"?{'&'.join(pairs)}" if pairs else ""
    )


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name.startswith(("utm_", "_", "mc_")) or name in _TRACKING


def _same(before: object, after: object) -> bool:
    if before == after:
        return True
    if isinstance(before, str) and isinstance(after, str):
        if before.startswith("http") and after.startswith("http"):
            return _address(before) == _address(after)
        return masked(before) == masked(after) and bool(masked(before))
    return False
