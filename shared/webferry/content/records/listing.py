"""Reads a list of records off a region, by the columns that fit the wanted keys."""

from dataclasses import dataclass, replace

from webferry.content.records.candidates import Candidate, sample
from webferry.content.records.column import Column
from webferry.content.records.columns import MAX_RECORDS, columns
from webferry.content.records.fitting import Fit, fit
from webferry.content.records.items import Record, Trace, read_record
from webferry.content.records.page import RecordPage
from webferry.content.records.ranking import Region
from webferry.content.records.schema import Field, Wanted
from webferry.content.records.tables import Headed, headed

_TRIED = 3
_SAMPLE = 5
_SCORE_WEIGHT = 0.045
# Hardly any region answers better; one that cannot beat the best even so is not tried.
_PERFECT = 0.8


@dataclass(slots=True)
class Listing:
    """A region, the column of every key, how well that answers, and columns of a few records."""

    candidate: Candidate
    headed: Headed | None
    fits: dict[str, Fit]
    score: float
    columns: list[Column]

    def answered(self, wanted: Wanted) -> float:
        """The share of the asked keys that have a column; a list's own keys all have one."""
        asked = len(leaves(wanted.fields))
        return len(self.fits) / asked if asked else 1.0


def leaves(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Every field that has a value of its own."""
    return tuple(
        leaf for each in fields for leaf in (leaves(each.fields) if each.fields else (each,))
    )


def best_listing(page: RecordPage, wanted: Wanted) -> Listing | None:
    """The region whose columns answer best, all of its records fitted."""
    best: Listing | None = None
    for region in _apart(page):
        if best and best.score >= _PERFECT + _handicap(page, region):
            break
        tried = _try(page, region, wanted)
        if tried.fits and (best is None or tried.score > best.score):
            best = tried
    return whole(page, best, wanted) if best else None


def whole(page: RecordPage, listing: Listing, wanted: Wanted) -> Listing:
    """The same region, its fits over all of its records."""
    outline, candidate, table = page.outline, listing.candidate, listing.headed
    paths = {known.column.path for known in listing.fits.values()}
    full = columns(outline, candidate, table, paths)
    fits = refit(listing.fits, full)
    if len(fits) < len(listing.fits):
        full = columns(outline, candidate, table)
        fits = fit(leaves(wanted.fields), full, page.language)
    return replace(listing, fits=fits)


def refit(fits: dict[str, Fit], found: list[Column]) -> dict[str, Fit]:
    """The same fits with these columns, as far as they are there."""
    by_place = {(column.path, column.attribute): column for column in found}
    return {
        key: replace(known, column=column)
        for key, known in fits.items()
        if (column := by_place.get((known.column.path, known.column.attribute)))
    }


def _handicap(page: RecordPage, region: Region) -> float:
    """What a region loses for being less likely than the first, whatever its columns answer."""
    return _SCORE_WEIGHT * (region.score - page.regions[0].score)


def _apart(page: RecordPage) -> list[Region]:
    """The likeliest regions; of several wrappers around the same records one is enough."""
    kept: list[Region] = []
    seen: set[tuple[int, int]] = set()
    for region in page.regions:
        records = region.candidate.records
        extent = (len(records), page.outline.ends[records[-1][-1]])
        if extent not in seen:
            seen.add(extent)
            kept.append(region)
    return kept[:_TRIED]


def _try(page: RecordPage, region: Region, wanted: Wanted) -> Listing:
    candidate, table = region.candidate, headed(page.outline, region.candidate)
    if table:
        candidate = table[0]
    found = columns(page.outline, sample(candidate, _SAMPLE), table[1] if table else None)
    asked = leaves(wanted.fields)
    fits = fit(asked, found, page.language)
    sure = sum(each.confidence * (0.3 + 0.7 * _coverage(each.column)) for each in fits.values())
    score = sure / len(asked) + _handicap(page, region)
    return Listing(candidate, table[1] if table else None, fits, score, found)


def _coverage(column: Column) -> float:
    return sum(map(bool, column.spots)) / (len(column.spots) or 1)


def read_listing(page: RecordPage, listing: Listing, wanted: Wanted) -> list[Record]:
    """The items of a region; a record without a value is none."""
    outline = page.outline
    found: list[Record] = []
    for number in range(min(len(listing.candidate.records), MAX_RECORDS)):

        def find(each: Field, number: int = number) -> list[Trace]:
            known = listing.fits.get(each.key)
            if known is None:
                return []
            return [
                Trace(
                    _source(listing, known),
                    _path(outline.xpath(spot.entry), known),
                    spot.raw,
                    known.confidence,
                )
                for spot in known.column.spots[number]
            ]

        found.append(read_record(wanted.fields, find, page.reading))
    return _real(found)


def _real(found: list[Record]) -> list[Record]:
    """Without advertisements and headers between the records: those that have almost nothing."""
    most = max((record.filled() for record in found), default=0)
    return [
        record for record in found if record.filled() and (record.filled() * 3 > most or most < 3)
    ]


def _source(listing: Listing, known: Fit) -> str:
    if known.source:
        return known.source
    if known.column.attribute == "label":
        return "label"
    if listing.headed and known.column.path.startswith("td#"):
        return "table"
    return (
        "microdata" if any(weight == 11 for weight in known.column.hints.values()) else "repeated"
    )


def _path(xpath: str, known: Fit) -> str:
    named = known.column.attribute not in ("", "own", "by", "label")
    return f"{xpath}/@{known.column.attribute}" if named else xpath
