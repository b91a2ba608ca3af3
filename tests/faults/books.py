"""Reads every book after the storm: what was accepted, how it ended, what was counted."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.faults.crowd import Crowd
from tests.faults.shop import Shop

FINAL = {"completed", "partial", "failed"}


@dataclass
class Verdict:
    """Nought in the first three is what was promised."""

    accepted: int
    lost: int = 0
    doubled: int = 0
    not_terminal: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def spotless(self) -> bool:
        return not (self.lost or self.doubled or self.not_terminal or self.wrong)


def not_terminal(shop: Shop) -> list[str]:
    """The jobs that have not ended, as the table says."""
    return [
        item["pk"]
        for item in shop.items("JobsTable")
        if item["sk"] == "job" and item["state"] in {"QUEUED", "RUNNING"}
    ]


def wait_for_ends(shop: Shop, seconds: float, *, wind_every_s: float | None) -> float:
    """How long it took until every job had ended, or until nobody waits any longer."""
    began = time.monotonic()
    while not_terminal(shop) and time.monotonic() - began < seconds:
        time.sleep(wind_every_s or 2)
        if wind_every_s:
            shop.wind_clock()
    return time.monotonic() - began


def audit(shop: Shop, crowd: Crowd) -> Verdict:
    """Asks for every job over HTTP, and counts the items of the table."""
    verdict = Verdict(accepted=len(crowd.accepted))
    with shop.client() as client, ThreadPoolExecutor(4) as readers:

        def read(job_id: str) -> tuple[str, Any, Any]:
            progress = client.get(f"/v1/jobs/{job_id}")
            if progress.status_code == 404:
                return job_id, None, None
            return job_id, progress.json(), client.get(f"/v1/jobs/{job_id}/results").json()

        for job_id, progress, results in readers.map(read, list(crowd.accepted)):
            _judge(verdict, crowd.accepted[job_id], job_id, progress, results)
    items = list(shop.items("JobsTable"))
    strangers = [
        item["pk"] for item in items if item["sk"] == "job" and item["pk"] not in crowd.accepted
    ]
    # Who asks again without a name that the door knows opens another job, and is not told of it.
    if strangers and any(item["sk"] == "once" for item in items):
        verdict.wrong.append(f"jobs nobody was told of: {strangers[:3]}")
    return verdict


def _judge(verdict: Verdict, urls: list[str], job_id: str, progress: Any, results: Any) -> None:
    if progress is None:
        verdict.lost += 1
        return
    verdict.ended[progress["status"]] += 1
    if progress["status"] not in FINAL:
        verdict.not_terminal += 1
        return
    counted = progress["successCount"] + progress["failureCount"]
    if progress["completedCount"] != counted or counted > len(urls):
        verdict.doubled += 1
    if counted != len(urls) or [each["url"] for each in results["results"]] != urls:
        verdict.wrong.append(f"{job_id}: {json.dumps(progress)}")
    good = sum(each["status"] == "success" for each in results["results"])
    if good != progress["successCount"]:
        verdict.wrong.append(f"{job_id}: {good} good pages, {progress['successCount']} counted")
    for each in results["results"]:
        if each["status"] == "success" and f"# Page /{urls[0].split('/')[3]}/" not in str(each):
            verdict.wrong.append(f"{job_id}: somebody else's page")
        verdict.codes[each.get("error", {}).get("code", "ok")] += 1
