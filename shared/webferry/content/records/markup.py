"""What the markup of an entry tells: hints of its meaning, its picture, a rating, a split price."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from webferry.content.records.outline import Outline

_CENTS = re.compile(r"cent|frac|decimal|penny|sup")
_FIGURES = frozenset({"One", "Two", "Three", "Four", "Five"})
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_PLAIN = ("href", "datetime", "content", "title", "alt", "aria-label", "value")
_FIGURE = re.compile(r"(?:\w*\d|one|two|three|four|five)$", re.IGNORECASE)
_NOT_DATA = re.compile(
    r"^data-(?:v-|react|testid|test|track|ga|gtm|srcset|src$|toggle|target|bs-|action|component|"
    r"module|qa|cy)"
)


def data_attributes(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name in _PLAIN or (name.startswith("data-") and not _NOT_DATA.match(name)):
            yield name


def hints_of(outline: Outline, entry: int, attribute: str) -> Counter[str]:
    """What markup says the value is: itemprop, classes, ids; the nearest counts most."""
    hints: Counter[str] = Counter()
    for distance, above in enumerate((entry, *outline.ancestors(entry))):
        if distance > 2:
            break
        weight = (10, 5, 3)[distance]
        for name in (
            "itemprop",
            "property",
            "data-testid",
            "data-field",
            "data-label",
            "class",
            "id",
        ):
            for word in outline.attribute(above, name)[:200].split():
                hints[word] = max(hints[word], weight if name != "itemprop" else weight + 1)
    if attribute.startswith("data-"):
        hints[attribute.removeprefix("data-")] = 12
    return hints


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
