"""What is written about the work, seen from outside: one line, no secret, traces only when on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KNOCK = """
import json, pathlib, sys
from scrape_api.handler import handler
class Invocation: aws_request_id = "r-1"
event = json.loads(pathlib.Path("events/health.json").read_text())
answer = handler(event, Invocation())
print(json.dumps([answer["statusCode"], sorted(m for m in sys.argv[1:] if m in sys.modules)]))
"""


def knock(watched: list[str], **environment: str) -> tuple[list[str], int, list[str]]:
    """Health in a process of its own: what it logged, its status, and which modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", KNOCK, *watched],
        cwd=ROOT,
        env={**os.environ, "LOG_LEVEL": "INFO", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    *logged, last = done.stdout.splitlines()
    status, loaded = json.loads(last)
    return logged, status, loaded


def test_a_health_check_logs_one_line_and_loads_no_plumbing() -> None:
    plumbing = ["boto3", "httptools", "h2", "aws_xray_sdk"]

    logged, status, loaded = knock(plumbing, POWERTOOLS_SERVICE_NAME="scrape_api")

    assert (status, loaded) == (200, [])
    [line] = [json.loads(text) for text in logged]
    assert line.pop("timestamp")
    assert line.pop("duration_ms") > 0
    assert line == {
        "level": "INFO",
        "message": "request answered",
        "service": "scrape_api",
        "request_id": "JKJaXmPLvHcESHA=",
        "method": "GET",
        "route": "/v1/health",
        "status": 200,
    }


@pytest.mark.parametrize(("sampled", "loaded"), [("1", ["aws_xray_sdk"]), ("0", [])])
def test_the_tracer_is_loaded_only_for_what_x_ray_follows(sampled: str, loaded: list[str]) -> None:
    trace = f"Root=1-691f9c3e-4b1d7a0c52e86f3d10a9c7b4;Parent=53995c3f42cd8ad8;Sampled={sampled}"
    lambda_environment = {"WEBFERRY_ENVIRONMENT": "aws", "LAMBDA_TASK_ROOT": "/var/task"}

    _, status, found = knock(["aws_xray_sdk"], _X_AMZN_TRACE_ID=trace, **lambda_environment)

    assert (status, found) == (200, loaded)
