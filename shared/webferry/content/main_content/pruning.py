"""Takes out of a tree the blocks that were not kept, and the elements that held nothing else."""

from itertools import accumulate

from webferry.content.main_content.blocks import Block, Blocks, Region


def prune(page: Blocks, kept: list[bool]) -> None:
    """The tree of the blocks changes; pictures between kept blocks stay."""
    kept_to = [0, *accumulate(kept)]
    done: set[Region] = set()
    for region in page.regions:
        inside = kept_to[region.end] - kept_to[region.start]
        if region.parent in done or (inside and inside == region.end - region.start):
            done.add(region)
        elif not inside and not (region.start == region.end and _fits(region, kept)):
            if region.parent is not None:
                region.element.extract()
            done.add(region)
    for block, stays in zip(page.blocks, kept, strict=True):
        if not stays and block.region not in done:
            _take_out(block, page)


def _fits(region: Region, kept: list[bool]) -> bool:
    """Whether an element without text belongs to what comes after it, or else before it."""
    if region.start < len(kept):
        return kept[region.start]
    return bool(kept) and kept[-1]


def _take_out(block: Block, page: Blocks) -> None:
    for top, text in block.items:
        (text if top in page.split else top).extract()
