"""Jobs of the tools dialect as a test handles them: knock, take letters, work them off."""

from typing import Any

from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import work
from tests.furnished import Furnished
from tools_api.handler import handler


def execute(key: str, *, tool: str = "web-scraper", **more: Any) -> Answer:
    """Run a tool on an input; `headers` and `webhookUrl` go where they belong."""
    headers, webhook = more.pop("headers", None), more.pop("webhookUrl", None)
    body = {"input": more} | ({"webhookUrl": webhook} if webhook else {})
    path = f"/api/v1/tools/{tool}/execute"
    return knock(handler, "tool_execute", key=key, body=body, path=path, headers=headers)


def read(key: str, job_id: str) -> Answer:
    return knock(handler, "tool_job", key=key, path=f"/api/v1/tools/jobs/{job_id}")


def cancel(key: str, job_id: str) -> Answer:
    path = f"/api/v1/tools/jobs/{job_id}/cancel"
    return knock(handler, "tool_job_cancel", key=key, path=path)


def ended(furnished: Furnished, key: str, answer: Answer) -> Any:
    """The data of a job that was just accepted, once all there is to do is done."""
    assert answer.status == 202, answer.text
    work(furnished)
    return read(key, answer.json["data"]["jobId"]).json["data"]


def credits(key: str) -> Any:
    return knock(handler, "credits_read", key=key).json["data"]
