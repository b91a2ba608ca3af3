"""The schedule of retries stands in the domain and in the machine's graph: it is the same."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from webferry.domain.dispatches import PATIENCE_MS, RETRY_DELAYS_S, DispatchState
from webferry.usecases.send_deliveries import LOOK_AGAIN_S

DEFINITION = Path(__file__).parents[2] / "functions/webhook_sender/delivery.asl.yaml"
STATES: dict[str, dict[str, Any]] = yaml.safe_load(DEFINITION.read_text())["States"]
CHOICE = STATES["What next?"]


@pytest.mark.promise("tools.webhook.retries")
def test_each_delay_has_a_wait_state_of_its_own() -> None:
    waits = {state["Seconds"] for state in STATES.values() if state["Type"] == "Wait"}
    chosen = {
        rule["NumericEquals"]: STATES[rule["Next"]]["Seconds"]
        for rule in CHOICE["Choices"]
        if "NumericEquals" in rule
    }

    assert RETRY_DELAYS_S == (5, 30, 120)
    assert waits == set(RETRY_DELAYS_S)
    assert chosen == {seconds: seconds for seconds in waits}
    assert LOOK_AGAIN_S in waits


def test_every_state_leads_to_one_that_exists_and_every_final_state_ends_it() -> None:
    followers = [state["Next"] for state in STATES.values() if "Next" in state]
    followers += [rule["Next"] for rule in CHOICE["Choices"]]
    final = {rule["StringEquals"] for rule in CHOICE["Choices"] if "StringEquals" in rule}

    assert {*followers, CHOICE["Default"]} | {"What next?"} == set(STATES)
    assert final == {state for state in DispatchState if state.is_final}


def test_faults_of_ours_are_tried_again_before_the_clockwork_steps_in_twice() -> None:
    (retry,) = STATES["Deliver"]["Retry"]
    waits_s = [retry["IntervalSeconds"] * 2**n for n in range(retry["MaxAttempts"])]

    assert sum(waits_s) < 3 * PATIENCE_MS / 1000
