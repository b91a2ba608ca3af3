"""The flows door: keys listed masked, made once-visible, revoked at once."""

import re

import pytest

from flows_api.handler import handler
from tests.doors.knocking import knock
from tests.furnished import Furnished

ISO_SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.mark.promise(
    "flows.keys.create", "flows.keys.create.answer", "flows.keys.once", "dialect.time.flows"
)
def test_a_key_is_made_as_the_document_prints_it(key: str) -> None:
    answer = knock(handler, "keys_create", key=key)

    assert answer.status == 201
    made = answer.json["data"]
    assert set(answer.json) == {"data"}
    assert set(made) == {"id", "name", "key", "createdAt", "scopes"}
    assert re.fullmatch(r"key-\d{13}", made["id"])
    assert re.fullmatch(r"scr_live_[0-9A-Za-z]{46}", made["key"])
    assert (made["name"], made["scopes"]) == ("My New Key", ["flows:read", "runs:read"])
    assert ISO_SECONDS.fullmatch(made["createdAt"])
    assert made["key"] not in knock(handler, "keys_list", key=key).text


@pytest.mark.promise("flows.keys.list", "flows.keys.item", "key.listed", "dialect.success.flows")
def test_keys_are_listed_as_the_document_prints_them(furnished: Furnished) -> None:
    own = furnished.key_of("lister@example.com")
    made = knock(handler, "keys_create", key=own).json["data"]

    answer = knock(handler, "keys_list", key=own)

    assert (answer.status, set(answer.json), answer.json["total"]) == (200, {"data", "total"}, 2)
    newest, oldest = answer.json["data"]
    assert newest == {**made, "key": f"scr_live_****{made['key'][-4:]}", "lastUsedAt": None}
    assert (oldest["name"], len(oldest["scopes"])) == ("First key", 13)
    assert ISO_SECONDS.fullmatch(oldest["lastUsedAt"])


@pytest.mark.promise("flow.paging")
def test_a_list_is_cut_into_pages_that_join_to_the_whole(furnished: Furnished) -> None:
    own = furnished.key_of("pager@example.com")
    made = [knock(handler, "keys_create", key=own).json["data"]["id"] for _ in range(4)]

    seen: list[str] = []
    query: str | None = "limit=2"
    while query:
        page = knock(handler, "keys_list", key=own, query=query).json
        assert (len(page["data"]) <= 2, page["total"]) == (True, 5)
        seen += [row["id"] for row in page["data"]]
        query = f"limit=2&cursor={page['nextCursor']}" if "nextCursor" in page else None

    assert seen[:4] == sorted(made, reverse=True)
    assert len(seen) == 5


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=1000000000",
        "limit=x",
        "limit=",
        "limit=1.5",
        "cursor=%00",
        "cursor=%F0%9F",
        "cursor=a",
        "cursor=____",
        f"cursor={'x' * 201}",
    ],
)
def test_a_page_that_cannot_be_cut_is_a_400(key: str, query: str) -> None:
    answer = knock(handler, "keys_list", key=key, query=query)

    assert (answer.status, answer.json["code"]) == (400, "INVALID_REQUEST")
    assert set(answer.json["details"]) == {query.partition("=")[0]}


@pytest.mark.promise("key.revoke")
def test_a_revoked_key_is_gone_at_once_and_once(furnished: Furnished) -> None:
    own = furnished.key_of("revoker@example.com")
    made = knock(handler, "keys_create", key=own, body={"name": "Short-lived"}).json["data"]
    path = f"/api/keys/{made['id']}"
    assert knock(handler, "keys_list", key=made["key"]).status == 200

    answer = knock(handler, "keys_revoke", key=own, path=path)

    assert answer.json == {"message": f"Key {made['id']} revoked successfully"}
    assert knock(handler, "keys_list", key=made["key"]).status == 401
    assert knock(handler, "keys_revoke", key=own, path=path).status == 404


@pytest.mark.promise("request.foreign-id")
def test_a_foreign_key_an_unknown_one_and_nonsense_are_one_404(
    furnished: Furnished, key: str
) -> None:
    stranger = furnished.key_of("stranger@example.com")
    foreign = knock(handler, "keys_list", key=stranger).json["data"][0]["id"]

    answers = {
        knock(handler, "keys_revoke", key=key, path=f"/api/keys/{name}").text
        for name in (foreign, "key-1710000000000", "nonsense", "key%231", "%2e%2e")
    }

    assert answers == {'{"error":"API key not found","code":"NOT_FOUND","details":{}}'}
    assert knock(handler, "keys_list", key=stranger).status == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": 1}, "name"),
        ({"name": "a\u0000b"}, "name"),
        ({"name": "Key", "scopes": []}, "scopes"),
        ({"name": "Key", "scopes": ["everything"]}, "scopes.0"),
        ({"name": "Key", "scopes": "flows:read"}, "scopes"),
        ({"name": "Key", "id": "key-1"}, "id"),
    ],
)
def test_a_key_that_cannot_be_made_is_a_400_that_names_the_field(
    key: str, body: object, field: str
) -> None:
    answer = knock(handler, "keys_create", key=key, body=body)

    assert (answer.status, answer.json["code"]) == (400, "INVALID_REQUEST")
    assert set(answer.json) == {"error", "code", "details"}
    assert list(answer.json["details"]) == [field]


@pytest.mark.promise("key.mint.scope", "key.mint.default")
def test_a_key_grants_at_most_what_it_has(key: str) -> None:
    body = {"name": "Maker", "scopes": ["keys:write", "runs:read"]}
    maker = knock(handler, "keys_create", key=key, body=body).json["data"]["key"]

    beyond = knock(handler, "keys_create", key=maker)
    heir = knock(handler, "keys_create", key=maker, body={"name": "Heir"})

    assert (beyond.status, beyond.json["code"]) == (403, "FORBIDDEN")
    assert heir.json["data"]["scopes"] == ["keys:write", "runs:read"]
