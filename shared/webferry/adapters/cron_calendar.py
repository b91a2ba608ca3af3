"""The calendar: when a schedule is due next."""

from collections.abc import Iterator
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from webferry.domain.errors import InvalidRequest
from webferry.domain.schedules import Schedule

MINUTE_MS = 60_000
# Flows of one interval are spread over this share of it, so that they do not all knock at once.
_SPREAD = 10


class CronCalendar:
    """Cron lines are read as cron reads them, in the time zone that the schedule names."""

    def next_ms(self, schedule: Schedule, after_ms: int, owner: str) -> int | None:
        """The first due moment after this one; None if there never is one.

        An owner keeps its own second of the interval, so that one turn follows another evenly.

        Raises: InvalidRequest: nobody can read this schedule.
        """
        if schedule.every_minutes:
            every_ms = schedule.every_minutes * MINUTE_MS
            offset_ms = crc32(owner.encode()) % (every_ms // _SPREAD)
            return after_ms - (after_ms - offset_ms) % every_ms + every_ms
        found = next(_moments(schedule, after_ms), None)
        return None if found is None else int(found.timestamp() * 1000)


def _moments(schedule: Schedule, after_ms: int) -> Iterator[datetime]:
    try:
        zone = ZoneInfo(schedule.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        why = "is no time zone that we know"
        raise InvalidRequest(f"schedule.timeZone: {why}", **{"schedule.timeZone": why}) from error
    try:
        return CronSim(schedule.cron or "", datetime.fromtimestamp(after_ms / 1000, zone))
    except CronSimError as error:
        why = f"is no cron line: {error}"
        raise InvalidRequest(f"schedule.cron: {why}", **{"schedule.cron": why}) from error
