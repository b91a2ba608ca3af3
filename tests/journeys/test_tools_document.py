"""The tools document over HTTP: its curl commands and its bash loop as printed."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.product import Product

DOCUMENT_HOST = "https://api.example.com"

SUBMIT = """curl -X POST "https://api.example.com/api/v1/tools/web-scraper/execute" \\
  -H "Authorization: Bearer YOUR_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
  "input": {
    "url": "https://example.com",
    "javascript": true
  }
}'"""
STATUS = """curl -X GET "https://api.example.com/api/v1/tools/jobs/{jobId}" \\
  -H "Authorization: Bearer YOUR_API_KEY\""""
# As printed, with its trailing blanks, hence a file of its own.
LOOP = (Path(__file__).parent / "printed/poll_until_done.sh").read_text()


def shell(command: str, product: Product, pages: str, job_id: str = "") -> str:
    swapped = command.replace(DOCUMENT_HOST, product.base_url)
    swapped = swapped.replace("YOUR_API_KEY", product.demo["apiKey"])
    swapped = swapped.replace("https://example.com", pages)
    swapped = swapped.replace("{jobId}", job_id).replace("your-job-id-here", job_id)
    done = subprocess.run(["bash", "-c", swapped], capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


@pytest.mark.browser
@pytest.mark.promise("tools.job.poll", "tools.job.read", "tools.execute", "tools.javascript")
@pytest.mark.promise("tool.javascript.true")
def test_the_printed_commands_and_the_printed_loop_work(product: Product, pages: str) -> None:
    created = json.loads(shell(SUBMIT, product, pages))
    job_id = created["data"]["jobId"]
    assert created == {"data": {"jobId": job_id, "status": "pending", "estimatedCredits": 1}}

    told, _, printed = shell(LOOP, product, pages, job_id).partition("{")

    assert told.splitlines()[-1] == "Status: success"
    assert set(told.splitlines()) <= {"Status: pending", "Status: running", "Status: success"}
    job = json.loads("{" + printed)
    assert job == json.loads(shell(STATUS, product, pages, job_id))
    [item] = job["data"]["result"]["items"]
    assert (item["url"], item["data"]["title"]) == (pages, "Example Domain")
    assert "never run" in item["html"]
    assert job["data"]["creditsUsed"] == 1


@pytest.mark.promise("tools.job.failed", "tools.job.failed.text")
def test_the_loop_ends_with_a_job_that_failed(product: Product, pages: str) -> None:
    command = SUBMIT.replace("https://example.com", f"{pages}/forbidden").replace("true", "false")
    job_id = json.loads(shell(command, product, pages))["data"]["jobId"]

    told, _, printed = shell(LOOP, product, pages, job_id).partition("{")

    assert told.splitlines()[-1] == "Status: failed"
    job = json.loads("{" + printed)["data"]
    assert (job["error"], job["creditsUsed"]) == ("Target URL returned 403 Forbidden", 0)


@pytest.mark.browser
@pytest.mark.promise("tool.more")
def test_a_screenshot_is_a_link_that_brings_a_picture(product: Product, pages: str) -> None:
    command = SUBMIT.replace("web-scraper", "screenshot").replace(
        ',\n    "javascript": true', ',\n    "width": 400'
    )
    job_id = json.loads(shell(command, product, pages))["data"]["jobId"]
    _, _, printed = shell(LOOP, product, pages, job_id).partition("{")

    [item] = json.loads("{" + printed)["data"]["result"]["items"]

    with product.client() as client:
        picture = client.get(item["data"]["screenshot"], headers={"Authorization": ""})
    assert picture.content.startswith(b"\x89PNG")


def test_the_operator_proves_the_books_of_a_running_product(product: Product) -> None:
    product.command("credits", "grant", product.demo["email"], "5", "--reference", "journey")

    refund = ("credits", "refund", product.demo["email"], "3", "--reference", "journey")
    taken = [product.command_json(*refund)["taken"] for _ in range(2)]
    (books,) = product.command_json("credits", "verify", product.demo["email"])

    assert (taken, books["faults"]) == ([3, 0], [])
    assert books["issued"] + books["balance"] + books["held"] + books["spent"] == 0
    assert "0 of them wrong" in product.command("credits", "verify")
