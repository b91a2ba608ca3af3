"""Signing in, up and out over the door: cookies, forged forms, guessing, and where one is led."""

from secrets import token_hex
from typing import Any

import pytest

import accounts_api.handler
from tests.doors.knocking import Answer, knock
from tests.doors.oauth_client import (
    flow_of,
    forget_houses,
    handler,
    inputs,
    is_refused,
    send,
    sign_in,
)
from tests.furnished import PASSWORD, Furnished


def cookie_of(answer: Answer) -> str:
    [cookie] = answer.cookies
    return cookie.partition(";")[0]


def account(cookie: str) -> Answer:
    return knock(handler, "account", headers={"cookie": cookie})


def sign_out(cookie: str, **fields: str) -> Answer:
    proof = inputs(account(cookie)).get("proof", "")
    return send("sign_out", {"proof": proof} | fields, headers={"cookie": cookie})


@pytest.mark.promise("account.session")
def test_the_session_is_a_cookie_that_no_script_and_no_other_site_can_use(email: str) -> None:
    entered = sign_in(email)

    assert (entered.status, entered.headers["location"]) == (303, "/account")
    name, *attributes = entered.cookies[0].split("; ")
    assert name.startswith("__Host-webferry=wfs_")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)
    assert email in account(cookie_of(entered)).text


@pytest.mark.promise("account.session")
def test_only_on_the_own_machine_a_cookie_may_go_over_plain_http(
    email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("WEBFERRY_PUBLIC_URL", "http://127.0.0.1:3000")
        forget_houses()
        cookie = sign_in(email).cookies[0]
    forget_houses()

    assert cookie.startswith("webferry=wfs_")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


def test_a_new_account_is_signed_in_and_an_old_one_is_not_made_again(furnished: Furnished) -> None:
    form = {"email": f"{token_hex(8)}@example.com", "password": PASSWORD}

    entered = send("sign_up", form)

    assert entered.status == 303
    assert form["email"] in account(cookie_of(entered)).text
    again = send("sign_up", form)
    assert (again.status, again.cookies) == (409, ())
    weak = send("sign_up", form | {"password": "short"})
    assert (weak.status, "8 to 256" in weak.text) == (400, True)


@pytest.mark.promise("account.sign-up.closed")
def test_an_operator_can_close_sign_up(
    furnished: Furnished, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"email": f"{token_hex(8)}@example.com", "password": PASSWORD}

    with monkeypatch.context() as patch:
        patch.setenv("WEBFERRY_SIGN_UP", "closed")
        forget_houses()
        answers = [send("sign_up", form), knock(handler, "sign_in_page", path="/sign-up")]
        invited = "/sign-up" in knock(handler, "sign_in_page").text
    forget_houses()

    assert [answer.status for answer in answers] == [403, 403]
    assert [invited, "/sign-up" in knock(handler, "sign_in_page").text] == [False, True]
    assert sign_in(form["email"]).status == 401


def test_a_wrong_password_reads_like_an_unknown_email(email: str) -> None:
    wrong = send("sign_in", {"email": email, "password": "wrong password"})
    unknown = send("sign_in", {"email": email[1:], "password": PASSWORD})

    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.text.replace(email, "") == unknown.text.replace(email[1:], "")
    assert (wrong.cookies, unknown.cookies) == ((), ())


def test_guessing_is_answered_with_429(email: str) -> None:
    def guess(password: str) -> Answer:
        body = f"email={email}&password={password}".encode()
        return knock(accounts_api.handler.handler, "sign_in", body=body)

    statuses = [guess("wrong").status for _ in range(11)]

    assert statuses == [401] * 10 + [429]
    assert guess(PASSWORD.replace(" ", "+")).status == 429


@pytest.mark.promise("account.session")
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": None, "origin": "https://evil.example"},
        {"sec-fetch-site": None, "origin": None},
    ],
)
def test_a_form_of_another_site_changes_nothing(email: str, headers: Any) -> None:
    cookie = cookie_of(sign_in(email))
    forms = {"email": email, "password": PASSWORD, "proof": inputs(account(cookie))["proof"]}

    for event in ("sign_in", "sign_up", "sign_out"):
        answer = send(event, forms, headers={"cookie": cookie, **headers})
        assert (answer.status, answer.cookies) == (403, ())
    assert email in account(cookie).text


def test_who_signs_out_is_out_here_or_everywhere(email: str) -> None:
    here, there, far = (cookie_of(sign_in(email)) for _ in range(3))

    assert sign_out(here).status == 303
    assert (account(here).status, account(there).status) == (303, 200)
    assert send("sign_out", {"proof": "x"}, headers={"cookie": there}).status == 403
    sign_out(there, everywhere="yes")

    assert [account(cookie).status for cookie in (there, far)] == [303, 303]


@pytest.mark.promise("oauth.apps")
def test_the_account_page_shows_connected_applications_and_cuts_one_off(
    email: str, furnished: Furnished
) -> None:
    flow = flow_of(email)
    tokens = flow.tokens()
    shown = account(flow.cookie)
    form = {name: inputs(shown)[name] for name in ("proof", "app")}
    for words in ("Lamp Reader", "Read web pages for you", "Connected since"):
        assert words in shown.text

    def disconnect(cookie: str, **changed: str) -> Answer:
        return send("sign_out", form | changed, path="/account", headers={"cookie": cookie})

    furnished.open_account(other := f"{token_hex(8)}@example.com")
    stranger = flow_of(other)
    assert disconnect(stranger.cookie).status == 403
    theirs = inputs(account(stranger.cookie))["proof"]
    assert disconnect(stranger.cookie, proof=theirs).status == 404
    assert disconnect(flow.cookie, proof="0" * 64).status == 403
    assert disconnect("").status == 303
    assert flow.refresh(tokens["refresh_token"]).status == 200

    assert disconnect(flow.cookie).headers["location"] == "/account"

    assert "Lamp Reader" not in account(flow.cookie).text
    assert is_refused(flow.refresh(tokens["refresh_token"]), "invalid_grant")


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/oauth/authorize",
        "/oauth/authorize?\\evil",
        "/oauth/authorize?a\r\nset-cookie:x=y",
        "/sign-out",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(email: str, back: str) -> None:
    entered = send("sign_in", {"email": email, "password": PASSWORD, "next": back})

    assert (entered.status, entered.headers["location"]) == (303, "/account")


def test_who_came_to_consent_goes_back_to_it(email: str) -> None:
    back = "/oauth/authorize?client_id=x&state=%22%3E"

    page = knock(
        handler, "sign_in_page", query="next=" + back.replace("%", "%25").replace("&", "%26")
    )
    assert inputs(page)["next"] == back
    entered = send("sign_in", {"email": email, "password": PASSWORD, "next": back})

    assert entered.headers["location"] == back


def test_what_was_typed_is_only_text(furnished: Furnished) -> None:
    answer = send("sign_in", {"email": '"><script>alert(1)</script>', "password": "x"})

    assert answer.status == 401
    assert "<script" not in answer.text


@pytest.mark.parametrize("cookie", ["", "__Host-webferry=", "__Host-webferry=wfs_x", "webferry=x"])
def test_a_cookie_that_is_none_of_ours_signs_nobody_in(furnished: Furnished, cookie: str) -> None:
    assert (account(cookie).status, account(cookie).headers["location"]) == (303, "/sign-in")
