"""The sender's door, on which no caller knocks: calls for attempts, and the state machine's."""

from dataclasses import replace

import pytest

import webhook_sender.handler
from tests.doors.knocking import letter
from tests.furnished import Furnished
from webferry.domain.dispatches import Attempt, DispatchState, new_dispatch
from webferry.domain.webhooks import Delivery, DeliveryEvent

NOW_MS = 1_795_215_262_000


@pytest.mark.usefixtures("furnished")
def test_a_call_for_deliveries_that_are_gone_is_answered_with_nothing() -> None:
    assert webhook_sender.handler.handler(letter("webhook_sender"), None) is None


@pytest.mark.usefixtures("furnished")
def test_the_state_machine_is_told_to_stop_waiting_for_what_is_gone() -> None:
    progress = webhook_sender.handler.handler(letter("webhook_sender_retry"), None)

    assert progress == {
        "delivery": "msg_8dK2mPq7RtVw4xYz1aBc",
        "attempt": 2,
        "wait": 0,
        "state": "FAILED",
    }


def test_the_state_machine_is_told_what_comes_next_and_nothing_is_sent_twice(
    furnished: Furnished,
) -> None:
    owner = furnished.open_account("machine@example.com")
    owed = Delivery(
        "msg_waiting1",
        owner.account_id,
        "job_1",
        "https://198.51.100.7/",
        DeliveryEvent.COMPLETED,
        NOW_MS,
    )
    attempts = (Attempt(1, NOW_MS, 5, 500), Attempt(2, NOW_MS, 5, 500))
    waiting = replace(
        new_dispatch(owed), state=DispatchState.WAITING, made=2, drivers=1, attempts=attempts
    )
    furnished.house.post_office.dispatches.add(waiting)
    event = letter("webhook_sender_retry") | {"delivery": owed.id}

    # The second attempt has been made: asked for it again, the sender says how it stands.
    progress = webhook_sender.handler.handler(event, None)

    expected = {"delivery": owed.id, "attempt": 3, "wait": 30, "state": "WAITING"}
    assert progress == expected
    assert furnished.house.post_office.dispatches.find(owner.account_id, owed.id) == waiting
