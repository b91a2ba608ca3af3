"""Papers: everything that a run leaves behind, to be read for as long as the run can be."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from webferry.domain.runs import Level, LogLine
from webferry.domain.walks import Snapshot

MAX_ITEMS = 10_000
MAX_PAPER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Papers:
    """The log, the items with the source of each value, what changed, the pages as they stood."""

    lines: tuple[LogLine, ...] = ()
    items: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    changes: tuple[dict[str, Any], ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    plan: Mapping[str, Any] | None = None

    def content(self) -> bytes:
        """The papers, to be stored."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        # A page may hold half a character; no encoder takes that.
        return zlib.compress(text.encode("utf-8", "replace"))

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The papers that were stored."""
        stored: dict[str, Any] = json.loads(zlib.decompress(content))
        return cls(
            lines=lines_of(stored["lines"]),
            items=tuple(stored["items"]),
            sources=tuple(stored["sources"]),
            changes=tuple(stored["changes"]),
            snapshots=tuple(Snapshot(**each) for each in stored["snapshots"]),
            pictures=tuple((label, name) for label, name in stored["pictures"]),
            plan=stored["plan"],
        )


def log_content(lines: Iterable[LogLine]) -> bytes:
    """Lines alone, to be stored."""
    text = json.dumps([asdict(line) for line in lines], ensure_ascii=False)
    return text.encode("utf-8", "replace")


def lines_of(stored: list[dict[str, Any]]) -> tuple[LogLine, ...]:
    """Lines as they were stored."""
    return tuple(LogLine(each["at_ms"], Level(each["level"]), each["message"]) for each in stored)
