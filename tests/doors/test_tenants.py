"""Every operation with an id, made from the documents: what is another's is as if it never was."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pytest

from tests.doors.described import DIALECTS, Operation, operations
from tests.doors.flow_runs import flow_of, start
from tests.doors.knocking import Answer, knock
from tests.doors.oauth_client import flow_of as application_of
from tests.doors.scrape_jobs import submit
from tests.doors.tool_jobs import execute
from tests.furnished import FLOWS_TABLE, GRANTS_TABLE, JOBS_TABLE, TABLE, Furnished
from webferry.access_wiring import gatehouse
from webferry.domain.keys import Caller

EMAIL = "tenant@example.com"
NOWHERE = "https://example.com"
UNKNOWN: Mapping[str, str] = {
    "job_id": "job_00000000000000000000",
    "delivery_id": "msg_00000000000000000000",
    "flow_id": "flow-1710000000000",
    "run_id": "run-1710000000000",
    "key_id": "key-1710000000000",
    "app_id": "app_00000000000000000000",
    "name": "nobodys",
    "slug": "nothing",
    "pack_id": "none",
}
MALFORMED = (
    *("nonsense", "-", "%00", "a%0Ab", "%2e%2e", "a%23b", "%F0%9F%92%A9", "1' OR '1"),
    "x" * 5000,
)
# Names that callers choose: to put one under a name of another's is to make one's own.
CHOSEN = {"PUT /api/secrets/{name}"}
# What everybody may have is nobody's.
SHARED = {"slug", "pack_id"}


@pytest.fixture(scope="module")
def theirs(furnished: Furnished) -> Mapping[str, str]:
    """One of everything, of another tenant's; jobs by the dialect that made them."""
    key = furnished.key_of(EMAIL)
    flow = flow_of(key, NOWHERE)
    tried = knock(
        DIALECTS["tools_openapi"], "webhook_test", key=key, body={"url": f"{NOWHERE}/hook"}
    )
    assert tried.status == 202, tried.text
    knock(
        DIALECTS["flows_openapi"],
        "secrets_put",
        key=key,
        path="/api/secrets/word",
        body={"value": "open sesame"},
    )
    application_of(EMAIL).tokens()
    account_id = furnished.house.find_account(EMAIL).id
    return {
        "/v1": submit(key, NOWHERE).json["jobId"],
        "/api/v1": execute(key, url=NOWHERE).json["data"]["jobId"],
        "delivery_id": tried.json["data"]["id"],
        "flow_id": flow,
        "run_id": start(key, flow).json["data"]["id"],
        "key_id": knock(DIALECTS["flows_openapi"], "keys_list", key=key).json["data"][0]["id"],
        "app_id": gatehouse().list_apps(account_id)[0].id,
        "name": "word",
    }


def named(theirs: Mapping[str, str], operation: Operation) -> str:
    """The id of what another tenant has, for this operation."""
    if operation.place == "job_id":
        return theirs["/v1" if operation.path.startswith("/v1") else "/api/v1"]
    return theirs[operation.place]


def everything(furnished: Furnished) -> list[Any]:
    """All that is stored, but when keys were last used."""
    dynamodb = furnished.session.client("dynamodb")
    items = [
        {name: value for name, value in item.items() if "used" not in name}
        for table in (TABLE, JOBS_TABLE, FLOWS_TABLE, GRANTS_TABLE)
        for page in dynamodb.get_paginator("scan").paginate(TableName=table)
        for item in page["Items"]
    ]
    return sorted(items, key=repr)


def body_without(answer: Answer, name: str) -> tuple[int, str]:
    echo = json.dumps(unquote(name), ensure_ascii=False)[1:-1]
    return answer.status, answer.text.replace(echo, "")


@pytest.mark.promise("request.foreign-id", "request.tenants")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_anothers_an_unknown_and_a_malformed_id_are_the_same_404(
    furnished: Furnished, theirs: Mapping[str, str], own: str, dialect: str
) -> None:
    asked = [each for each in operations(dialect) if each.place and each.label not in CHOSEN]
    assert asked
    # Whoever has been seen is not news: only then are the tables compared.
    asked[0].ask(own, UNKNOWN[asked[0].place])
    before, different = everything(furnished), {}
    for operation in asked:
        unknown = UNKNOWN[operation.place]
        expected = body_without(operation.ask(own, unknown), unknown)
        foreign = [] if operation.place in SHARED else [named(theirs, operation)]
        for name in (*foreign, *MALFORMED):
            met = body_without(operation.ask(own, name), name)
            # What is nobody's may be named in words of its own, cut where it is long.
            same = met[0] == expected[0] if operation.place in SHARED else met == expected
            if not same or expected[0] != 404:
                different[operation.label, name[:40]] = (met, expected)

    assert not different, "\n".join(f"{what}: {met}" for what, met in different.items())
    assert everything(furnished) == before


@pytest.mark.parametrize("dialect", DIALECTS)
def test_its_owner_finds_what_others_do_not(
    furnished: Furnished, theirs: Mapping[str, str], dialect: str
) -> None:
    """Else the matrix would prove nothing."""
    owner = Caller.operator(furnished.house.find_account(EMAIL).id)
    key = furnished.house.issue_key(owner, "Another").text
    reads = [each for each in operations(dialect) if each.method == "GET" and each.place]

    for operation in reads:
        if operation.place not in SHARED:
            assert operation.ask(key, named(theirs, operation)).status in (200, 409), operation


def test_a_secret_of_the_same_name_is_another_secret(
    furnished: Furnished, theirs: Mapping[str, str], own: str
) -> None:
    [put] = [each for each in operations("flows_openapi") if each.label in CHOSEN]
    before = everything(furnished)

    assert put.ask(own, theirs["name"]).status == 200

    assert [item for item in before if item not in everything(furnished)] == []
