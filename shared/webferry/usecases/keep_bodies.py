"""Puts results where they belong: the small ones beside their task, the others into one object."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from webferry.domain.jobs import PART_TASKS, Job
from webferry.domain.parts import InlineBody, StoredBody
from webferry.ports import Bodies, Chance

# All that lies inline in one item: it is written and read again with every step of the item.
INLINE_BYTES = 8 * 1024
# Above this, a level saves a few bytes and takes a multiple of the time.
ZLIB_LEVEL = 6
# What is too long for an item goes to the bucket, where a tenth more costs less than the time.
QUICK_ZLIB_LEVEL = 2
_LONG = 8 * INLINE_BYTES


class Content(NamedTuple):
    """A result, and the job it belongs to."""

    job: Job
    content: bytes


@dataclass(frozen=True, slots=True)
class KeepBodies:
    """One write for all results of a moment, however many jobs they belong to."""

    bodies: Bodies
    chance: Chance

    def __call__(self, contents: Sequence[Content]) -> list[InlineBody | StoredBody]:
        """Where each of them lies.

        Raises: Unavailable: none of them can be counted on.
        """
        key = f"results/{self.chance.base62(24)}"
        object_bytes = bytearray()
        places: list[InlineBody | StoredBody] = []
        for job, content in contents:
            level = QUICK_ZLIB_LEVEL if len(content) > _LONG else ZLIB_LEVEL
            packed = zlib.compress(content, level)
            if len(packed) <= INLINE_BYTES // (job.task_count if job.is_small else PART_TASKS):
                places.append(InlineBody(packed))
            else:
                places.append(StoredBody(key, len(object_bytes), len(packed)))
                object_bytes += packed
        if object_bytes:
            self.bodies.put(key, bytes(object_bytes))
        return places
