"""The document's own fields, each at its bounds, just beyond them, and with every wrong type."""

from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import letters
from tests.furnished import JOBS_TABLE, Furnished

NEVER = "ftp://never.fetched"
JSON: dict[str, object] = {
    "null": None,
    "text": "5",
    "fraction": 5.5,
    "truth": True,
    "list": [],
    "object": {},
    "number": 100,
}
NUMBERS = {
    "timeoutMs": (1, 120_000),
    "maxConcurrency": (1, 5),
    "cacheTtlSeconds": (60, 3600),
}


def post(key: str, body: dict[str, Any]) -> Answer:
    whole = {"urls": [NEVER], "mode": "async", **body}
    return knock(handler, "scrape_async", key=key, body=whole)


def refused(answer: Answer, field: str) -> bool:
    if answer.status == 202:
        return False
    assert (answer.status, set(answer.json)) == (400, {"error"}), answer.text
    assert answer.json["error"]["code"] == "INVALID_REQUEST"
    assert answer.json["error"]["message"].startswith(field), answer.text
    return True


@pytest.mark.promise("scrape.bounds", "scrape.config.timeout", "scrape.config.cache-ttl")
@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_has_two_bounds_and_one_type(furnished: Furnished, key: str, name: str) -> None:
    low, high = NUMBERS[name]
    inside = {value: refused(post(key, {"config": {name: value}}), "") for value in (low, high)}
    outside = [low - 1, high + 1, -1, 10**30]
    wrong = [value for kind, value in JSON.items() if kind != "number"]

    assert inside == {low: False, high: False}
    for value in outside + wrong:
        assert refused(post(key, {"config": {name: value}}), f"config.{name}"), value
    letters(furnished)


@pytest.mark.promise("scrape.bounds", "scrape.config.jitter")
@pytest.mark.parametrize("end", ["min", "max"])
def test_each_end_of_the_jitter_has_them_too(furnished: Furnished, key: str, end: str) -> None:
    def asked(value: object) -> dict[str, Any]:
        return {"config": {"jitterMs": {"min": 0, "max": 60_000} | {end: value}}}

    assert [refused(post(key, asked(value)), "") for value in (0, 60_000)] == [False, False]
    wrong = [value for kind, value in JSON.items() if kind != "number"]
    for value in [-1, 60_001, *wrong]:
        assert refused(post(key, asked(value)), f"config.jitterMs.{end}"), value
    letters(furnished)


@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("urls", set()),
        ("mode", set()),
        ("format", set()),
        ("config", {"object"}),
        ("prompt", {"null"}),
        ("config.jitterMs", {"object"}),
        ("config.userAgentProfile", set()),
    ],
)
def test_no_field_takes_another_type(
    furnished: Furnished, key: str, field: str, right: set[str]
) -> None:
    outer, _, inner = field.partition(".")
    for kind in JSON.keys() - ({"text"} if field == "prompt" else set()):
        given: object = {inner: JSON[kind]} if inner else JSON[kind]
        assert refused(post(key, {outer: given}), field) == (kind not in right), kind
    letters(furnished)


@pytest.mark.parametrize("kind", sorted(JSON.keys() - {"text"}))
def test_a_url_is_a_string(key: str, kind: str) -> None:
    assert refused(post(key, {"urls": [JSON[kind]]}), "urls.0")


def test_what_is_refused_is_not_stored(furnished: Furnished, key: str) -> None:
    table: Any = furnished.session.client("dynamodb")
    before = table.scan(TableName=JOBS_TABLE, Select="COUNT")["Count"]
    bodies: list[dict[str, Any]] = [
        {"urls": []},
        {"urls": [NEVER] * 6},
        {"format": "pdf"},
        {"x": 1},
    ]
    for body in bodies:
        assert post(key, body).status == 400

    assert table.scan(TableName=JOBS_TABLE, Select="COUNT")["Count"] == before
    assert letters(furnished) == []
