"""Reads what a tool brought, with fresh links to its files, or why it brought nothing."""

import json
from dataclasses import dataclass
from typing import Any

from webferry.domain.jobs import Job, JobState
from webferry.ports import Pictures
from webferry.usecases.read_results import ReadResults, TaskOutcome


@dataclass(frozen=True, slots=True)
class ToolResult:
    """Items, or an error with its code; neither while the job is open."""

    items: list[dict[str, Any]] | None = None
    error: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ReadToolResult:
    """The same for a caller who polls and for a webhook."""

    results: ReadResults
    pictures: Pictures

    def __call__(self, job: Job) -> ToolResult:
        """Raises: NotFound, Unavailable."""
        if job.state is JobState.CANCELLED:
            return ToolResult(error="The job was cancelled", code=JobState.CANCELLED)
        if not job.state.is_final:
            return ToolResult()
        return self._told(self.results(job, 0)[0])

    def _told(self, outcome: TaskOutcome) -> ToolResult:
        if outcome.content is None:
            return ToolResult(error=outcome.message, code=outcome.code)
        stored = json.loads(outcome.content)
        for place, files in stored["files"].items():
            for key, name in files.items():
                stored["items"][int(place)]["data"][key] = self.pictures.link(name)
        return ToolResult(stored["items"])
