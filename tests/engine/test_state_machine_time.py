"""Time in a hundredth: what long waits and retries really come to, on an engine of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.bare_engine import BareEngine, fresh_account
from tests.engine.state_machine import Execution, StateMachine, States

SCALE = 0.01
LATE_S = 0.1


@pytest.fixture(scope="module")
def fast_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareEngine]:
    running = BareEngine(tmp_path_factory.mktemp("fast"), {"SFN_WAIT_SCALE": str(SCALE)})
    running.start()
    yield running
    running.stop()


def test_waits_are_scaled_and_come_in_their_order(fast_engine: BareEngine) -> None:
    waits_s = (5, 30, 120)
    last = {"Type": "Succeed"}
    states = {
        f"Wait {seconds}": {"Type": "Wait", "Seconds": seconds, "Next": following}
        for seconds, following in zip(waits_s, ("Wait 30", "Wait 120", "End"), strict=True)
    }

    end = run(fast_engine, {**states, "End": last})

    entered, exited = end.moments_s("WaitStateEntered"), end.moments_s("WaitStateExited")
    for seconds, start, stop in zip(waits_s, entered, exited, strict=True):
        assert_lasted(seconds, stop - start)


def test_the_delay_of_a_retry_grows_and_stops_growing_at_a_minute(fast_engine: BareEngine) -> None:
    """On AWS the delays would be 30, 60, 120 and 240: use Wait states for more than a minute."""
    end = run(fast_engine, a_failing_task(IntervalSeconds=30, BackoffRate=2, MaxAttempts=4))

    assert_gaps(end, [30, 60, 60, 60])


def test_the_largest_delay_of_a_retry_is_ignored(fast_engine: BareEngine) -> None:
    """On AWS `MaxDelaySeconds` would hold the second delay at 35."""
    end = run(
        fast_engine,
        a_failing_task(IntervalSeconds=30, BackoffRate=2, MaxAttempts=2, MaxDelaySeconds=35),
    )

    assert_gaps(end, [30, 60])


def test_the_jitter_of_a_retry_is_ignored(fast_engine: BareEngine) -> None:
    """On AWS each delay would be drawn between 0 and its full length."""
    end = run(
        fast_engine,
        a_failing_task(IntervalSeconds=50, BackoffRate=1, MaxAttempts=4, JitterStrategy="FULL"),
    )

    assert_gaps(end, [50, 50, 50, 50])


def run(engine: BareEngine, states: States) -> Execution:
    account = fresh_account()
    client = engine.client("stepfunctions", account=account)
    return StateMachine(client, f"arn:aws:iam::{account}:role/probe", states).run()


def a_failing_task(**retry: Any) -> States:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:getItem",
        "Parameters": {"TableName": "no-such-table", "Key": {"pk": {"S": "one"}}},
        "Retry": [{"ErrorEquals": ["States.ALL"], **retry}],
        "End": True,
    }
    return {"Fails": task}


def assert_gaps(end: Execution, seconds: list[int]) -> None:
    gaps_s = end.gaps_s("TaskFailed")
    assert len(gaps_s) == len(seconds)
    for expected, gap_s in zip(seconds, gaps_s, strict=True):
        assert_lasted(expected, gap_s)


def assert_lasted(seconds: int, measured_s: float) -> None:
    assert seconds * SCALE - 0.002 <= measured_s <= seconds * SCALE * 1.5 + LATE_S
