"""The columns of a region: values that stand at the same place in every record."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from webferry.content.records.candidates import Candidate
from webferry.content.records.markup import data_attributes, figure, hints_of, picture, price_text
from webferry.content.records.outline import Outline
from webferry.content.records.tables import Headed
from webferry.content.records.values.money import read_money

MAX_RECORDS = 2_000
MAX_COLUMNS = 100
_LONGEST = 600
_LONGEST_PRICE = 30
_MOST_NUMBERED = 6
_LONGEST_PATH = 1_500

_LABELLED = re.compile(
    r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*(?P<value>\S.*)$", re.DOTALL
)
_LABEL_ONLY = re.compile(r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*$")
_BY = re.compile(r"^\s*(?:by|von|par|por|автор|от)\s+(?P<value>\w.*)$", re.IGNORECASE | re.DOTALL)
_CLASSES = re.compile(r"\.[^>]*|\[\d+\]$")
_STARRED = re.compile(r"star|rating", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One value as it stands: the string and the entry (and attribute) that holds it."""

    raw: str
    entry: int


@dataclass(slots=True)
class Column:
    """One place of every record; `spots` has as many lists as there are records."""

    path: str
    attribute: str
    spots: list[list[Spot]]
    label: str = ""
    hints: Counter[str] = field(default_factory=Counter)
    tag: str = ""

    def first(self, record: int) -> Spot | None:
        """The value of a record, the first if it has several."""
        return next(iter(self.spots[record]), None)

    def values(self) -> list[str]:
        """The first values, of the records that have one."""
        return [spots[0].raw for spots in self.spots if spots]


def columns(
    outline: Outline,
    candidate: Candidate,
    headed: Headed | None = None,
    only: Iterable[str] | None = None,
) -> list[Column]:
    """The columns of these records, the fullest first; those at certain paths, if only they are."""
    shelf = _Shelf(outline, min(len(candidate.records), MAX_RECORDS), only)
    for number, record in enumerate(candidate.records[:MAX_RECORDS]):
        cells = headed.cells(record[0]) if headed else None
        if cells:
            for place, cell in cells:
                shelf.take(number, cell, f"td#{place}", headed.label(place) if headed else "")
            shelf.look(number, record[0], "tr")
            continue
        for place, root in enumerate(record):
            # Not its classes: a promoted card is a card.
            shelf.take(number, root, f"{outline.tags[root]}#{place}")
    return shelf.columns()


