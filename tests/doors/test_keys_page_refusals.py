"""What the API-key page refuses: forms that are wrong, forged or too many, and whoever listens."""

import json
import logging
import re
import sys
from secrets import token_hex
from typing import Any

import pytest

from tests.doors.keys_page import (
    EVERYTHING,
    SIGNING,
    cookie_of,
    ids,
    listed,
    make,
    page,
    post,
    shown,
    stranger,
    ticked,
)
from tests.doors.knocking import knock
from tests.doors.oauth_client import handler, inputs
from tests.furnished import Furnished
from webferry.domain.keys import MAX_NAME_LENGTH
from webferry.observability import logger


@pytest.mark.parametrize("key", ["", "key-1", "key-9" * 20, "acc_x", "k" * 5000, "é"])
def test_a_key_that_is_not_theirs_is_not_there(cookie: str, key: str) -> None:
    answer = post(cookie, {"key": key}, "/account/keys/revoke")

    assert (answer.status, "API key not found" in answer.text) == (404, True)


def test_a_strangers_key_stays(cookie: str, furnished: Furnished) -> None:
    key, theirs = shown(make(cookie))[0], stranger(furnished)

    assert post(theirs, {"key": ids(page(cookie))[0]}, "/account/keys/revoke").status == 404
    assert listed(key).status == 200
    assert ids(page(theirs)) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"scope": EVERYTHING}, "printable characters"),
        ({"name": " ", "scope": EVERYTHING}, "printable characters"),
        ({"name": "x" * (MAX_NAME_LENGTH + 1), "scope": EVERYTHING}, "printable characters"),
        ({"name": "a\nb", "scope": EVERYTHING}, "printable characters"),
        ({"name": ["a", "b"], "scope": EVERYTHING}, "more than once"),
        ({"name": "Reader"}, "Tick at least one"),
        ({"name": "Reader", "scope": ["scrape:run", "root"]}, "cannot do"),
    ],
)
def test_a_form_that_is_wrong_comes_back_as_it_was_with_the_reason(
    cookie: str, fields: dict[str, Any], why: str
) -> None:
    answer = post(cookie, fields)

    assert (answer.status, why in answer.text) == (400, True)
    known = [scope for scope in fields.get("scope", ()) if scope in EVERYTHING]
    assert ticked(answer) == (known if "name" in fields else EVERYTHING)
    assert shown(answer)[1:] == ids(page(cookie)) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"name=" + b"x" * 40_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"scope=x" for _ in range(41)), "application/x-www-form-urlencoded", 400),
        (b"name=\xff", "application/x-www-form-urlencoded", 400),
        (b'{"name":"x"}', "application/json", 415),
    ],
)
def test_what_is_no_form_of_ours_is_refused(
    cookie: str, body: bytes, kind: str, status: int
) -> None:
    headers = {"cookie": cookie, "content-type": kind}

    assert knock(handler, "keys_page_make", body=body, headers=headers).status == status


@pytest.mark.parametrize(
    "path",
    ["/account/keys", "/account/keys/revoke", f"{SIGNING}/rotate", f"{SIGNING}/complete"],
)
def test_a_forged_form_changes_nothing(cookie: str, path: str, furnished: Furnished) -> None:
    fields = {"name": "x", "scope": EVERYTHING, "overlap": "0", "key": "key-1"}
    other = inputs(page(stranger(furnished)))["proof"]
    before = shown(page(cookie))

    assert post(cookie, fields, path, sec_fetch_site="cross-site").status == 403
    assert post(cookie, fields, path, sec_fetch_site="same-site").status == 403
    assert post(cookie, fields, path, sec_fetch_site=None, origin="https://e.example").status == 403
    for proof in ("", "0" * 64, "é", other):
        assert post(cookie, fields | {"proof": proof}, path).status == 403
    signed_out = post("", fields, path)

    assert signed_out.headers["location"] == "/sign-in?next=/account/keys"
    assert (shown(page(cookie)), ids(page(cookie))) == (before, [])


def test_a_disabled_account_sees_and_makes_no_key(furnished: Furnished) -> None:
    account = furnished.open_account(email := f"{token_hex(8)}@example.com").account_id
    cookie = cookie_of(email)
    furnished.house.disable_account(account)

    assert (page(cookie).status, make(cookie).status) == (403, 403)
    assert shown(page(cookie)) == []


def test_an_hour_sees_sixty_new_keys_of_one_account_from_the_page(
    cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webferry.usecases.make_own_key.KEYS_OF_ONE", 2)

    assert [make(cookie).status for _ in range(3)] == [201, 201, 429]


def test_neither_key_nor_secret_nor_session_is_logged(
    cookie: str, capsys: pytest.CaptureFixture[str]
) -> None:
    handlers = [each for each in logger.handlers if isinstance(each, logging.StreamHandler)]
    with pytest.MonkeyPatch.context() as patch:
        for each in handlers:
            patch.setattr(each, "stream", sys.stdout)
        key, secret = shown(make(cookie, "A name of theirs"))
        assert make(cookie, "", [key]).status == 400

    logged = capsys.readouterr().out
    assert [json.loads(line)["status"] for line in logged.splitlines()][-1] == 400
    for private in (key[9:-6], secret[6:], cookie.partition("=")[2], "A name of theirs"):
        assert private not in logged


def test_nobody_can_frame_the_page_and_it_loads_nothing(cookie: str) -> None:
    answer = make(cookie)

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("form-action 'self'; frame-ancestors 'none'")
    assert answer.headers["x-frame-options"] == "DENY"
    assert not re.search(r"<script|style=|src=|href=\"(?!/|data:)", answer.text)
