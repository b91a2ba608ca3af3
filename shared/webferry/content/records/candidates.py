"""Where records may lie: alike siblings, cousins of one class path, flat runs of several rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from math import sqrt

from webferry.content.records.outline import Outline

# A record is its root entries: one for a card, several for rows that only together make one.
Roots = tuple[int, ...]

_CLOSED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "select", "pre", "button", "label"])
_ALIKE = 0.75
_BAG = 120
_LONGEST_RUN = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One family of records, in reading order."""

    kind: str
    records: tuple[Roots, ...]


def candidates(outline: Outline) -> list[Candidate]:
    """Every family worth scoring; none twice."""
    found: dict[tuple[Roots, ...], Candidate] = {}
    for parent in _parents(outline):
        for candidate in _siblings(outline, parent):
            found.setdefault(candidate.records, candidate)
    for candidate in _cousins(outline):
        found.setdefault(candidate.records, candidate)
    return list(found.values())


def heaviest(outline: Outline, count: int) -> list[Candidate]:
    """The families of most weight, the heaviest first; what cannot be among them is not built."""
    found: dict[tuple[Roots, ...], Candidate] = {}
    weights: list[float] = []

    def keep(candidate: Candidate) -> None:
        if candidate.records not in found:
            found[candidate.records] = candidate
            heappush(weights, _weight(outline, candidate))
            if len(weights) > count:
                heappop(weights)

    for family in _cousins(outline):
        keep(family)
    bounds = [(-_bound(outline, parent), parent) for parent in _parents(outline)]
    bounds.sort()
    for bound, parent in bounds:
        if len(weights) == count and -bound < weights[0]:
            break
        for candidate in _siblings(outline, parent):
            keep(candidate)
    best = sorted(found.values(), key=lambda each: (-_weight(outline, each), each.records[0][0]))
    return best[:count]


def _weight(outline: Outline, candidate: Candidate) -> float:
    """Text, but a family of many small ones before one of two halves of the page."""
    sums, ends, records = outline.text_sums, outline.ends, candidate.records
    said = sum(sums[ends[root]] - sums[root] for record in records[:200] for root in record)
    return _mass(said, len(records))


def _bound(outline: Outline, parent: int) -> float:
    """No family below this parent weighs more."""
    return _mass(outline.text_length(parent), outline.kids[parent])


def _mass(said: int, count: int) -> float:
    return float(min(said, 20_000) ** 0.5 * min(count, 20) ** 0.8)


def _parents(outline: Outline) -> list[int]:
    """The entries whose children may be records."""
    tags = outline.tags
    return [
        entry for entry, kids in enumerate(outline.kids) if kids > 1 and tags[entry] not in _CLOSED
    ]


def _siblings(outline: Outline, parent: int) -> Iterator[Candidate]:
    sums, ends = outline.text_sums, outline.ends
    children = [child for child in outline.elements(parent) if sums[ends[child]] - sums[child] > 1]
    if len(children) < 2:
        return
    for group in _alike(outline, children):
        yield Candidate("siblings", tuple((child,) for child in group))
    yield from _runs(outline, children)


def _alike(outline: Outline, children: list[int]) -> list[list[int]]:
    """Groups of two and more that look like each other."""
    by_tag: dict[str, dict[str, list[int]]] = {}
    for child in children:
        by_sign = by_tag.setdefault(outline.tags[child], {})
        by_sign.setdefault(outline.signs[child], []).append(child)
    clusters = [
        cluster
        for by_sign in by_tag.values()
        for cluster in _merged(outline, sorted(by_sign.values(), key=len, reverse=True)[:40])
    ]
    return [sorted(cluster) for cluster in clusters if len(cluster) > 1]


def _merged(outline: Outline, groups: list[list[int]]) -> list[list[int]]:
    """Groups of one tag; those of another class but the same shape become one."""
    if len(groups) == 1:
        return groups
    clusters: list[tuple[Counter[str], list[int]]] = []
    for group in groups:
        shape = _shape(outline, group[len(group) // 2])
        kin = (members for bag, members in clusters if _cosine(bag, shape) > _ALIKE)
        if members := next(kin, None):
            members.extend(group)
        else:
            clusters.append((shape, list(group)))
    return [members for _, members in clusters]


def _shape(outline: Outline, entry: int) -> Counter[str]:
    return Counter(outline.tags[entry : min(outline.ends[entry], entry + _BAG)])


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    dot = sum(count * right[tag] for tag, count in left.items())
    size = sum(n * n for n in left.values()) * sum(n * n for n in right.values())
    return dot / sqrt(size)


def _runs(outline: Outline, children: list[int]) -> Iterator[Candidate]:
    """Rows of several siblings: a head that comes back, each time followed by the same kinds."""
    signs = [outline.signs[child] for child in children]
    counts = Counter(signs)
    head = signs[0] if counts[signs[0]] > 1 else counts.most_common(1)[0][0]
    if len(counts) < 2 or counts[head] < 2:
        return
    starts = [place for place, sign in enumerate(signs) if sign == head]
    ends = [*starts[1:], len(signs)]
    runs = [tuple(signs[a:b]) for a, b in zip(starts[:-1], ends, strict=False)]
    usual, times = Counter(runs).most_common(1)[0] if runs else ((), 0)
    if not 2 <= len(usual) <= _LONGEST_RUN or times * 2 < len(runs):
        return
    rows = [
        tuple(children[start : min(end, start + len(usual))])
        for start, end in zip(starts, ends, strict=True)
    ]
    yield Candidate("run", tuple(rows))


def _cousins(outline: Outline) -> Iterator[Candidate]:
    """Entries of one class path that hang on different parents."""
    paths: dict[tuple[int, str], int] = {}
    path_of: dict[int, int] = {-1: -1}
    families: dict[int, list[int]] = defaultdict(list)
    parents, ends, signs = outline.parents, outline.ends, outline.signs
    for entry, end in enumerate(ends):
        # Whoever holds nothing is neither a record nor on the way to one.
        if end - entry > 1:
            place = path_of[parents[entry]], signs[entry]
            path = path_of[entry] = paths.setdefault(place, len(paths))
            if end - entry > 2:
                families[path].append(entry)
    for family in families.values():
        if len(family) > 2 and parents[family[0]] != parents[family[-1]]:
            yield Candidate("cousins", tuple((entry,) for entry in family))


def sample(candidate: Candidate, count: int) -> Candidate:
    """A few records from all over a family."""
    step = max(1, len(candidate.records) // count)
    picked: tuple[Roots, ...] = candidate.records[::step][:count]
    return Candidate(candidate.kind, picked)
