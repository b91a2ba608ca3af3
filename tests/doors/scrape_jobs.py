"""Jobs of the scrape dialect as a test handles them: knock, take letters, work them off."""

import asyncio
from typing import Any

from scrape_api.handler import handler
from tests.doors.knocking import Answer, knock
from tests.furnished import Furnished
from webferry.domain.parts import PartRef
from webferry.messages import ErrandLetter
from webferry.usecases.claim_errands import ErrandRef

NO_JITTER = {"jitterMs": {"min": 0, "max": 0}}


def submit(key: str, *urls: str, **more: Any) -> Answer:
    body = {"urls": urls, "mode": "async", "config": {**NO_JITTER, **more.pop("config", {})}}
    return knock(handler, "scrape_async", key=key, body=body | more)


def status_of(key: str, job_id: str) -> Answer:
    return knock(handler, "scrape_job", key=key, path=f"/v1/jobs/{job_id}")


def results_of(key: str, job_id: str, **more: Any) -> Answer:
    path = f"/v1/jobs/{job_id}/results"
    return knock(handler, "scrape_job_results", key=key, path=path, **more)


def letters(furnished: Furnished) -> list[ErrandRef]:
    """Take what the queue has to give."""
    sqs = furnished.session.client("sqs")
    url = furnished.environment["WEBFERRY_PAGE_TASKS_QUEUE"]
    taken = []
    for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        letter = ErrandLetter.model_validate_json(message["Body"])
        taken.append(ErrandRef(PartRef(letter.job, letter.part), letter.errand))
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return taken


def work(furnished: Furnished) -> list[int]:
    """Work off all there is; how many letters came at a time."""
    batches = []
    while some := letters(furnished):
        batches.append(len(some))
        worker = furnished.house.page_worker(some, time_left_ms=125_000, memory_mb=1024)
        assert asyncio.run(worker) == set()
    return batches
