"""A column: one place of every record, and when two places are the same one."""

from dataclasses import dataclass, field, replace

from webferry.content.patterns import later

_MOST_NUMBERED = 6
_CLASSES = later(r"\.[^>]*|\[\d+\]$")


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
    hints: dict[str, int] = field(default_factory=dict)
    tag: str = ""
    entry: int = 0

    def first(self, record: int) -> Spot | None:
        """The value of a record, the first if it has several."""
        return next(iter(self.spots[record]), None)

    def values(self) -> list[str]:
        """The first values, of the records that have one."""
        return [spots[0].raw for spots in self.spots if spots]


def tags_of(path: str) -> str:
    """A path without classes and numbers."""
    return _CLASSES.sub("", path)


def joined(found: list[Column]) -> list[Column]:
    """Columns that only differ in a class (`in-stock`, `sold-out`) and never meet become one."""
    families: dict[tuple[str, str], list[Column]] = {}
    for column in found:
        kin = families.setdefault((tags_of(column.path), column.attribute), [])
        for other in kin:
            if _complements(other, column):
                for spots, more in zip(other.spots, column.spots, strict=True):
                    spots.extend(more)
                break
        else:
            kin.append(column)
    return [column for kin in families.values() for column in kin]


def numbered(column: Column) -> list[Column]:
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
