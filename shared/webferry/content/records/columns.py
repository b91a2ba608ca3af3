"""The columns of a region: values that stand at the same place in every record."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from collections.abc import Iterable
from functools import lru_cache

from webferry.content.patterns import later
from webferry.content.records.candidates import Candidate
from webferry.content.records.column import Column, Spot, joined, numbered, tags_of
from webferry.content.records.markup import Hints, data_attributes, figure, picture, price_text
from webferry.content.records.outline import Outline
from webferry.content.records.tables import Headed
from webferry.content.records.values.money import read_money

MAX_RECORDS = 2_000
MAX_COLUMNS = 70
_LONGEST = 600
_LONGEST_PRICE = 30
_LONGEST_PATH = 1_500

_LABELLED = later(r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*(?P<value>\S.*)$", re.DOTALL)
_LABEL_ONLY = later(r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*$")
_BY = later(r"^\s*(?:by|von|par|por|автор|от)\s+(?P<value>\w.*)$", re.IGNORECASE | re.DOTALL)
_STARRED = later(r"star|rating", re.IGNORECASE)


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


@lru_cache(maxsize=4_096)
def _is_starred(sign: str) -> bool:
    return bool(_STARRED.search(sign))


class _Shelf:
    """Collects spots by path while the records are walked."""

    def __init__(self, outline: Outline, count: int, only: Iterable[str] | None) -> None:
        self.outline = outline
        self.count = count
        # Labels may stand anywhere, so then every place is looked at.
        self.only = None if only is None or "label" in only else set(map(tags_of, only))
        self.found: dict[tuple[str, str], Column] = {}
        self.hints = Hints(outline)

    def columns(self) -> list[Column]:
        full = joined([column for column in self.found.values() if any(column.spots)])
        full += [each for column in full for each in numbered(column)]
        full.sort(key=lambda column: sum(map(bool, column.spots)), reverse=True)
        for column in full[:MAX_COLUMNS]:
            column.hints = self.hints.of(column.entry, column.attribute)
        return full[:MAX_COLUMNS]

    def take(self, record: int, root: int, name: str, label: str = "") -> None:
        """Walk one root of a record."""
        outline, only = self.outline, self.only
        names = outline.signs if only is None else outline.tags
        paths = {root: name}
        if only is None or name in only:
            self._element(record, root, name, label)
        for entry in range(root + 1, min(outline.ends[root], root + 2_000)):
            if not outline.tags[entry]:
                continue
            above = paths[outline.parents[entry]]
            path = paths[entry] = f"{above[-_LONGEST_PATH:]}>{names[entry]}"
            if only is None:
                self._element(record, entry, path, label)
            elif path in only:
                self._element(record, entry, self._signed(root, entry, name), label)

    def _signed(self, root: int, entry: int, name: str) -> str:
        """The path from a root down to an entry, with classes."""
        path = ""
        while entry != root:
            path = f">{self.outline.signs[entry]}{path}"
            entry = self.outline.parents[entry]
        return (name + path)[-_LONGEST_PATH:]

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
        starred = _is_starred(outline.signs[entry])
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
            column.tag, column.entry = self.outline.tags[spot.entry], spot.entry
            self.found[path, attribute] = column
        if spot.raw and len(column.spots[record]) < 50:
            column.spots[record].append(spot)
