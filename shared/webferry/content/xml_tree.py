"""A small, bounded XML reader for feeds and sitemaps; what declares entities is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NoReturn
from xml.parsers import expat

from webferry.content.decode import decode

MAX_BYTES = 50_000_000
MAX_NODES = 1_000_000
MAX_DEPTH = 60
MAX_TEXT = 2_000_000

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_DECLARATION = re.compile(r"^<\?xml[^>]{0,300}\?>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)")
_LONE_AMPERSAND = re.compile(r"&(?!(?:\w{2,30}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BadXml(ValueError):
    """This is not XML, or XML that nobody should read."""


@dataclass(slots=True)
class XmlNode:
    """An element: its name without prefix, its namespace, and what it holds."""

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["XmlNode"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text right in it, without space around."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator["XmlNode"]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str, space: str | None = None) -> "XmlNode | None":
        """The first child of this name; of this namespace, if one is given."""
        return next((child for child in self.all(name) if space in (None, child.space)), None)

    def said(self, *names: str) -> str:
        """The text of the first child of these names that has one."""
        return next((child.text for name in names for child in self.all(name) if child.text), "")


def read_xml(body: str | bytes) -> XmlNode:
    """The root element. Raises: BadXml."""
    if len(body) > MAX_BYTES:
        raise BadXml(f"XML larger than {MAX_BYTES // 1_000_000} MB")
    builder = _Builder()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.open
    parser.EndElementHandler = builder.close
    parser.CharacterDataHandler = builder.say
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(_repaired(_text(body)).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise BadXml(f"not XML: {expat.ErrorString(error.code)}, line {error.lineno}") from error
    if builder.root is None:
        raise BadXml("not XML: no element")
    return builder.root


def _text(body: str | bytes) -> str:
    if isinstance(body, str):
        return body
    declared = _DECLARED.search(body[:300])
    charset = f"charset={declared[1].decode('ascii')}" if declared else "charset=utf-8"
    return decode(body, f"text/xml; {charset}")


def _repaired(text: str) -> str:
    """What feeds get wrong most: space before the start, HTML's entities, bare ampersands."""
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n"))
    text = _LONE_AMPERSAND.sub("&amp;", text)
    return _NAMED.sub(_as_character, text)


def _as_character(found: re.Match[str]) -> str:
    character = unescape(found[0])
    return f"&amp;{found[1]}" if character == found[0] else character


def _refuse(*_: object) -> NoReturn:
    raise BadXml("XML that declares entities is not read")


class _Builder:
    """Makes the tree while expat reads."""

    def __init__(self) -> None:
        self.root: XmlNode | None = None
        self.open_nodes: list[XmlNode] = []
        self.nodes = 0
        self.characters = 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.open_nodes) >= MAX_DEPTH:
            raise BadXml("XML with too many or too deep elements")
        space, _, local = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = XmlNode(local, space, plain)
        if self.open_nodes:
            self.open_nodes[-1].children.append(node)
        else:
            self.root = node
        self.open_nodes.append(node)

    def close(self, _: str) -> None:
        self.open_nodes.pop()

    def say(self, text: str) -> None:
        if sum(map(len, self.open_nodes[-1].pieces[-1:])) < MAX_TEXT:
            self.open_nodes[-1].pieces.append(text)
