"""Jobs as items: opened in one transaction, changed only where nobody else changed them first."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import chain

from webferry.adapters.dynamodb.books import Books
from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.job_items import (
    SHARDS,
    SHELVES,
    job_item,
    job_key,
    job_of,
    part_key,
    ref_of,
    shard_key,
    tally_of_item,
    work_item,
    work_of,
)
from webferry.adapters.dynamodb.table import Write, put_new
from webferry.adapters.dynamodb.wide_table import Key, WideTable, adding, changing, replacing
from webferry.domain.errands import LETTER_PATIENCE_MS
from webferry.domain.errors import Conflict, NotFound
from webferry.domain.jobs import JOB_LIFETIME_MS, Job, JobState, Tally
from webferry.domain.once import Once
from webferry.domain.parts import Part, PartRef
from webferry.domain.work import SavedSteps, Step, Work

# A part may be stored long before its job, if whoever stores them is slow, but not this long.
ORPHAN_PATIENCE_MS = 15 * 60_000
_OPEN = "#state IN (:queued, :running)"
_OPEN_STATES = {"queued": JobState.QUEUED, "running": JobState.RUNNING}


class DynamoJobs:
    """A small job is one item, so counting a task and ending the job is one conditional write."""

    def __init__(self, table: WideTable, books: Books) -> None:
        self._table = table
        self._books = books

    def open(self, job: Job, parts: Sequence[Part], once: Once | None) -> str | None:
        """Store a job with all its parts; the id of the earlier one if it was opened before.

        Parts of a large job are written first: until the job stands nothing leads to them.

        Raises: Conflict: the name stands for another request; InsufficientCredits; NotFound: no
        such flow; IdTaken; Unavailable.
        """
        if job.is_small:
            item = work_item(Work(job, parts[0]), 1)
        else:
            self._table.put_many(work_item(Work(job, part), 1) for part in parts)
            item = job_item(job, job.created_at_ms + LETTER_PATIENCE_MS)
        names = _named(job, once)
        refused = self._table.transact(*names, *self._books.opening(job), put_new(**item))
        if once and 0 in refused:
            if refused[0]["fingerprint"] != once.fingerprint:
                raise Conflict("That Idempotency-Key was used for another request")
            return str(refused[0]["job_id"])
        if refused:
            met = {place - len(names): item for place, item in refused.items()}
            raise self._books.why_refused(job, met)
        return None

    def find(self, job_id: str) -> Job:
        """Raises: NotFound, Unavailable."""
        item = self._table.get(*job_key(job_id))
        if item is None:
            raise NotFound("Job not found")
        return job_of(item)

    def load(self, refs: Iterable[PartRef]) -> dict[PartRef, Work]:
        """Parts with their jobs; what is not there is left out.

        Raises: Unavailable.
        """
        wanted = list(dict.fromkeys(refs))
        keys = [job_key(ref.job_id) for ref in wanted] + [part_key(ref) for ref in wanted]
        items = self._table.get_many(dict.fromkeys(keys))
        return {
            ref: work_of(items[part_key(ref)], job_of(items[job_key(ref.job_id)]))
            for ref in wanted
            if job_key(ref.job_id) in items and "urls" in items.get(part_key(ref), {})
        }

    def save(self, steps: Sequence[Step]) -> SavedSteps:
        """Each step whose beginning still stands; the others, as they stand now.

        Raises: Unavailable: nobody knows which.
        """
        saved = SavedSteps({}, {})
        rest = [step for step in steps if step.after != step.before]
        saved.kept.update({step.after.ref: step.after for step in steps if step not in rest})
        while rest:
            refused = self._try(rest)
            for position, met in refused.items():
                if "urls" in met:
                    before = rest[position].before
                    job = job_of(met) if before.job.is_small else before.job
                    saved.refused[before.ref] = work_of(met, job)
            if not refused:
                saved.kept.update({step.after.ref: _newer(step.after) for step in rest})
            rest = [step for n, step in enumerate(rest) if n not in refused] if refused else []
        return saved

    def tally(self, job: Job) -> Tally:
        """Raises: Unavailable."""
        if job.is_small or job.state.is_final:
            return job.tally
        shards = self._table.get_many(shard_key(job.id, number) for number in range(SHARDS))
        return sum((tally_of_item(shard) for shard in shards.values()), Tally())

    def begin(self, job: Job) -> None:
        """Raises: Unavailable."""
        self._table.change(
            job_key(job.id),
            "#state = :queued",
            "SET #state = :state, #started_at_ms = :started_at_ms",
            queued=JobState.QUEUED,
            state=job.state,
            started_at_ms=job.started_at_ms,
        )

    def end(self, job: Job) -> bool:
        """Raises: Unavailable."""
        end = changing(
            job_key(job.id),
            _OPEN,
            "SET #state = :state, #ended_at_ms = :ended_at_ms, #succeeded = :succeeded,"
            " #failed = :failed, #nano_usd = :nano_usd REMOVE #due_at_ms, #due_shelf",
            **_OPEN_STATES,
            state=job.state,
            ended_at_ms=job.ended_at_ms,
            succeeded=job.tally.succeeded,
            failed=job.tally.failed,
            nano_usd=job.tally.nano_usd,
        )
        return not self._table.transact(end, *self._books.ending([job]))

    def look_again(self, ref: PartRef, at_ms: int) -> None:
        """Raises: Unavailable."""
        self._table.change(
            part_key(ref), _OPEN, "SET #due_at_ms = :at_ms", **_OPEN_STATES, at_ms=at_ms
        )

    def set_aside(self, ref: PartRef, now_ms: int) -> None:
        """Raises: Unavailable."""
        opened_before = now_ms + JOB_LIFETIME_MS - ORPHAN_PATIENCE_MS
        if not self._table.change(
            part_key(ref),
            "#expires_at < :expires_at",
            "REMOVE #due_at_ms, #due_shelf",
            expires_at=opened_before // 1000,
        ):
            self._table.change(
                part_key(ref),
                "attribute_exists(#due_at_ms)",
                "SET #due_at_ms = :at_ms",
                at_ms=now_ms + LETTER_PATIENCE_MS,
            )

    def due(self, now_ms: int, limit: int) -> list[PartRef]:
        """Raises: Unavailable."""
        shelves = [self._table.due(shelf, now_ms, limit) for shelf in SHELVES]
        return [ref_of(key) for keys in shelves for key in keys]

    def _try(self, steps: Sequence[Step]) -> dict[int, Values]:
        ended = [step.after for step in steps if step.ends_job]
        books = self._books.ending(work.job for work in ended), self._books.runs_ending(ended)
        joined = [*_counted(steps), *chain(*books)]
        # One item alone needs no transaction, which would cost twice as much.
        if len(steps) == 1 and not joined:
            met = self._table.put_one(*_item(steps[0]))
            return {} if met is None else {0: met}
        # Only the works themselves can refuse; what is joined to them stands behind.
        return self._table.transact(*(replacing(*_item(step)) for step in steps), *joined)


def _item(step: Step) -> tuple[Values, int]:
    return work_item(step.after, step.before.version + 1), step.before.version


def _counted(steps: Sequence[Step]) -> list[Write]:
    """What the completed parts of large jobs add to their shards, each shard named once."""
    sums: dict[Key, tuple[int, Tally]] = {}
    for step in steps:
        job = step.after.job
        if step.completes_part and not job.is_small:
            key = shard_key(job.id, step.after.ref.number)
            _, tally = sums.get(key, (0, Tally()))
            sums[key] = (job.expires_at_ms // 1000, tally + step.after.tally)
    return [adding(key, expires_at, **asdict(tally)) for key, (expires_at, tally) in sums.items()]


def _newer(work: Work) -> Work:
    return Work(work.job, work.part, work.version + 1)


def _named(job: Job, once: Once | None) -> list[Write]:
    if once is None:
        return []
    return [
        put_new(
            f"once#{once.name}",
            "once",
            job_id=job.id,
            fingerprint=once.fingerprint,
            expires_at=job.expires_at_ms // 1000,
        )
    ]
