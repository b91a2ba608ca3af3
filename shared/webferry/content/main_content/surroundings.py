"""Numbers about the regions around a block, from the innermost outwards."""

from webferry.content.main_content.blocks import Blocks, Region

_NAMES = ("linked", "prose", "prose_part", "part")
_LEVELS = 4
_NOTHING = (-1.0,) * (_LEVELS * len(_NAMES))
_KEPT = (_LEVELS - 1) * len(_NAMES)
# The others were measured to tell a forest nothing that it could not know without them.
_TELLING_NAMES = (
    "linked^0 linked^2 prose^0 prose^1 prose^3 prose_part^0 prose_part^1 prose_part^2"
    " part^0 part^1 part^2"
)
_TELLING = frozenset(_TELLING_NAMES.split())


def region_columns(
    page: Blocks, words: list[float], links: list[float], prose: list[float]
) -> dict[str, list[float]]:
    """Columns for four levels; the sums given are over all blocks before the one at an index."""
    # Regions come in document order, so a parent's values are there before its children ask.
    chains: dict[Region | None, tuple[float, ...]] = {None: _NOTHING}
    total, prose_total = words[-1], prose[-1] or 1.0
    for region in page.regions:
        start, end = region.start, region.end
        if start == end:
            continue
        parent = region.parent
        above = chains[parent]
        if end - start < 2 or (parent and parent.start == start and parent.end == end):
            chains[region] = above
            continue
        count = words[end] - words[start]
        written = prose[end] - prose[start]
        chains[region] = (
            (links[end] - links[start]) / count,
            written / count,
            written / prose_total,
            count / total,
            *above[:_KEPT],
        )
    values = zip(*[chains[block.region] for block in page.blocks], strict=True)
    names = (f"{name}^{level}" for level in range(_LEVELS) for name in _NAMES)
    columns = zip(names, values, strict=True)
    return {name: list(each) for name, each in columns if name in _TELLING}
