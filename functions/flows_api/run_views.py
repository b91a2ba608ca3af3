"""Wire shapes of one run with all that it left behind."""

from datetime import UTC, datetime
from typing import Any, Self

from flows_api.run_schemas import ListedRun
from webferry.domain.errors import ErrorCode
from webferry.domain.papers import Papers
from webferry.domain.runs import PREVIEW_ITEMS, Level, LogLine, Run
from webferry.web.wire import Wire


class LogOut(Wire):
    """One line of a log."""

    timestamp: str
    level: Level
    message: str

    @classmethod
    def of(cls, line: LogLine) -> Self:
        """The line; a log is worth its milliseconds."""
        moment = datetime.fromtimestamp(line.at_ms / 1000, UTC)
        timestamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return cls(timestamp=timestamp, level=line.level, message=line.message)


class RunError(Wire):
    """Why a run failed."""

    code: ErrorCode
    message: str


class Picture(Wire):
    """A picture that a step took, by a link that is good for an hour."""

    label: str
    url: str


class RunOut(ListedRun):
    """All of a run but its whole output."""

    logs: list[LogOut]
    output_preview: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    screenshots: list[Picture]
    error: RunError | None

    @classmethod
    def whole(cls, run: Run, papers: Papers, pictures: list[Picture], now_ms: int) -> Self:
        """The run, and what it has left behind so far."""
        report = run.report
        return cls(
            **ListedRun.told(run, now_ms).model_dump(),
            logs=[LogOut.of(line) for line in papers.lines],
            output_preview=list(papers.items[:PREVIEW_ITEMS]),
            changes=list(papers.changes),
            screenshots=pictures,
            error=RunError(code=report.code, message=report.message) if report.code else None,
        )


class RunAnswer(Wire):
    """One run."""

    data: RunOut
