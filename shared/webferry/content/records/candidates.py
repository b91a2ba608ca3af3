"""Where records may lie: alike siblings, cousins of one class path, flat runs of several rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
    for candidate in (*_siblings(outline), *_cousins(outline)):
        found.setdefault(candidate.records, candidate)
    return list(found.values())


def _siblings(outline: Outline) -> Iterator[Candidate]:
    sums, ends = outline.text_sums, outline.ends
    for parent, tag in enumerate(outline.tags):
        if not tag or tag in _CLOSED or outline.kids[parent] < 2:
            continue
        children = [
            child for child in outline.elements(parent) if sums[ends[child]] - sums[child] > 1
        ]
        if len(children) < 2:
            continue
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
    path_of: list[int] = []
    families: dict[int, list[int]] = defaultdict(list)
    for entry, parent in enumerate(outline.parents):
        above = path_of[parent] if parent >= 0 else -1
        sign = outline.signs[entry]
        path = paths.setdefault((above, sign), len(paths))
        path_of.append(path)
        if sign and outline.ends[entry] - entry > 2:
            families[path].append(entry)
    for family in families.values():
        parents = {outline.parents[entry] for entry in family}
        if len(family) > 2 and len(parents) > 1:
            yield Candidate("cousins", tuple((entry,) for entry in family))


def sample(candidate: Candidate, count: int) -> Candidate:
    """A few records from all over a family."""
    step = max(1, len(candidate.records) // count)
    picked: tuple[Roots, ...] = candidate.records[::step][:count]
    return Candidate(candidate.kind, picked)
