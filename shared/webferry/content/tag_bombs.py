"""Text that asks a parser for far more nodes than it has tags, told and defused beforehand."""

import re
from itertools import islice

# Unclosed formatting tags are opened again, up to 512 of them, in every block that follows: 25 kB
# can ask for millions of nodes. Under another name they are opened once; then they get it back.
_FORMATTING = ("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")
INERT = "webferry-"
INERT_TAGS = [INERT + name for name in _FORMATTING]
_REOPENED_AT_ONCE = 512
_REOPENED_NODES = 4_000_000
_FORMATTING_TAG = re.compile(rf"<(/?)((?:{'|'.join(_FORMATTING)})[\s/>])", re.IGNORECASE | re.ASCII)


def readable(text: str, max_tags: int) -> str:
    """The text up to so many tags: the nodes of the rest would be dropped anyway."""
    if len(text) <= max_tags or text.count("<") <= max_tags:
        return text
    start = next(islice(re.finditer("<", text), max_tags, None))
    return text[: start.start()]


def reopens_without_end(text: str) -> bool:
    """Whether unclosed formatting could make more nodes than memory should hold."""
    tags = text.count("<")
    if tags * _REOPENED_AT_ONCE <= _REOPENED_NODES:
        return False
    opened = sum(1 for _ in islice(_FORMATTING_TAG.finditer(text), _REOPENED_AT_ONCE))
    return tags * opened > _REOPENED_NODES


def made_inert(text: str) -> str:
    """The same text with formatting tags that no parser opens again."""
    return _FORMATTING_TAG.sub(rf"<\1{INERT}\2", text)