class _Shelf:
    """Collects spots by path while the records are walked."""

    def __init__(self, outline: Outline, count: int, only: Iterable[str] | None) -> None:
        self.outline = outline
        self.count = count
        # Labels may stand anywhere, so then every place is looked at.
        self.only = None if only is None or "label" in only else set(map(_tags_of, only))
        self.found: dict[tuple[str, str], Column] = {}

    def columns(self) -> list[Column]:
        full = _joined([column for column in self.found.values() if any(column.spots)])
        full += [each for column in full for each in _numbered(column)]
        full.sort(key=lambda column: sum(map(bool, column.spots)), reverse=True)
        return full[:MAX_COLUMNS]

    def take(self, record: int, root: int, name: str, label: str = "") -> None:
        """Walk one root of a record."""
        outline, only = self.outline, self.only
        paths, tag_paths = {root: name}, {root: name}
        if only is None or name in only:
            self._element(record, root, name, label)
        for entry in range(root + 1, min(outline.ends[root], root + 2_000)):
            tag = outline.tags[entry]
            if not tag:
                continue
            above = outline.parents[entry]
            path = paths[entry] = f"{paths[above][-_LONGEST_PATH:]}>{outline.signs[entry]}"
            if only is not None:
                kin = tag_paths[entry] = f"{tag_paths[above]}>{tag}"
                if kin not in only:
                    continue
            self._element(record, entry, path, label)

    def look(self, record: int, root: int, name: str) -> None:
        """Take the attributes of a root alone."""
        self._attributes(record, root, name, "")

    def _element(self, record: int, entry: int, path: str, label: str) -> None:
        outline = self.outline
        length = outline.text_length(entry)
        if 0 < length <= _LONGEST:
            self._texts(record, entry, path, label)
        elif length > _LONGEST and outline.own_text(entry):
            self._put((record, path, ""), Spot(outline.own_text(entry), entry), label)
        self._attributes(record, entry, path, label)

    def _texts(self, record: int, entry: int, path: str, label: str) -> None:
        outline = self.outline
        kids = outline.kids[entry]
        own = outline.own_text(entry)
        if not own and kids < 2:
            return
        # Several boxes side by side are no value, unless they are the parts of a price.
        if not own and outline.text_length(entry) > _LONGEST_PRICE:
            return
        whole = price_text(outline, entry) if kids else own
        if own or read_money(whole, bare=False):
            self._put((record, path, ""), Spot(whole, entry), label)
        if own and kids and own != whole:
            self._put((record, path, "own"), Spot(own, entry), label)
        if own:
            self._labelled(record, entry, path, whole, own)

    def _labelled(self, record: int, entry: int, path: str, whole: str, own: str) -> None:
        if found := _LABELLED.match(whole[:300]):
            self._put(
                (record, "label", found["label"].casefold()),
                Spot(found["value"], entry),
                found["label"],
            )
        elif found := _LABEL_ONLY.match(own[:60]):
            if follower := self._follower(entry):
                value = self.outline.text(follower)
                self._put(
                    (record, "label", found["label"].casefold()),
                    Spot(value, follower),
                    found["label"],
                )
        elif self.outline.tags[entry] == "dt" and (follower := self._follower(entry)):
            value = self.outline.text(follower)
            self._put((record, "label", whole.casefold()), Spot(value, follower), whole)
        elif found := _BY.match(own[:200]) or _BY.match(whole[:200]):
            self._put((record, path, "by"), Spot(found["value"], entry), "")

    def _follower(self, entry: int) -> int:
        outline = self.outline
        end, parent = outline.ends[entry], outline.parents[entry]
        inside = parent >= 0 and end < outline.ends[parent]
        return end if inside and 0 < outline.text_length(end) < _LONGEST else 0

    def _attributes(self, record: int, entry: int, path: str, label: str) -> None:
        outline = self.outline
        node = outline.nodes[entry]
        if node is None or not (held := len(node.attrs)):
            return
        starred = _STARRED.search(outline.signs[entry])
        # Most elements have a class and nothing else.
        if held == 1 and not starred and "." in outline.signs[entry]:
            return
        if outline.tags[entry] == "img" and (address := picture(outline, entry)):
            self._put((record, path, "src"), Spot(address, entry), label)
        if starred and (rated := figure(outline, entry)):
            self._put((record, path, "class"), Spot(rated, entry), label)
        for name in data_attributes(node.attrs):
            value = outline.attribute(entry, name)
            if 0 < len(value) <= 2_000:
                self._put((record, path, name), Spot(" ".join(value.split()), entry), label)

    def _put(self, place: tuple[int, str, str], spot: Spot, label: str) -> None:
        record, path, attribute = place
        column = self.found.get((path, attribute))
        if column is None:
            if not spot.raw or len(self.found) > MAX_COLUMNS * 10:
                return
            column = Column(path, attribute, [[] for _ in range(self.count)], label)
            column.tag = self.outline.tags[spot.entry]
            self.found[path, attribute] = column
            column.hints = hints_of(self.outline, spot.entry, attribute)
        if spot.raw and len(column.spots[record]) < 50:
            column.spots[record].append(spot)


def _tags_of(path: str) -> str:
    """A path without classes and numbers."""
    return _CLASSES.sub("", path)


def _joined(found: list[Column]) -> list[Column]:
    """Columns that only differ in a class (`in-stock`, `sold-out`) and never meet become one."""
    families: dict[tuple[str, str], list[Column]] = {}
    for column in found:
        kin = families.setdefault((_tags_of(column.path), column.attribute), [])
        for other in kin:
            if _complements(other, column):
                for spots, more in zip(other.spots, column.spots, strict=True):
                    spots.extend(more)
                break
        else:
            kin.append(column)
    return [column for kin in families.values() for column in kin]


def _numbered(column: Column) -> list[Column]:
    """A place that comes several times in most records is several columns too, by their order."""
    counts = [len(spots) for spots in column.spots]
    most = max(counts)
    if not 2 <= most <= _MOST_NUMBERED or sum(count > 1 for count in counts) * 2 < len(counts):
        return []
    return [
        replace(
            column,
            path=f"{column.path}[{number + 1}]",
            spots=[spots[number : number + 1] for spots in column.spots],
        )
        for number in range(most)
    ]


def _complements(one: Column, other: Column) -> bool:
    if any(a and b for a, b in zip(one.spots, other.spots, strict=True)):
        return False
    if all(a or b for a, b in zip(one.spots, other.spots, strict=True)):
        return True
    last, least = (set(column.path.rpartition(">")[2].split(".")[1:]) for column in (one, other))
    return bool(last & least)
