"""The words of the scrape API for how a job stands, in both its doors."""

from typing import Literal

from webferry.domain.jobs import JobState

JobStatus = Literal["queued", "running", "completed", "failed", "partial"]
STATUS_OF_STATE: dict[JobState, JobStatus] = {
    JobState.QUEUED: "queued",
    JobState.RUNNING: "running",
    JobState.SUCCEEDED: "completed",
    JobState.PARTIAL: "partial",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "failed",
}
