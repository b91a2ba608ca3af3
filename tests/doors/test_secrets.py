"""Secrets over their door: kept sealed, listed by name, never shown, forgotten."""

from typing import Any

import pytest

from flows_api.handler import handler
from tests.doors.knocking import Answer, knock
from tests.furnished import FLOWS_TABLE, Furnished
from webferry.domain.flow_secrets import MAX_SECRETS
from webferry.domain.keys import Scope

VALUE = "correct horse battery"


def put(key: str, name: str, value: object = VALUE) -> Answer:
    return knock(
        handler, "secrets_put", key=key, path=f"/api/secrets/{name}", body={"value": value}
    )


def listed(key: str) -> Answer:
    return knock(handler, "keys_list", key=key, path="/api/secrets", query="")


def forget(key: str, name: str) -> Answer:
    return knock(handler, "keys_list", key=key, method="DELETE", path=f"/api/secrets/{name}")


def names(key: str) -> list[str]:
    return [each["name"] for each in listed(key).json["data"]]


@pytest.mark.promise("flow.secrets")
def test_a_secret_is_kept_listed_by_its_name_and_forgotten_once(own: str) -> None:
    assert listed(own).json == {"data": [], "total": 0}

    kept = put(own, "shop_password")

    assert (kept.status, set(kept.json["data"])) == (200, {"name", "updatedAt"})
    put(own, "a-mail", "ann@example.com")
    everything = listed(own)
    assert [each["name"] for each in everything.json["data"]] == ["a-mail", "shop_password"]
    assert everything.json["total"] == 2
    assert VALUE not in kept.text + everything.text
    assert forget(own, "a-mail").json == {"message": "Secret a-mail deleted successfully"}
    assert forget(own, "a-mail").status == 404
    assert names(own) == ["shop_password"]


@pytest.mark.promise("flow.secrets")
def test_a_secret_lies_sealed_and_opens_for_its_owner_and_name(
    furnished: Furnished, own: str
) -> None:
    account_id = furnished.house.authenticate(own).account_id
    secrets = furnished.house.flow_desk.secrets
    put(own, "word", "first words")
    put(own, "word")
    put(own, "other", "something else")

    stored = furnished.session.client("dynamodb").scan(TableName=FLOWS_TABLE)["Items"]

    assert VALUE not in str(stored)
    assert secrets.opened(account_id, ["word", "unknown"]) == {"word": VALUE}
    assert secrets.opened("acc_somebody", ["word"]) == {}


def test_another_accounts_secrets_are_not_there(own: str, furnished: Furnished) -> None:
    put(own, "word")
    other = furnished.key_of("other-secrets@example.com")

    assert names(other) == []
    assert forget(other, "word").status == 404
    assert names(own) == ["word"]


@pytest.mark.parametrize(
    "value",
    [
        "", "abc", "   abc   ", "x" * 1001, "ä" * 1001, "two\nlines", "tab\ttab", "\ud800abcd",
        5, None, [VALUE],
    ],
)  # fmt: skip
def test_what_is_no_secret_is_a_400_and_changes_nothing(own: str, value: Any) -> None:
    answer = put(own, "word", value)

    assert (answer.status, answer.json["code"]) == (400, "INVALID_REQUEST"), answer.text
    assert names(own) == []


@pytest.mark.parametrize("name", ["a b", "x" * 65, "a.b", "%C3%A4", "a%0A"])
def test_what_is_no_name_is_refused(own: str, name: str) -> None:
    assert put(own, name).status in (400, 404)
    assert forget(own, name).status in (400, 404)
    assert names(own) == []


def test_an_account_has_so_many_secrets_and_can_still_change_them(own: str) -> None:
    for number in range(MAX_SECRETS):
        assert put(own, f"n{number}").status == 200

    assert put(own, "one-more").status == 409
    assert put(own, "n7", "changed words").status == 200
    assert len(names(own)) == MAX_SECRETS


def test_secrets_are_written_and_listed_with_the_scopes_of_flows(furnished: Furnished) -> None:
    caller = furnished.open_account("scoped-secrets@example.com")
    reader = furnished.house.issue_key(caller, "Reader", [Scope.FLOWS_READ]).text
    writer = furnished.house.issue_key(caller, "Writer", [Scope.FLOWS_WRITE]).text

    assert (put(reader, "word").status, forget(reader, "word").status) == (403, 403)
    assert (put(writer, "word").status, listed(writer).status) == (200, 403)
    assert listed(reader).status == 200
