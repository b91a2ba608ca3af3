"""A plan: which column is which key, kept as plain JSON so that later runs need not ask again."""

from dataclasses import asdict, dataclass, field
from typing import Any

from webferry.content.records.candidates import Candidate, candidates
from webferry.content.records.columns import columns
from webferry.content.records.fitting import Fit
from webferry.content.records.listing import Listing
from webferry.content.records.outline import Outline
from webferry.content.records.page import RecordPage
from webferry.content.records.ranking import likelihood
from webferry.content.records.schema import Wanted
from webferry.content.records.tables import headed

VERSION = 1
# A key that fills less than this share of what it filled when the plan was made has drifted.
KEPT_COVERAGE = 0.6
_LONGEST_PLACE = 2_000


class BadPlan(ValueError):
    """This is no plan of this version."""


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """Where the values of one key stand in every record, and how many records had one."""

    path: str
    attribute: str
    coverage: float
    confidence: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`kind` is region, stated or single; a region is known by the class path of its records."""

    kind: str
    keys: tuple[str, ...]
    coverage: dict[str, float] = field(default_factory=dict)
    place: str = ""
    family: str = ""
    columns: dict[str, PlannedColumn] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    schema: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The plan as plain data."""
        return {"version": VERSION, **asdict(self), "keys": list(self.keys)}

    @classmethod
    def from_json(cls, data: object) -> "Plan":
        """A plan read back. Raises: BadPlan."""
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise BadPlan("plan: made by another version")
        try:
            known = {key: PlannedColumn(**value) for key, value in data["columns"].items()}
            plan = cls(
                kind=data["kind"],
                keys=tuple(data["keys"]),
                coverage=dict(data["coverage"]),
                place=data["place"],
                family=data.get("family", ""),
                columns=known,
                texts=dict(data["texts"]),
                schema=dict(data["schema"]),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BadPlan(f"plan: cannot be read ({error})") from error
        return plan


def plan_of(page: RecordPage, listing: Listing, wanted: Wanted, coverage: dict[str, float]) -> Plan:
    """What to remember of a region that was read."""
    known = {
        key: PlannedColumn(
            each.column.path,
            each.column.attribute,
            coverage.get(key, 0.0),
            each.confidence,
            each.source,
        )
        for key, each in listing.fits.items()
    }
    place = class_path(page.outline, listing.candidate)
    family = listing.candidate.kind
    return Plan("region", tuple(wanted.names()), coverage, place, family, known)


def follow(page: RecordPage, plan: Plan) -> Listing | None:
    """The region and columns a plan names, if this page still has them."""
    outline = page.outline
    known = [each for each in candidates(outline) if _stands_at(outline, each, plan.place)]
    if not known:
        return None
    # Several lists may look alike; the likeliest is the one that was chosen when it was learnt.
    candidate = max(known, key=lambda each: (each.kind == plan.family, likelihood(outline, each)))
    table = headed(outline, candidate)
    if table:
        candidate = table[0]
    paths = {planned.path for planned in plan.columns.values()}
    found = columns(outline, candidate, table[1] if table else None, paths)
    by_place = {(column.path, column.attribute): column for column in found}
    fits = {
        key: Fit(column, planned.confidence, planned.source)
        for key, planned in plan.columns.items()
        if (column := by_place.get((planned.path, planned.attribute)))
    }
    return Listing(candidate, table[1] if table else None, fits, 0.0, found)


def _stands_at(outline: Outline, candidate: Candidate, place: str) -> bool:
    """Whether a family is at a place; most are not, as their nearest parent shows at once."""
    parent = outline.parents[candidate.records[len(candidate.records) // 2][0]]
    near = f">{outline.signs[parent]}>"
    if len(place) < _LONGEST_PLACE and near not in f">{place}":
        return False
    return class_path(outline, candidate) == place


def drifted(plan: Plan, coverage: dict[str, float]) -> list[str]:
    """The keys that now fill far fewer records than when the plan was made."""
    return [
        key
        for key, before in plan.coverage.items()
        if before and coverage.get(key, 0.0) < KEPT_COVERAGE * before
    ]


def class_path(outline: Outline, candidate: Candidate) -> str:
    """The tags and classes from the body down to a record: the same on every visit."""
    middle = candidate.records[len(candidate.records) // 2][0]
    signs = [outline.signs[above] for above in outline.ancestors(middle)]
    kind = "run" if candidate.kind == "run" else ""
    return ">".join([*reversed(signs), outline.tags[middle], kind])[:_LONGEST_PLACE]
