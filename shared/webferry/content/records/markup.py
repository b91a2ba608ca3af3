"""What the markup of an entry tells: hints of its meaning, its picture, a rating, a split price."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice

from webferry.content.patterns import later
from webferry.content.records.outline import Outline

STRUCK = frozenset(["del", "s", "strike"])
_OLD = later(
    r"old|was|before|crossed|regular|list-?price|rrp|msrp|original|compare|strike|installment|"
    r"monthly"
)
_SAID_OLD = later(
    r"(?:was|before|rrp|msrp|uvp|statt|value|avant|antes|было)[\s:.]{0,3}\W{0,3}[\d$€£]",
    re.IGNORECASE,
)
_CENTS = later(r"cent|frac|decimal|penny|sup")
_UNSEEN = later(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_CLASS = later(r"(?<![\w:-])(?:hidden|hide|d-none|is-hidden|u-hidden|invisible)(?![\w-])")
_FIGURES = frozenset({"One", "Two", "Three", "Four", "Five"})
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_PLAIN = ("href", "datetime", "content", "title", "alt", "aria-label", "value")
_FIGURE = later(r"(?:\w*\d|one|two|three|four|five)$", re.IGNORECASE)
_WEIGHTS = (10, 5, 3)
_HINTS = ("itemprop", "property", "data-testid", "data-field", "data-label", "class", "id")
_NOT_DATA = later(
    r"^data-(?:v-|react|testid|test|track|ga|gtm|srcset|src$|toggle|target|bs-|action|component|"
    r"module|qa|cy)"
)


def data_attributes(names: Iterable[str]) -> list[str]:
    """Of these attributes those that may hold a value."""
    return [name for name in names if _holds_data(name)]


@lru_cache(maxsize=4_096)
def _holds_data(name: str) -> bool:
    return name in _PLAIN or (name.startswith("data-") and not _NOT_DATA.match(name))


class Hints:
    """What markup says values are: itemprop, classes, ids; the nearest counts most."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._said: dict[int, tuple[list[str], list[str]]] = {}

    def of(self, entry: int, attribute: str) -> dict[str, int]:
        """The words about a value, with their weight."""
        hints: dict[str, int] = {}
        above = entry
        for weight in _WEIGHTS:
            named, marked = self._words(above)
            for word in named:
                hints[word] = max(hints.get(word, 0), weight + 1)
            for word in marked:
                hints.setdefault(word, weight)
            above = self.outline.parents[above]
            if above < 0:
                break
        if attribute.startswith("data-"):
            hints[attribute.removeprefix("data-")] = 12
        return hints

    def _words(self, entry: int) -> tuple[list[str], list[str]]:
        """What an entry says of itself: by itemprop, and by all else."""
        if entry not in self._said:
            node = self.outline.nodes[entry]
            said = [node.attr(name) for name in _HINTS] if node is not None else []
            words = [value[:200].split() if value else [] for value in said]
            self._said[entry] = words[0] if words else [], list(chain(*words[1:]))
        return self._said[entry]


def figure(outline: Outline, entry: int) -> str:
    """The rating that a class name holds: `star-rating Three`, `stars-4`."""
    names = outline.attribute(entry, "class")[:200].split()
    return next(
        (
            name
            for name in names
            if (_FIGURE.match(name) and not name.isalpha()) or name.title() in _FIGURES
        ),
        "",
    )


def picture(outline: Outline, entry: int) -> str:
    """The address of an image, wherever lazy loading put it."""
    for name in _LAZY:
        address = outline.attribute(entry, name).strip()
        if address and not address.startswith("data:") and len(address) < 2_000:
            return address
    srcset = (outline.attribute(entry, "srcset") or outline.attribute(entry, "data-srcset"))[:4_000]
    return srcset.strip().split(" ")[0].rstrip(",")


def is_hidden(outline: Outline, entry: int) -> bool:
    """Whether markup alone keeps an entry from being seen."""
    node = outline.nodes[entry]
    if node is None:
        return False
    styled = node.attr("style")
    return (
        node.attr("hidden") is not None
        or bool(styled and _UNSEEN.search(styled[:300]))
        or bool(_UNSEEN_CLASS.search((node.attr("class") or "")[:300]))
    )


def says_it_itself(outline: Outline, entry: int) -> bool:
    """Whether no child says almost all of it; what was and what is are looked at one by one."""
    struck = not STRUCK.isdisjoint(outline.tags[entry + 1 : outline.ends[entry]])
    most = outline.text_length(entry) * 8
    return not struck and all(
        outline.text_length(kid) * 10 <= most for kid in outline.elements(entry)
    )


def was_asked(signs: str, text: str) -> bool:
    """Whether markup or words say that a price is an old one."""
    return bool(_OLD.search(signs) or _SAID_OLD.search(text))


def is_optional(outline: Outline, entry: int) -> bool:
    """Whether a price is what a choice costs in addition."""
    above = islice(outline.ancestors(entry), 3)
    return any(outline.tags[each] in ("option", "select") for each in above)


def nearest_moment(outline: Outline, start: int) -> tuple[int, str] | None:
    """The `time` element nearest to an entry, and what it states."""
    times = [entry for entry, tag in enumerate(outline.tags) if tag == "time"]
    nearest = min(times, key=lambda entry: abs(entry - start), default=None)
    stated = outline.attribute(nearest, "datetime") if nearest is not None else ""
    return (nearest, stated) if nearest is not None and stated else None


def price_text(outline: Outline, entry: int) -> str:
    """The text of an entry; cents that stand raised behind the whole get their point back."""
    pieces: list[str] = []
    for place in range(entry, outline.ends[entry]):
        said = outline.texts[place]
        raised = (
            len(said.strip()) == 2
            and said.strip().isdigit()
            and pieces
            and pieces[-1][-1:].isdigit()
        )
        if (
            raised
            and not outline.tags[place]
            and _CENTS.search(outline.signs[outline.parents[place]])
        ):
            said = "." + said.strip()
        if said:
            pieces.append(said)
    return " ".join("".join(pieces).split())
