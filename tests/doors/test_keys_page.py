"""The API-key page over its door: a key is made and shown once; what signs webhooks is replaced."""

import re
from html import unescape
from secrets import token_hex

import pytest

import tools_api.handler
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
    ticked,
)
from tests.doors.knocking import knock
from tests.doors.oauth_client import handler, inputs, send, sign_in
from tests.furnished import PASSWORD, TABLE, Furnished
from webferry.domain import accounts


@pytest.mark.promise("tools.key.page")
def test_somebody_signed_in_makes_a_key_that_works_and_is_shown_once(cookie: str) -> None:
    empty = page(cookie)
    assert (empty.status, empty.headers["cache-control"]) == (200, "no-store")
    assert ticked(empty) == EVERYTHING
    assert "None yet" in empty.text

    made = make(cookie, "My <b>New</b> Key")

    assert (made.status, made.headers["cache-control"]) == (201, "no-store")
    assert "location" not in made.headers
    key = shown(made)[0]
    assert listed(key).json["data"][0]["scopes"] == EVERYTHING
    after = page(cookie).text
    assert key not in after
    assert f"scr_live_****{key[-4:]}" in after
    assert "My &lt;b&gt;New&lt;/b&gt; Key" in after
    assert "May do everything" in after
    assert re.search(r"last used \d+ \w+ \d{4}", after)


@pytest.mark.promise("tools.key.page")
def test_a_key_may_do_what_was_ticked_and_nothing_else(cookie: str) -> None:
    made = make(cookie, scopes=["scrape:run", "credits:read"])

    assert "May do 2 things" in made.text
    assert "never used" in made.text
    key = shown(made)[0]
    assert knock(tools_api.handler.handler, "credits_read", key=key).status == 200
    assert listed(key).status == 403
    assert "May do one thing" in make(cookie, scopes=["scrape:run"]).text


def test_the_next_request_of_a_revoked_key_is_refused(cookie: str) -> None:
    kept, gone = shown(make(cookie, "Kept"))[0], shown(make(cookie, "Gone"))[0]

    answer = post(cookie, {"key": ids(page(cookie))[0]}, "/account/keys/revoke")

    assert (answer.status, answer.headers["location"]) == (303, "/account/keys")
    assert (listed(gone).status, listed(kept).status) == (401, 200)
    assert "Gone" not in page(cookie).text


def test_who_is_not_signed_in_is_led_through_there_and_back(furnished: Furnished) -> None:
    furnished.open_account(email := f"{token_hex(8)}@example.com")
    away = page("")
    form = knock(handler, "sign_in_page", query=away.headers["location"].partition("?")[2])
    back = {"next": inputs(form)["next"]}

    entered = send("sign_in", {"email": email, "password": PASSWORD} | back)

    assert (away.status, away.headers["location"]) == (303, "/sign-in?next=/account/keys")
    assert entered.headers["location"] == "/account/keys"
    assert '"/account/keys"' in knock(handler, "account", headers={"cookie": cookie_of(email)}).text


def test_many_keys_are_leafed_through(cookie: str, furnished: Furnished) -> None:
    for number in range(27):
        assert make(cookie, f"Key {number:02}.").status == 201

    first = page(cookie)
    [older] = re.findall(r'"/account/keys\?(cursor=[^"]*)"', first.text)
    second = page(cookie, unescape(older))

    assert (len(ids(first)), len(ids(second))) == (25, 2)
    assert "Key 26." in first.text
    assert "Key 00." in second.text
    assert "Older keys" not in second.text
    for cursor in ("cursor=!", "cursor=" + "a" * 101, "cursor=a&cursor=b"):
        assert page(cookie, cursor).status == 400


@pytest.mark.promise("webhook.secret.account")
def test_the_signing_secret_is_shown_and_replaced_with_an_overlap(cookie: str) -> None:
    key = shown(make(cookie))[0]
    [old] = shown(page(cookie))

    rotated = post(cookie, {"overlap": "86400"}, f"{SIGNING}/rotate")
    new, still = shown(page(cookie))
    again = post(cookie, {"overlap": "0"}, f"{SIGNING}/rotate")
    told = knock(tools_api.handler.handler, "webhook_secret", key=key).json["data"]

    assert (rotated.status, rotated.headers["location"]) == (303, "/account/keys#signing-secret")
    assert (still, told["secret"], told["nextSecret"]) == (old, old, new)
    assert (again.status, "complete that rotation first" in again.text) == (409, True)
    assert post(cookie, {}, f"{SIGNING}/complete").status == 303
    assert shown(page(cookie)) == [new]
    assert post(cookie, {}, f"{SIGNING}/complete").status == 409


def test_a_secret_that_has_leaked_signs_no_more_at_once(cookie: str) -> None:
    [old] = shown(page(cookie))

    assert post(cookie, {"overlap": "0"}, f"{SIGNING}/rotate").status == 303
    [new] = shown(page(cookie))
    assert new != old
    for overlap in ("", "-1", "60", "9" * 5000, "0x0", "\u0660"):
        assert post(cookie, {"overlap": overlap}, f"{SIGNING}/rotate").status == 400
    assert shown(page(cookie)) == [new]


@pytest.mark.promise("account.sign-up")
def test_sign_up_says_what_a_password_must_be_and_keeps_it_as_argon2id(
    furnished: Furnished,
) -> None:
    bounds = f"{accounts.MIN_PASSWORD_LENGTH} to {accounts.MAX_PASSWORD_LENGTH} characters"
    form = {"email": f"{token_hex(8)}@example.com", "password": PASSWORD}
    asked = knock(handler, "sign_in_page", path="/sign-up").text

    entered = send("sign_up", form)

    assert bounds in asked
    assert f'minlength="{accounts.MIN_PASSWORD_LENGTH}"' in asked
    assert f'maxlength="{accounts.MAX_PASSWORD_LENGTH}"' in asked
    assert (entered.status, entered.headers["location"]) == (303, "/account/keys")
    made = make(entered.cookies[0].partition(";")[0])
    account = furnished.house.authenticate(shown(made)[0]).account_id
    kept = furnished.session.client("dynamodb").get_item(
        TableName=TABLE, Key={"pk": {"S": account}, "sk": {"S": "account"}}
    )["Item"]
    assert form["email"] in repr(kept)
    assert "$argon2id$" in repr(kept)
    assert PASSWORD not in repr(kept)


def test_on_sign_up_a_weak_password_makes_no_account(furnished: Furnished) -> None:
    form = {"email": f"{token_hex(8)}@example.com", "password": "short"}

    assert send("sign_up", form).status == 400
    assert sign_in(form["email"]).status == 401
