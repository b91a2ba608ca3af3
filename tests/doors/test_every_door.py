"""What all HTTP doors share: how errors read, what is said beside the body, what is logged."""

import json
import logging
import sys
from typing import Any

import pytest

import scrape_api.handler
from tests.doors.all_doors import DOORS, every_door, message_of
from tests.doors.knocking import Handler, knock
from tests.furnished import Furnished
from webferry.domain.errors import ErrorCode
from webferry.observability import logger
from webferry.web.statuses import STATUS_OF
from webferry.wiring import House


def test_every_error_code_has_a_status() -> None:
    assert set(STATUS_OF) == set(ErrorCode)


@pytest.mark.promise("dialect.error.unknown-path", "scrape.code.not-found", "request.id")
@every_door
def test_an_unknown_path_is_a_404_with_a_request_id(
    handler: Handler, event: str, with_body: str
) -> None:
    for path in (
        "/v1",
        "/v1/",
        "/v1/scrape/",
        "//v1/scrape",
        "/api",
        "/api/keys/",
        "/%2e%2e",
        "/é",
    ):
        answer = knock(handler, event, path=path)
        assert (answer.status, message_of(answer)) == (404, "Not found")
        assert answer.headers["x-request-id"] == "JKJaXmPLvHcESHA="


@pytest.mark.promise("dialect.error.wrong-method")
def test_a_wrong_method_is_a_405_that_names_all_the_right_ones() -> None:
    for (handler, event, _), allowed in zip(
        DOORS, ("POST", "GET, HEAD", "GET, HEAD, POST"), strict=True
    ):
        for method in ("PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            answer = knock(handler, event, method=method)
            assert (answer.status, message_of(answer)) == (405, "Method not allowed")
            assert answer.headers["allow"] == allowed
    described = knock(scrape_api.handler.handler, "scrape_openapi", method="POST")
    assert (described.status, described.headers["allow"]) == (405, "GET, HEAD")


def test_head_is_get_without_the_body(key: str) -> None:
    for handler, event in ((scrape_api.handler.handler, "health"), DOORS[1][:2], DOORS[2][:2]):
        answer = knock(handler, event, key=key, method="HEAD")
        assert (answer.status, answer.text) == (200, "")


@pytest.mark.promise("dialect.compact")
def test_json_is_compact_utf8_that_nobody_keeps(key: str) -> None:
    for handler, event, _ in DOORS[1:]:
        answer = knock(handler, event, key=key)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert '": ' not in answer.text


@pytest.mark.promise("dialect.error.fault", "scrape.code.internal-error")
@every_door
def test_a_fault_of_ours_is_a_500_that_tells_the_log_and_not_the_caller(
    furnished: Furnished,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    handler: Handler,
    event: str,
    with_body: str,
) -> None:
    def break_down(_: House) -> Any:
        raise ZeroDivisionError("the secret cause")

    monkeypatch.setattr(House, "authenticate", property(break_down))
    monkeypatch.setattr(logger, "_logger", logging.getLogger("doors"), raising=False)
    with caplog.at_level(logging.ERROR):
        answer = knock(handler, event)

    assert (answer.status, answer.headers["x-request-id"]) == (500, "JKJaXmPLvHcESHA=")
    assert "JKJaXmPLvHcESHA=" in message_of(answer)
    assert "secret cause" not in answer.text
    assert "secret cause" in caplog.text


@every_door
def test_what_callers_trust_us_with_is_never_logged(
    furnished: Furnished,
    capsys: pytest.CaptureFixture[str],
    handler: Handler,
    event: str,
    with_body: str,
) -> None:
    caller = furnished.open_account(f"logged-{event}@example.com")
    issued = furnished.house.issue_key(caller, "Key")
    handlers = [each for each in logger.handlers if isinstance(each, logging.StreamHandler)]
    with pytest.MonkeyPatch.context() as patch:
        for each in handlers:
            patch.setattr(each, "stream", sys.stdout)
        knock(handler, event, key=issued.text)
        knock(handler, event, key=issued.text[:-1] + "!")
        knock(handler, event, key=issued.text, path=f"/nowhere/{issued.text}")

    logged = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    visits = [line for line in logged if line.get("message") == "request answered"]
    assert [visit["status"] for visit in visits][1:] == [401, 404]
    assert (visits[0]["account_id"], visits[0]["key_id"]) == (caller.account_id, issued.key.id)
    assert issued.text[9:-6] not in repr(logged)
    assert "example.com" not in repr(logged)


@pytest.mark.parametrize("host", ["[::1]:3000", "a:b", "a:b:c", "", "x" * 9000, "a:99999999"])
def test_a_strange_host_header_harms_nothing(host: str) -> None:
    assert knock(scrape_api.handler.handler, "health", headers={"host": host}).status == 200
