"""Compares every declared property with what the engine has, and mends what can be mended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.compare import NOTHING, Difference, differences
from webferry_local.floor_plan.limits import CANNOT
from webferry_local.floor_plan.readers import READERS
from webferry_local.floor_plan.readers.placed import Placed
from webferry_local.floor_plan.repairs import REPAIRS, TAKEN_BACK


@dataclass(frozen=True, slots=True)
class _Gap:
    placed: Placed
    name: str
    difference: Difference

    @property
    def kind(self) -> tuple[str, str]:
        return self.placed.resource_type, self.name


def mend_and_read_back(cloud: Cloud, resources: Iterable[Placed]) -> list[str]:
    """One line for every declared property that has no effect, even after the repairs."""
    gaps = [gap for placed in resources for gap in _gaps(cloud, placed)]
    mended = {(gap.placed.logical_id, gap.kind): gap for gap in gaps if gap.kind in REPAIRS}
    for gap in mended.values():
        REPAIRS[gap.kind](cloud, gap.placed)
    left = [gap for gap in gaps if gap.kind not in REPAIRS]
    again = {gap.placed.logical_id: gap.placed for gap in mended.values()}
    for placed in again.values():
        left.extend(gap for gap in _gaps(cloud, placed) if gap.kind in REPAIRS)
    return [str(gap.difference) for gap in left]


def _gaps(cloud: Cloud, placed: Placed) -> Iterator[_Gap]:
    reader = READERS.get(placed.resource_type)
    if reader is None:
        missing = f"a reader for {placed.resource_type} in the floor plan"
        yield _Gap(placed, "", Difference(placed.logical_id, missing, NOTHING))
        return
    found = reader(cloud, placed)
    if found is None:
        missing = f"a resource of type {placed.resource_type}"
        yield _Gap(placed, "", Difference(placed.logical_id, missing, NOTHING))
        return
    yield from _property_gaps(placed, found)


def _property_gaps(placed: Placed, found: Answer) -> Iterator[_Gap]:
    for name, value in placed.declared.items():
        if (placed.resource_type, name) in CANNOT:
            continue
        path = f"{placed.logical_id}.{name}"
        for difference in differences(path, value, found.get(name, NOTHING)):
            yield _Gap(placed, name, difference)
    for resource_type, name in TAKEN_BACK:
        if resource_type == placed.resource_type and name in found.keys() - placed.declared.keys():
            path = f"{placed.logical_id}.{name}"
            yield _Gap(placed, name, Difference(path, NOTHING, found[name]))
