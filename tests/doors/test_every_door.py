"""What all HTTP doors share: who gets in, what a bad body meets, and how errors read."""

import json
import logging
import sys
from collections.abc import Mapping
from typing import Any

import pytest

import flows_api.handler
import scrape_api.handler
import tools_api.handler
from tests.doors.knocking import Answer, Handler, knock
from tests.furnished import Furnished
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Scope
from webferry.observability import logger
from webferry.web.errors import STATUS_OF
from webferry.wiring import House

# Each door with an event that needs a key, and one that carries a body.
DOORS: list[tuple[Handler, str, str]] = [
    (scrape_api.handler.handler, "scrape_sync", "scrape_sync"),
    (tools_api.handler.handler, "tools_list", "tool_execute"),
    (flows_api.handler.handler, "keys_list", "keys_create"),
]
every_door = pytest.mark.parametrize(
    ("handler", "event", "with_body"), DOORS, ids=["scrape", "tools", "flows"]
)
BARE: Mapping[str, str | None] = {"authorization": None, "x-api-key": None}


def message_of(answer: Answer) -> str:
    """The sentence of an error, in whichever dialect it reads."""
    body = answer.json
    if "code" in body:
        assert set(body) == {"error", "code", "details"}
        return str(body["error"])
    if isinstance(body["error"], str):
        assert set(body) == {"error", "details"}
        return str(body["error"])
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return str(body["error"]["message"])


def test_every_error_code_has_a_status() -> None:
    assert set(STATUS_OF) == set(ErrorCode)


@pytest.mark.promise("dialect.auth.either-header", "scrape.auth.bearer", "tools.auth.bearer")
@every_door
def test_either_header_opens_the_door(
    key: str, handler: Handler, event: str, with_body: str
) -> None:
    for headers in (
        {"authorization": f"Bearer {key}"},
        {"authorization": f"bearer  {key} "},
        {"x-api-key": key},
        {"authorization": f"Bearer {key}", "x-api-key": key},
    ):
        assert knock(handler, event, headers={**BARE, **headers}).status not in (401, 403)


@pytest.mark.promise(
    "dialect.auth.two-keys",
    "scrape.code.unauthorized",
    "flows.auth.required",
    "dialect.error.scrape",
    "dialect.error.tools",
    "dialect.error.flows",
)
@every_door
def test_every_other_credential_is_a_401_with_a_challenge(
    furnished: Furnished, key: str, handler: Handler, event: str, with_body: str
) -> None:
    other = furnished.key_of(f"{event}@example.com")
    for headers in (
        {},
        {"authorization": ""},
        {"authorization": key},
        {"authorization": f"Basic {key}"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer YOUR_API_KEY"},
        {"authorization": f"Bearer {key}x"},
        {"authorization": f"Bearer {key},Bearer {key}"},
        {"authorization": f"Bearer {key[:-1]}{'0' if key[-1] != '0' else '1'}"},
        {"authorization": f"Bearer {key}", "x-api-key": other},
        {"authorization": "Basic x", "x-api-key": key},
        {"x-api-key": ""},
        {"x-api-key": f"{key}, {other}"},
        {"x-api-key": "ключ"},
    ):
        answer = knock(handler, event, headers={**BARE, **headers})
        assert answer.status == 401, headers
        assert answer.headers["www-authenticate"] == "Bearer"
        assert message_of(answer)


@pytest.mark.promise("account.disabled", "scrape.code.user-disabled")
@every_door
def test_a_disabled_account_is_a_403_until_it_is_enabled(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    own = furnished.key_of(f"switched-{event}@example.com")
    account_id = furnished.house.authenticate(own).account_id

    furnished.house.disable_account(account_id)
    refused = knock(handler, event, key=own)
    furnished.house.enable_account(account_id)

    assert (refused.status, message_of(refused)) == (403, "Account is disabled")
    assert knock(handler, event, key=own).status not in (401, 403)


@pytest.mark.promise("key.scope.missing")
@every_door
def test_a_missing_scope_is_a_403_that_names_it(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    caller = furnished.open_account(f"narrow-{event}@example.com")
    narrow = furnished.house.issue_key(caller, "Narrow", [Scope.WEBHOOKS_READ]).text

    answer = knock(handler, event, key=narrow)

    assert answer.status == 403
    assert "lacks the scope" in message_of(answer)


DEEP = b'{"input":' + b"[" * 100_000
BAD_BODIES: list[tuple[bytes, int]] = [
    (b"", 400),
    (b"{", 400),
    (b'{"name":"a","name":"b"}', 400),
    (b'{"urls":[NaN]}', 400),
    (b'{"urls":[-Infinity]}', 400),
    (b'{"urls":[1e999]}', 400),
    (b'{"urls":[' + b"9" * 5000 + b"]}", 400),
    (b'{"urls":["\\ud800"],"name":"\\ud800"}', 400),
    (b'"\xff"', 400),
    (b"\xef\xbb\xbf{}", 400),
    (b"null", 400),
    (b"[]", 400),
    (b"1", 400),
    (DEEP, 400),
    (DEEP + b"]" * 100_000 + b"}", 400),
    (b'{"input":' + b"[" * 65 + b"]" * 65 + b"}", 400),
    (b'{"name":"' + b"x" * 1024 * 1024 + b'"}', 413),
]


@pytest.mark.promise("dialect.error.bad-json", "request.size")
@pytest.mark.parametrize(("body", "status"), BAD_BODIES, ids=range(len(BAD_BODIES)))
@every_door
def test_a_bad_body_is_a_clear_4xx_in_the_dialects_form(
    key: str, handler: Handler, event: str, with_body: str, body: bytes, status: int
) -> None:
    answer = knock(handler, with_body, key=key, body=body)

    assert answer.status == status
    assert message_of(answer)


@every_door
def test_another_content_type_is_a_415_and_none_is_taken_for_json(
    key: str, handler: Handler, event: str, with_body: str
) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "json", "x" * 9000):
        answer = knock(handler, with_body, key=key, headers={"content-type": content_type})
        assert (answer.status, bool(message_of(answer))) == (415, True)
    usual = knock(handler, with_body, key=key, headers={"content-type": "Application/JSON; a=b"})
    absent = knock(handler, with_body, key=key, headers={"content-type": None})
    assert usual.status == absent.status != 415


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
