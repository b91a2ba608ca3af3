"""The worker pool runs handlers as Lambda would, errors and deaths included."""

import json
import os
import threading
import time
from typing import Any

import pytest

from tests.workshop.conftest import MakeFunction
from webferry_local.pool.plans import FunctionSettings, Outcome
from webferry_local.pool.pool import WorkerPool

ECHO = "def handler(event, context):\n    return {'event': event, 'id': context.aws_request_id}\n"
PID = "import os\ndef handler(event, context):\n    return os.getpid()\n"


def call(pool: WorkerPool, function: FunctionSettings, event: Any = None) -> Outcome:
    return pool.invoke(function, json.dumps(event).encode(), "request-1")


def test_an_event_goes_in_and_the_handlers_answer_comes_out(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    outcome = call(pool, make_function(ECHO), {"grüße": [1, None]})
    assert outcome.body() == {"event": {"grüße": [1, None]}, "id": "request-1"}
    assert not outcome.failed


def test_a_warm_worker_is_used_again(pool: WorkerPool, make_function: MakeFunction) -> None:
    function = make_function(PID)
    assert call(pool, function).body() == call(pool, function).body()


def test_an_error_keeps_its_own_type_and_the_worker_survives_it(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(
        "import os\n"
        "class SoldOut(Exception): pass\n"
        "def handler(event, context):\n"
        "    if event: raise SoldOut('nothing left')\n"
        "    return os.getpid()\n"
    )
    before = call(pool, function).body()
    failed = call(pool, function, True)
    assert failed.error_type == "SoldOut"
    assert failed.body()["errorMessage"] == "nothing left"
    assert call(pool, function).body() == before


def test_a_function_past_its_timeout_is_killed_and_the_next_call_is_served(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(
        "import time\ndef handler(event, context):\n    time.sleep(event)\n    return 'awake'\n",
        timeout_s=1,
    )
    started = time.monotonic()
    late = call(pool, function, 30)
    assert late.error_type == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in late.body()["errorMessage"]
    assert time.monotonic() - started < 5
    assert call(pool, function, 0).body() == "awake"


def test_a_process_that_exits_is_reported_with_its_status(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    outcome = call(pool, make_function("import os\ndef handler(event, context): os._exit(7)\n"))
    assert outcome.error_type == "Runtime.ExitError"
    assert "exit status 7" in outcome.body()["errorMessage"]


def test_a_process_killed_from_outside_is_reported_with_the_signal(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(
        "import os, signal\ndef handler(event, context): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert "SIGKILL" in call(pool, function).body()["errorMessage"]


def test_a_worker_that_died_idle_costs_no_call(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(PID)
    first = call(pool, function).body()
    os.kill(first, 9)
    assert call(pool, function).body() != first


def test_a_handler_that_cannot_be_imported_says_why(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    missing = call(pool, make_function("import not_there\n", name="missing"))
    assert missing.error_type == "Runtime.ImportModuleError"
    assert "not_there" in missing.body()["errorMessage"]
    broken = call(pool, make_function("def handler(:\n", name="broken"))
    assert broken.error_type == "Runtime.UserCodeSyntaxError"
    nameless = call(pool, make_function("x = 1\n", name="nameless"))
    assert nameless.error_type == "Runtime.HandlerNotFound"


def test_an_answer_that_is_no_json_is_a_marshal_error(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    outcome = call(pool, make_function("def handler(event, context): return {1, 2}\n"))
    assert outcome.error_type == "Runtime.MarshalError"


def test_an_answer_of_more_than_six_megabytes_is_refused(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function("def handler(event, context): return 'x' * event\n")
    assert call(pool, function, 7_000_000).error_type == "Function.ResponseSizeTooLarge"
    assert not call(pool, function, 6_000_000).failed


def test_printed_lines_are_gathered_even_when_they_fill_the_pipe(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(
        "import sys\n"
        "def handler(event, context):\n"
        "    print('x' * 300_000)\n"
        "    print('to the error stream', file=sys.stderr)\n"
    )
    lines = call(pool, function).lines
    assert "x" * 300_000 in "".join(lines)
    assert "to the error stream" in lines


def test_a_function_sees_its_own_environment_and_not_the_launchers(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    os.environ["WEBFERRY_SECRET_OF_THE_SHELL"] = "do not tell"
    function = make_function(
        "import os\ndef handler(event, context): return dict(os.environ)\n", TABLE="jobs"
    )
    seen = call(pool, function).body()
    assert seen["TABLE"] == "jobs"
    assert seen["AWS_LAMBDA_FUNCTION_NAME"] == "probe"
    assert "WEBFERRY_SECRET_OF_THE_SHELL" not in seen


def test_the_functions_own_directory_comes_before_its_layers(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function("import sys\ndef handler(event, context): return sys.path[0]\n")
    assert call(pool, function).body().endswith("/probe")


def test_saved_code_is_used_by_the_next_call(pool: WorkerPool, make_function: MakeFunction) -> None:
    function = make_function("def handler(event, context): return 'old'\n")
    assert call(pool, function).body() == "old"
    make_function("def handler(event, context): return 'brand new'\n")
    deadline = time.monotonic() + 5
    while call(pool, function).body() != "brand new":
        assert time.monotonic() < deadline


def test_no_more_processes_run_than_allowed_and_everybody_is_served(
    pool: WorkerPool, make_function: MakeFunction
) -> None:
    function = make_function(
        "import os, time\n"
        "def handler(event, context):\n"
        "    time.sleep(0.05)\n"
        "    return os.getpid()\n"
    )
    pids: list[int] = []
    threads = [
        threading.Thread(target=lambda: pids.append(call(pool, function).body())) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 12
    assert len(set(pids)) <= 2


def test_stopping_the_pool_ends_every_worker(pool: WorkerPool, make_function: MakeFunction) -> None:
    pid = call(pool, make_function(PID)).body()
    pool.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
