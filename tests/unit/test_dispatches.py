"""A delivery's way: four attempts at most, each counted once, whoever tries whatever twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.dispatches import (
    LEASE_MS,
    MAX_KEPT_ATTEMPTS,
    MAX_LAPSES,
    PATIENCE_MS,
    RETRY_DELAYS_S,
    SCHEDULED_ATTEMPTS,
    Attempt,
    Dispatch,
    DispatchState,
    new_dispatch,
)
from webferry.domain.errands import Lease
from webferry.domain.errors import Conflict
from webferry.domain.webhooks import Delivery, DeliveryEvent

NOW = 1_795_215_262_000
OWED = Delivery("msg_1", "acc_1", "job_1", "https://a.test/", DeliveryEvent.COMPLETED, NOW)


def claim(dispatch: Dispatch, at_ms: int = NOW, holder: str = "me") -> Dispatch:
    claimed = dispatch.claimed(dispatch.next_number, Lease(holder, at_ms + LEASE_MS), at_ms)
    assert claimed is not None
    return claimed


def attempt(dispatch: Dispatch, status: int | None, at_ms: int = NOW) -> Dispatch:
    outcome = Attempt(dispatch.next_number, at_ms, 5, status)
    return claim(dispatch, at_ms).recorded("me", outcome, at_ms)


def exhausted() -> Dispatch:
    dispatch = new_dispatch(OWED)
    for _ in range(SCHEDULED_ATTEMPTS):
        dispatch = attempt(dispatch, 500)
    return dispatch


def test_a_new_dispatch_is_to_be_made_at_once_and_looked_at_in_a_minute() -> None:
    dispatch = new_dispatch(OWED)

    assert (dispatch.state, dispatch.next_number) == (DispatchState.PENDING, 1)
    assert dispatch.due_at_ms == NOW + PATIENCE_MS


@pytest.mark.promise("webhook.attempts")
def test_there_are_four_attempts_with_these_waits_between_them() -> None:
    dispatch, waits = new_dispatch(OWED), []
    while not dispatch.state.is_final:
        dispatch = attempt(dispatch, None)
        waits.append(dispatch.wait_s)

    assert waits == [*RETRY_DELAYS_S, 0]
    assert (dispatch.state, dispatch.made) == (DispatchState.FAILED, 4)
    assert dispatch.due_at_ms is None


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_it_is_delivered_with_the_first_2xx(status: int) -> None:
    dispatch = attempt(attempt(new_dispatch(OWED), 500), status, NOW + 5000)

    assert (dispatch.state, dispatch.made) == (DispatchState.DELIVERED, 2)
    assert dispatch.delivered_at_ms == NOW + 5000


@pytest.mark.promise("webhook.failure")
@pytest.mark.parametrize("status", [None, 199, 301, 302, 304, 400, 410, 429, 500])
def test_everything_else_is_a_failure(status: int | None) -> None:
    assert attempt(new_dispatch(OWED), status).state is DispatchState.WAITING


def test_an_attempt_is_claimed_by_one_and_only_in_its_turn() -> None:
    claimed = claim(new_dispatch(OWED))
    lease = Lease("other", NOW + LEASE_MS)

    assert claimed.claimed(1, lease, NOW) is None
    assert new_dispatch(OWED).claimed(2, lease, NOW) is None
    assert attempt(new_dispatch(OWED), 500).claimed(1, lease, NOW) is None
    assert exhausted().claimed(5, lease, NOW) is None


def test_a_sender_that_was_thought_dead_changes_nothing() -> None:
    first = claim(new_dispatch(OWED), holder="first")
    later_ms = NOW + LEASE_MS
    second = claim(first, later_ms, holder="second")

    assert second.recorded("first", Attempt(1, NOW, 5, 200), later_ms) == second
    assert second.recorded("second", Attempt(1, later_ms, 5, 200), later_ms).made == 1


def test_an_attempt_of_which_every_sender_dies_has_failed() -> None:
    dispatch, at_ms = claim(new_dispatch(OWED)), NOW
    for _ in range(MAX_LAPSES):
        assert dispatch.given_up(at_ms + LEASE_MS) == dispatch
        at_ms += LEASE_MS
        dispatch = claim(dispatch, at_ms)

    assert dispatch.given_up(at_ms) == dispatch
    given_up = dispatch.given_up(at_ms + LEASE_MS)
    assert (given_up.state, given_up.made) == (DispatchState.WAITING, 1)
    assert given_up.attempts[0].error == "The attempt could not be completed"


def test_the_first_failure_names_the_execution_that_drives_the_rest() -> None:
    waiting = attempt(new_dispatch(OWED), 500)

    assert waiting.execution == "msg_1"
    assert waiting.driven(NOW).execution == "msg_1-2"


@pytest.mark.promise("webhook.redeliver")
@pytest.mark.parametrize("before", [exhausted(), attempt(new_dispatch(OWED), 200)])
def test_what_has_ended_can_be_sent_once_more(before: Dispatch) -> None:
    again = before.sent_again(NOW + 9)

    assert (again.state, again.delivery) == (DispatchState.PENDING, before.delivery)
    assert attempt(again, 500).state is DispatchState.FAILED
    assert attempt(again, 200).state is DispatchState.DELIVERED


def test_what_is_under_way_cannot_be_sent_again() -> None:
    for dispatch in (new_dispatch(OWED), claim(new_dispatch(OWED))):
        with pytest.raises(Conflict):
            dispatch.sent_again(NOW)


def test_the_log_of_attempts_is_bounded() -> None:
    dispatch = exhausted()
    for _ in range(30):
        dispatch = attempt(dispatch.sent_again(NOW), 500)

    assert dispatch.made == 34
    assert [each.number for each in dispatch.attempts] == [*range(15, 35)]
    assert len(dispatch.attempts) == MAX_KEPT_ATTEMPTS


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["claim", "ok", "bad", "stale", "give up", "drive", "later"]),
            st.integers(1, 6),
        ),
        max_size=60,
    )
)
def test_nobody_ever_brings_about_a_fifth_attempt(steps: list[tuple[str, int]]) -> None:
    dispatch, now_ms, begun = new_dispatch(OWED), NOW, set[int]()
    for step, number in steps:
        holder = dispatch.lease.holder if dispatch.lease else "nobody"
        match step:
            case "claim":
                claimed = dispatch.claimed(number, Lease(f"at{now_ms}", now_ms + LEASE_MS), now_ms)
                dispatch = claimed or dispatch
                begun |= {number} if claimed else set()
            case "ok" | "bad":
                status = 200 if step == "ok" else 500
                dispatch = dispatch.recorded(holder, Attempt(number, now_ms, 1, status), now_ms)
            case "stale":
                dispatch = dispatch.recorded("stale", Attempt(number, now_ms, 1, 200), now_ms)
            case "give up":
                dispatch = dispatch.given_up(now_ms)
            case "drive":
                dispatch = dispatch if dispatch.state.is_final else dispatch.driven(now_ms)
            case _:
                now_ms += number * 20_000
        assert begun <= {1, 2, 3, 4}
        assert [each.number for each in dispatch.attempts] == [*range(1, dispatch.made + 1)]
        assert (dispatch.due_at_ms is None) == dispatch.state.is_final
