"""What a page states for machines: JSON-LD, microdata, RDFa and meta properties, all in one shape.

A thing is a dict as JSON-LD writes it: `@type` and properties whose values are strings, numbers,
things or lists of them. Nothing is translated or completed: every value stands in the page.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from webferry.content.document import Document, Element, Text, attribute, elements, squeezed

Thing = dict[str, Any]

MAX_BLOCK = 2_000_000
MAX_THINGS = 5_000
MAX_PROPERTIES = 20_000
MAX_DEPTH = 24

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LINKS = {"a": "href", "link": "href", "area": "href", "object": "data"}
_MEDIA = {"img": "src", "audio": "src", "video": "src", "source": "src", "iframe": "src"}
_STATED = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}


@dataclass(slots=True)
class StructuredData:
    """What was found, by the way it was written; `meta` has the first of each name."""

    json_ld: list[Thing] = field(default_factory=list)
    microdata: list[Thing] = field(default_factory=list)
    rdfa: list[Thing] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def structured_data(document: Document) -> StructuredData:
    """Everything a page states for machines; what cannot be read is left out, block by block."""
    blocks = document.select('script[type*="ld+json" i]')
    return StructuredData(
        json_ld=[thing for block in blocks for thing in _read_block(block.text)][:MAX_THINGS],
        microdata=_items(document, _MICRODATA),
        rdfa=_items(document, _RDFA),
        meta=_meta(document),
    )


def types_of(thing: Thing) -> set[str]:
    """The names of a thing's types, lower case, without their vocabulary."""
    stated = thing.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {_name(each).lower() for each in names if isinstance(each, str)}


def things_within(value: object, depth: int = 0) -> Iterator[Thing]:
    """A thing and every thing it holds, itself first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from things_within(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from things_within(each, depth + 1)


def _read_block(text: str) -> list[Thing]:
    text = _WRAPPING.sub("", text[:MAX_BLOCK]).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return _things(json.loads(attempt, strict=False))
        except ValueError:
            continue
        except RecursionError:
            return []
    return _first_value(text)


def _first_value(text: str) -> list[Thing]:
    """What can be read of a block that goes on after its end, or breaks off."""
    start = min((place for mark in "{[" if (place := text.find(mark)) >= 0), default=-1)
    if start < 0:
        return []
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return []
    return _things(value)


def _things(value: object) -> list[Thing]:
    if isinstance(value, list):
        return [thing for each in value for thing in _things(each)]
    if not isinstance(value, dict):
        return []
    graph = value.get("@graph")
    return _things(graph) if isinstance(graph, list | dict) else [value]


def _meta(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in document.select("meta[content]"):
        content = squeezed(attribute(element, "content"))
        for name in (attribute(element, "property"), attribute(element, "name")):
            if name and content:
                found.setdefault(name.lower(), content)
    return found


@dataclass(frozen=True, slots=True)
class _Syntax:
    """The attributes one way of marking up things uses."""

    scope: str
    kind: str
    name: str


_MICRODATA = _Syntax("itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("typeof", "typeof", "property")


def _items(document: Document, syntax: _Syntax) -> list[Thing]:
    """Things from attributes, each property in the nearest thing around it."""
    scopes = document.select(f"[{syntax.scope}]")[:MAX_THINGS]
    things = {scope: _new_thing(scope, syntax) for scope in scopes}
    if not things:
        return []
    inner: set[Element] = set()
    for holder in document.select(f"[{syntax.name}]")[:MAX_PROPERTIES]:
        owner = next((above for above in holder.ancestors if above in things), None)
        if not isinstance(owner, Element):
            continue
        if holder in things:
            inner.add(holder)
        value = things.get(holder) or _stated(holder)
        for name in attribute(holder, syntax.name).split():
            _put(things[owner], _name(name), value)
    return [thing for scope, thing in things.items() if scope not in inner and len(thing) > 1]


def _new_thing(scope: Element, syntax: _Syntax) -> Thing:
    names = [_name(kind) for kind in attribute(scope, syntax.kind).split()]
    return {"@type": names[0] if len(names) == 1 else names}


def _put(thing: Thing, name: str, value: Thing | str) -> None:
    if not value or not name:
        return
    if name not in thing:
        thing[name] = value
    elif isinstance(thing[name], list):
        thing[name].append(value)
    else:
        thing[name] = [thing[name], value]


def _stated(holder: Element) -> str:
    """A property's value: shops put `content` on any element, whatever the standard says."""
    if content := attribute(holder, "content"):
        return squeezed(content)
    for table in (_LINKS, _MEDIA):
        if address := attribute(holder, table.get(holder.tag, "")):
            return address
    stated = attribute(holder, _STATED.get(holder.tag, ""))
    return squeezed(stated or _words(holder))


def _words(holder: Element) -> str:
    if any(True for _ in elements(holder, ("script", "style"))):
        return " ".join(piece.strip() for piece in _visible(holder))
    return holder.text


def _visible(holder: Element) -> Iterator[str]:
    for child in holder:
        if isinstance(child, Element):
            if child.tag not in ("script", "style", "noscript", "template"):
                yield from _visible(child)
        else:
            yield child.data if isinstance(child, Text) else ""


def _name(address: str) -> str:
    """The last part of a vocabulary address: schema.org/Product and schema:Product are Product."""
    return re.split(r"[/#:]", address[:200].strip().rstrip("/"))[-1]
