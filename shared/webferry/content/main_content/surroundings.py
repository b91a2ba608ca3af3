"""Numbers about the regions around a block, from the innermost outwards."""

from webferry.content.main_content.blocks import Blocks, Region

_NAMES = ("linked", "prose", "prose_part", "part")
_LEVELS = (0, 1, 2, 3)
_NOTHING = (-1.0,) * len(_NAMES)

_Row = tuple[float, ...]


def region_columns(
    page: Blocks, words: list[float], links: list[float], prose: list[float]
) -> dict[str, list[float]]:
    """Columns for four levels; the sums given are over all blocks before the one at an index."""
    # Regions come in document order, so a parent's rows are there before its children ask.
    chains: dict[Region, list[_Row]] = {}
    for region in page.regions:
        start, end = region.start, region.end
        if start == end:
            continue
        parent = region.parent
        above = chains[parent] if parent else []
        if end - start < 2 or (parent and (parent.start, parent.end) == (start, end)):
            chains[region] = above
            continue
        count = words[end] - words[start]
        written = prose[end] - prose[start]
        row = (
            (links[end] - links[start]) / count,
            written / count,
            written / (prose[-1] or 1.0),
            count / words[-1],
        )
        chains[region] = [row, *above[: _LEVELS[-1]]]
    rows = [chains[block.region] for block in page.blocks]
    columns: dict[str, list[float]] = {}
    for level in _LEVELS:
        picked = [row[level] if len(row) > level else _NOTHING for row in rows]
        values = zip(*picked, strict=True)
        columns |= {f"{n}^{level}": list(each) for n, each in zip(_NAMES, values, strict=True)}
    return columns
