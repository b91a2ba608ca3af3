"""Is what was declared contained in what is there? Each gap is one difference."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

NOTHING = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """`path` is `Resource.Property.Member`; `found` is NOTHING where the engine has none."""

    path: str
    declared: object
    found: object

    def __str__(self) -> str:
        declared = "nothing" if self.declared is NOTHING else _shown(self.declared)
        found = "nothing" if self.found is NOTHING else _shown(self.found)
        return f"{self.path}: declared {declared}, engine has {found}"


def differences(path: str, declared: object, found: object) -> Iterator[Difference]:
    if _is_empty(declared) and (found is NOTHING or _is_empty(found)):
        return
    declared, found = _parsed(declared), _parsed(found)
    if isinstance(declared, dict) and isinstance(found, dict):
        for name, value in declared.items():
            yield from differences(f"{path}.{name}", value, found.get(name, NOTHING))
    elif isinstance(declared, list) or isinstance(found, list):
        yield from _missing_items(path, _listed(declared), _listed(found))
    elif found is NOTHING or _plain(declared) != _plain(found):
        yield Difference(path, declared, found)


def _missing_items(path: str, declared: list[object], found: list[object]) -> Iterator[Difference]:
    """Lists are compared as bags: services keep rules, tags and attributes in their own order."""
    left = list(found)
    for index, item in enumerate(declared):
        match = next((other for other in left if not any(differences(path, item, other))), NOTHING)
        if match is NOTHING:
            yield Difference(f"{path}[{index}]", item, found or NOTHING)
        else:
            left.remove(match)


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is NOTHING else [value]


def _parsed(value: object) -> object:
    """Policies, patterns and definitions are JSON on one side and often text on the other."""
    if isinstance(value, str) and value.lstrip()[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _plain(value: object) -> object:
    """Templates write 5, "5" and 5.0, and services answer any of them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else str(value)
    return value


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {})


def _shown(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:300]}…"
