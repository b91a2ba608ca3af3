"""The webhook routes of the tools dialect: the log, sending again, tries, and the secret."""

from dataclasses import replace

import pytest

from tests.doors.knocking import Answer, knock
from tests.furnished import Furnished
from tools_api.handler import handler
from webferry.domain.dispatches import Attempt, Dispatch, DispatchState, new_dispatch
from webferry.domain.keys import Caller, Scope
from webferry.domain.webhooks import Delivery, DeliveryEvent

BASE = "/api/v1/webhooks"
START_MS = 1_795_215_262_000
FAILED = DispatchState.FAILED


def get(key: str, path: str = "/deliveries", query: str = "") -> Answer:
    return knock(handler, "webhook_deliveries", key=key, path=BASE + path, query=query)


def post(key: str, path: str, body: object = None) -> Answer:
    return knock(handler, "webhook_redeliver", key=key, path=BASE + path, body=body)


@pytest.fixture
def owner(furnished: Furnished, request: pytest.FixtureRequest) -> Caller:
    return furnished.open_account(f"{abs(hash(request.node.name))}@example.com")


@pytest.fixture
def mine(furnished: Furnished, owner: Caller) -> str:
    return furnished.house.issue_key(owner, "Key").text


def store(
    furnished: Furnished, owner: Caller, name: str, state: DispatchState, at_ms: int = START_MS
) -> Dispatch:
    number = name.rpartition("x")[2]
    delivery = Delivery(
        f"msg_{owner.key_id}{owner.account_id[4:]}{name}",
        owner.account_id,
        f"job_{name}",
        "https://receiver.example.com/hook",
        DeliveryEvent.COMPLETED if number in "02468" else DeliveryEvent.FAILED,
        at_ms,
    )
    attempt = Attempt(1, at_ms, 12, 500, "", "no, thanks")
    made = 0 if state is DispatchState.PENDING else 1
    dispatch = replace(
        new_dispatch(delivery), state=state, made=made, attempts=(attempt,) * made, due_at_ms=None
    )
    furnished.house.post_office.dispatches.add(dispatch)
    return dispatch


@pytest.mark.promise("webhook.log")
def test_the_log_shows_each_delivery_with_its_attempts(
    furnished: Furnished, owner: Caller, mine: str
) -> None:
    dispatch = store(furnished, owner, "x1", FAILED)
    expected = {
        "id": dispatch.delivery.id,
        "jobId": "job_x1",
        "event": "job.failed",
        "url": "https://receiver.example.com/hook",
        "status": "failed",
        "attempts": [
            {
                "number": 1,
                "at": "2026-11-20T22:54:22.000Z",
                "ms": 12,
                "status": 500,
                "error": None,
                "response": "no, thanks",
            }
        ],
        "createdAt": "2026-11-20T22:54:22.000Z",
        "deliveredAt": None,
    }

    assert get(mine).json == {"data": [expected]}
    assert get(mine, f"/deliveries/{dispatch.delivery.id}").json == {"data": expected}


def test_the_log_comes_in_pages_the_newest_first(
    furnished: Furnished, owner: Caller, mine: str
) -> None:
    for number in range(5):
        store(furnished, owner, f"x{number}", FAILED, START_MS + number)

    seen, query = [], "limit=2"
    while query:
        page = get(mine, query=query).json
        assert len(page["data"]) <= 2
        seen += [delivery["jobId"] for delivery in page["data"]]
        query = f"limit=2&cursor={page['nextCursor']}" if "nextCursor" in page else ""

    assert seen == [f"job_x{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=failed", {"x0", "x1"}),
        ("status=pending", {"x2", "x5"}),
        ("status=retrying", {"x3"}),
        ("status=delivered", {"x4"}),
        ("event=job.failed", {"x1", "x3", "x5"}),
        ("jobId=job_x3", {"x3"}),
        ("status=failed&event=job.completed", {"x0"}),
        ("status=failed&limit=1", {"x1"}),
    ],
)
def test_the_log_is_filtered(
    furnished: Furnished, owner: Caller, mine: str, query: str, expected: set[str]
) -> None:
    states = [FAILED, FAILED, DispatchState.PENDING, DispatchState.WAITING]
    states += [DispatchState.DELIVERED, DispatchState.SENDING]
    for number, state in enumerate(states):
        store(furnished, owner, f"x{number}", state, START_MS + number)

    found = get(mine, query=query).json["data"]

    assert {delivery["jobId"] for delivery in found} == {f"job_{name}" for name in expected}


@pytest.mark.parametrize(
    "query", ["status=lost", "event=job.started", "limit=0", "limit=101", "cursor=%21", "cursor=YQ"]
)
def test_a_query_that_makes_no_sense_is_refused(mine: str, query: str) -> None:
    refusal = get(mine, query=query)

    assert refusal.status == 400
    assert set(refusal.json) == {"error", "details"}


