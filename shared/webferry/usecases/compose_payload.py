"""Composes what a webhook says of a job that has ended: every key always there, in this order."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from webferry.domain.flow_orders import FlowOrder
from webferry.domain.job_events import iso_ms
from webferry.domain.jobs import Job, JobKind, JobState
from webferry.domain.papers import MAX_PAPER_BYTES, Papers
from webferry.domain.runs import RunReport
from webferry.domain.webhooks import Delivery, DeliveryEvent
from webferry.ports import Jobs
from webferry.usecases.read_results import ReadResults, TaskOutcome
from webferry.usecases.read_tool_result import ReadToolResult, ToolResult

# Above this a receiver is told where the result is: few of them read a larger body.
MAX_PAYLOAD_BYTES = 256 * 1024
_TEST_RESULT = {"items": [{"url": "https://example.com", "data": {"title": "Example Domain"}}]}


@dataclass(frozen=True, slots=True)
class ComposePayload:
    """What a webhook says of a job is what a caller who polls reads of it."""

    jobs: Jobs
    results: ReadResults
    read_tool_result: ReadToolResult
    public_url: str

    def __call__(self, delivery: Delivery) -> bytes:
        """Raises: NotFound: the job has expired, Unavailable."""
        if delivery.event is DeliveryEvent.TEST:
            return _bytes_of(_test_payload(delivery))
        if delivery.event is DeliveryEvent.CHANGED:
            return _bytes_of(self._change(delivery))
        job = self.jobs.find(delivery.job_id)
        payload = _payload(job, self._result(job))
        content = _bytes_of(payload)
        if len(content) <= MAX_PAYLOAD_BYTES:
            return content
        claim = {"resultUrl": self._result_url(job), "resultTruncated": True}
        return _bytes_of({**payload, "result": None, **claim})

    def _change(self, delivery: Delivery) -> Mapping[str, Any]:
        job = self.jobs.find(delivery.job_id)
        order, (outcome,) = FlowOrder.of(job.options), self.results(job, 0)
        report = RunReport.of(outcome.content or RunReport().content())
        changes = Papers.of(self.results.bodies.get(report.place, 0, MAX_PAPER_BYTES)).changes
        fitting = changes if len(_bytes_of({"changes": changes})) <= MAX_PAYLOAD_BYTES else ()
        return {
            "event": delivery.event,
            "flowId": order.flow_id,
            "flowName": order.flow_name,
            "runId": job.id,
            "changeCount": len(changes),
            "changes": list(fitting),
            "runUrl": f"{self.public_url}/api/runs/{job.id}",
            "timestamp": iso_ms(delivery.created_at_ms),
        }

    def _result(self, job: Job) -> ToolResult:
        """What a caller who polls would read of it."""
        if job.kind is JobKind.TOOL:
            return self.read_tool_result(job)
        outcomes = list(self._outcomes(job))
        return ToolResult(list(_items(outcomes)), *_failure_of(job, outcomes))

    def _outcomes(self, job: Job) -> Iterator[TaskOutcome]:
        """All of them, or as many as are already more than a payload holds."""
        read = 0
        for number in job.part_numbers:
            for outcome in self.results(job, number):
                read += len(outcome.content or b"")
                yield outcome
            if read > MAX_PAYLOAD_BYTES:
                return

    def _result_url(self, job: Job) -> str:
        return f"{self.public_url}/api/v1/tools/jobs/{job.id}"


def _payload(job: Job, result: ToolResult) -> Mapping[str, Any]:
    good = job.state.is_good
    return {
        "event": DeliveryEvent.COMPLETED if good else DeliveryEvent.FAILED,
        "jobId": job.id,
        "toolSlug": job.terms.tool or str(job.kind),
        "status": "success" if good else "failed",
        "result": {"items": result.items} if good else None,
        "creditsCharged": job.used_credits,
        "error": None if good else result.error,
        "errorCode": None if good else result.code,
        "timestamp": iso_ms(job.ended_at_ms or job.created_at_ms),
    }


def _test_payload(delivery: Delivery) -> Mapping[str, Any]:
    """What a receiver is sent for a try: a job that never was."""
    return {
        "event": DeliveryEvent.TEST,
        "jobId": delivery.job_id,
        "toolSlug": "web-scraper",
        "status": "success",
        "result": _TEST_RESULT,
        "creditsCharged": 0,
        "error": None,
        "errorCode": None,
        "timestamp": iso_ms(delivery.created_at_ms),
    }


def _items(outcomes: list[TaskOutcome]) -> Iterator[Any]:
    for outcome in outcomes:
        if outcome.content is not None:
            yield json.loads(outcome.content)


def _failure_of(job: Job, outcomes: list[TaskOutcome]) -> tuple[str, str]:
    if job.state is JobState.CANCELLED:
        return "The job was cancelled", "CANCELLED"
    for outcome in outcomes:
        if outcome.code is not None:
            return outcome.message, outcome.code
    return "The job failed", "INTERNAL_ERROR"


def _bytes_of(payload: Mapping[str, Any]) -> bytes:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    # Half of a character is no UTF-8, but a page may hold one: its escape reads the same.
    return text.encode("utf-8", "backslashreplace")
