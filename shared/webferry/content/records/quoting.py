"""Whether a string stands in a text that somebody has read, and how the text spells it."""

import re
from collections.abc import Iterator
from functools import cached_property

from webferry.content.patterns import later
from webferry.content.records.values.numbers import NUMBER, plain_value, read_number

LONGEST = 20_000
_LINK = later(r"!?\[((?:[^\[\]\\]|\\.){0,1000})\]\([^()\s]{0,4000}(?:\s\"[^\"\n]{0,300}\")?\)")
_ESCAPE = later(r"\\(?=[!-/:-@\[-`{-~])")
_MARKS = later(r"\*\*|__|~~|`|^\s{0,3}(?:#{1,6}|>|[-*+])\s", re.MULTILINE)
_EMPHASIS = later(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_NUMBER = later(rf"(?<![\d.,])[-\u2212]?(?:{NUMBER})(?:[kKmM](?!\w))?")
_WITHIN_NUMBER = later(r".?\d[.,]?\n\d.?|.?\d\n[.,]\d")
_MOST_NUMBERS = 200_000


class Quoting:
    """A page's Markdown, searched with and without its marks."""

    def __init__(self, markdown: str) -> None:
        self._texts = (_plain(markdown), " ".join(markdown.split()))

    def find(self, said: str) -> str | None:
        """The string as the page spells it: letter by letter, but for case and white space."""
        if len(said) > LONGEST:
            return None
        for text, wanted in zip(self._texts, (_plain(said), " ".join(said.split())), strict=True):
            if wanted and (place := self._place(text, wanted)) is not None:
                return text[place : place + len(wanted)]
        return None

    def has_number(self, number: float) -> bool:
        """Whether the page writes this number, in whichever country's way."""
        return float(number) in self._numbers

    def _place(self, text: str, wanted: str) -> int | None:
        exact = next(_places(text, wanted), None)
        if exact is not None:
            return exact
        lower, low = self._lower(text), wanted.lower()
        # Where lower case has another length, places would not be those of the text.
        if len(lower) != len(text) or len(low) != len(wanted):
            return None
        return next(_places(lower, low), None)

    def _lower(self, text: str) -> str:
        return self._lowered[self._texts.index(text)]

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(text.lower() for text in self._texts)

    @cached_property
    def _numbers(self) -> frozenset[float]:
        found: set[float] = set()
        for match in _NUMBER.finditer(self._texts[0]):
            written = match[0]
            if len(written) > 40:
                continue
            digits = written.lstrip("-\u2212").rstrip("kKmM")
            values = {plain_value(digits, language) for language in ("en", "de")}
            values.add(plain_value(digits, money=True))
            values.add(abs(read_number(written) or 0.0))
            found |= values | ({-value for value in values} if written[0] in "-\u2212" else set())
            if len(found) > _MOST_NUMBERS:
                break
        return frozenset(found)


def _places(text: str, wanted: str) -> Iterator[int]:
    """Where it stands on its own, and not inside a longer word or number."""
    place = text.find(wanted)
    for _ in range(1_000):
        if place < 0:
            return
        end = place + len(wanted)
        before, behind = text[max(0, place - 2) : place], text[end : end + 2]
        if not (_joined(before, wanted[:2]) or _joined(wanted[-2:], behind)):
            yield place
        place = text.find(wanted, place + 1)


def _joined(left: str, right: str) -> bool:
    """Whether two ends belong to one word or number; scripts without spaces have no such words."""
    if not left or not right:
        return False
    if left[-1].isalpha() and right[0].isalpha():
        return max(left[-1], right[0]) < "\u0e00"
    return bool(_WITHIN_NUMBER.fullmatch(f"{left[-2:]}\n{right[:2]}"))


def _plain(markdown: str) -> str:
    """The words without the marks of Markdown."""
    text = _MARKS.sub("", _LINK.sub(r"\1", markdown))
    return " ".join(_EMPHASIS.sub("", _ESCAPE.sub("", text)).replace("|", " ").split())