def test_another_accounts_delivery_is_as_unknown_as_one_that_never_was(
    furnished: Furnished, owner: Caller, key: str
) -> None:
    dispatch = store(furnished, owner, "x1", FAILED)

    for name in (dispatch.delivery.id, "msg_never", "nonsense", "%2e%2e"):
        for answer in (get(key, f"/deliveries/{name}"), post(key, f"/deliveries/{name}/redeliver")):
            assert (answer.status, answer.json["error"]) == (404, "Delivery not found")


@pytest.mark.promise("webhook.redeliver")
@pytest.mark.parametrize("state", [FAILED, DispatchState.DELIVERED])
def test_what_has_ended_is_sent_again(
    furnished: Furnished, owner: Caller, mine: str, state: DispatchState
) -> None:
    dispatch = store(furnished, owner, "x1", state)

    answer = post(mine, f"/deliveries/{dispatch.delivery.id}/redeliver")

    assert answer.status == 202
    assert (answer.json["data"]["id"], answer.json["data"]["status"]) == (
        dispatch.delivery.id,
        "pending",
    )


def test_what_is_under_way_is_not_sent_again(
    furnished: Furnished, owner: Caller, mine: str
) -> None:
    for number, state in enumerate((DispatchState.PENDING, DispatchState.WAITING)):
        dispatch = store(furnished, owner, f"x{number}", state)
        answer = post(mine, f"/deliveries/{dispatch.delivery.id}/redeliver")

        assert (answer.status, answer.json["error"]) == (
            409,
            "The webhook is still being delivered",
        )


@pytest.mark.promise("webhook.test")
def test_a_receiver_can_be_tried_out(furnished: Furnished, mine: str) -> None:
    answer = post(mine, "/test", {"url": "https://198.51.99.7/hook"})

    assert answer.status == 202
    assert answer.json["data"]["event"] == "webhook.test"
    assert get(mine).json["data"] == [answer.json["data"]]


@pytest.mark.parametrize(
    "url", ["http://example.com/", "https://127.0.0.1/", "ftp://a/", "", 7, "x" * 9000]
)
def test_a_receiver_that_may_not_be_posted_to_is_refused(mine: str, url: object) -> None:
    answer = post(mine, "/test", {"url": url})

    assert answer.status == 400
    assert get(mine).json == {"data": []}


@pytest.mark.promise("tools.webhook.secret", "webhook.secret.account")
def test_the_secret_is_shown_and_replaced_with_an_overlap(mine: str) -> None:
    first = get(mine, "/secret").json["data"]
    assert first["secret"].startswith("whsec_")
    assert (first["nextSecret"], first["nextAloneAt"]) == (None, None)

    rotated = post(mine, "/secret/rotate", {"overlapSeconds": 60}).json["data"]
    assert rotated["secret"] == first["secret"]
    assert rotated["nextSecret"] not in (None, first["secret"])
    assert get(mine, "/secret").json["data"] == rotated
    assert post(mine, "/secret/rotate").status == 409

    completed = post(mine, "/secret/complete").json["data"]
    assert completed == {
        "secret": rotated["nextSecret"],
        "nextSecret": None,
        "nextAloneAt": None,
    }
    assert get(mine, "/secret").json["data"] == completed
    assert post(mine, "/secret/complete").status == 409


def test_without_an_overlap_the_new_secret_signs_at_once(mine: str) -> None:
    before = get(mine, "/secret").json["data"]["secret"]

    after = post(mine, "/secret/rotate", {"overlapSeconds": 0}).json["data"]

    assert after["secret"] != before
    assert after["nextSecret"] is None


@pytest.mark.parametrize("seconds", [-1, 604_801, "long", 1.5])
def test_an_overlap_has_bounds(mine: str, seconds: object) -> None:
    assert post(mine, "/secret/rotate", {"overlapSeconds": seconds}).status == 400


def test_each_route_needs_its_scope(furnished: Furnished, owner: Caller) -> None:
    reader = furnished.house.issue_key(owner, "Reader", [Scope.WEBHOOKS_READ]).text
    nobody = furnished.house.issue_key(owner, "Nobody", [Scope.TOOLS_RUN]).text

    assert get(reader).status == 200
    assert get(nobody).status == get(nobody, "/deliveries/msg_1").status == 403
    for path in ("/test", "/secret/rotate", "/secret/complete", "/deliveries/msg_1/redeliver"):
        assert post(reader, path, {"url": "https://a.test/"}).status == 403
    assert get(reader, "/secret").status == 403
