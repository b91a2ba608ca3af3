"""JSON Schema as people's tools write it, brought to the few forms that are read."""

from collections.abc import Mapping

_HOPS = 10
_ALTERNATIVES = ("anyOf", "oneOf", "allOf")

Root = Mapping[object, object]


def simplified(value: object, root: Root) -> object:
    """A declaration without references, and of alternatives the first that is no null."""
    for _ in range(_HOPS):
        if not isinstance(value, Mapping):
            return value
        following = _referred(value, root) or _chosen(value)
        if following is None:
            return _with_type(value)
        # What stands beside a reference describes it.
        beside = {key: said for key, said in value.items() if key in ("description", "title")}
        value = {**following, **beside}
    return None


def _referred(value: Mapping[object, object], root: Root) -> Mapping[object, object] | None:
    reference = value.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    found: object = root
    for step in reference[2:].split("/")[:_HOPS]:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _chosen(value: Mapping[object, object]) -> Mapping[object, object] | None:
    for name in _ALTERNATIVES:
        options = value.get(name)
        if isinstance(options, list) and all(isinstance(each, Mapping) for each in options):
            return next((each for each in options if each.get("type") != "null"), None)
    return None


def _with_type(value: Mapping[object, object]) -> Mapping[object, object]:
    """Options without a type are strings; so is a constant."""
    options = value.get("enum", [value["const"]] if "const" in value else None)
    if "type" in value or "properties" in value or not isinstance(options, list):
        return value
    if any(isinstance(each, list | dict) for each in options) or not options:
        return value
    return {**value, "type": "string", "enum": options}
