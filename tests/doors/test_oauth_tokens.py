"""Tokens and codes that are refused: stale, stolen, spent, narrowed, or meant for others."""

from typing import Any

import pytest

from flows_api.handler import handler as flows
from tests.doors.knocking import knock
from tests.doors.oauth_client import (
    CHALLENGE,
    HOME,
    ISSUER,
    LOCAL,
    RESOURCE,
    Flow,
    call,
    forget_houses,
    handler,
    is_refused,
    register,
    send,
    sign_in,
)
from tests.furnished import GRANTS_TABLE, Furnished
from webferry.access_wiring import gatehouse
from webferry.domain.clients import Client
from webferry.domain.grants import GRANTABLE, Wish
from webferry.domain.keys import Caller

METADATA = f'resource_metadata="{ISSUER}/.well-known/oauth-protected-resource/mcp"'


def test_a_token_opens_the_tools_and_no_other_door(flow: Flow) -> None:
    access = flow.tokens()["access_token"]

    assert call(access).status == 200
    elsewhere = knock(flows, "keys_list", headers={"authorization": f"Bearer {access}"})
    assert elsewhere.status == 401


@pytest.mark.promise("oauth.discovery", "scrape.mcp.oauth")
@pytest.mark.parametrize("token", [None, "", "garbage", "wfa_" + "a" * 58, "wfr_x", "Bearer"])
def test_no_token_or_a_bad_one_leads_to_the_metadata(furnished: Furnished, token: str) -> None:
    answer = call(token)

    assert answer.status == 401
    assert METADATA in answer.headers["www-authenticate"]
    assert 'scope="' in answer.headers["www-authenticate"]


def test_a_token_in_the_query_is_not_looked_at(flow: Flow) -> None:
    access = flow.tokens()["access_token"]

    assert call(None, query=f"access_token={access}").status == 401


def test_a_refresh_token_is_no_access_token(flow: Flow) -> None:
    assert call(flow.tokens()["refresh_token"]).status == 401


def test_an_expired_token_is_refused(flow: Flow, furnished: Furnished) -> None:
    access = flow.tokens()["access_token"]
    expire(furnished, "token#")

    answer = call(access)

    assert answer.status == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_token_given_back_is_refused(flow: Flow) -> None:
    access = flow.tokens()["access_token"]
    flow.revoke(access)

    assert call(access).status == 401


@pytest.mark.promise("oauth.audience")
@pytest.mark.parametrize("resource", ["https://other.example/mcp", ISSUER, "", f"{RESOURCE}/x"])
def test_a_token_for_another_audience_is_refused(
    flow: Flow, email: str, furnished: Furnished, resource: str
) -> None:
    account = furnished.house.find_account(email).id
    client = Client(flow.client_id, "App", (HOME,), 0)
    code = gatehouse().issue_code(account, Wish(client, HOME, GRANTABLE, resource, CHALLENGE, None))
    access = flow.redeem(code, resource=None).json["access_token"]

    assert call(access).status == 401


def test_a_token_of_another_issuer_is_refused(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    access = flow.tokens()["access_token"]

    with monkeypatch.context() as patch:
        patch.setenv("WEBFERRY_PUBLIC_URL", "https://other.example")
        forget_houses()
        assert call(access, headers={"host": "other.example"}).status == 401
    forget_houses()

    assert call(access).status == 200


def test_a_missing_scope_is_named(flow: Flow) -> None:
    access = flow.tokens(scope="scrape:run")["access_token"]

    answer = call(access)

    assert answer.status == 403
    challenge = answer.headers["www-authenticate"]
    assert 'error="insufficient_scope", scope="scrape:run flows:read"' in challenge


@pytest.mark.promise("oauth.apps")
def test_cutting_an_application_off_or_disabling_the_account_binds_at_once(
    flow: Flow, email: str, furnished: Furnished
) -> None:
    account = furnished.house.find_account(email).id
    first, second = flow.tokens(), flow.tokens()
    gatehouse().disconnect_app(account, gatehouse().list_apps(account)[0].id)
    assert sorted(call(each["access_token"]).status for each in (first, second)) == [200, 401]

    third = flow.tokens()
    furnished.house.disable_account(account)

    assert call(third["access_token"]).status == 403
    assert is_refused(flow.refresh(third["refresh_token"]), "invalid_grant")
    assert flow.ask().status == 403
    assert sign_in(email).status == 403


def test_a_revoked_key_is_refused_at_once_and_takes_no_token_with_it(
    flow: Flow, email: str, furnished: Furnished
) -> None:
    account = furnished.house.find_account(email).id
    issued = furnished.house.issue_key(Caller.operator(account), "A key")
    access = flow.tokens()["access_token"]
    assert call(issued.text).status == 200

    furnished.house.revoke_key(account, issued.key.id)

    assert [call(issued.text).status, call(access).status] == [401, 200]


def test_no_token_lies_in_the_table(flow: Flow, furnished: Furnished) -> None:
    tokens = flow.tokens()

    kept = str(furnished.session.client("dynamodb").scan(TableName=GRANTS_TABLE)["Items"])

    for name in ("access_token", "refresh_token"):
        assert tokens[name][24:56] not in kept


def test_a_code_that_comes_twice_voids_what_it_gave(flow: Flow) -> None:
    code = flow.code()
    access = flow.redeem(code).json["access_token"]
    assert call(access).status == 200

    assert is_refused(flow.redeem(code), "invalid_grant")

    assert call(access).status == 401


def test_a_code_of_another_client_is_refused(flow: Flow) -> None:
    other = Flow(register().json["client_id"], flow.cookie)

    assert is_refused(other.redeem(flow.code()), "invalid_grant")


def test_a_code_lives_for_a_minute(flow: Flow, furnished: Furnished) -> None:
    code = flow.code()
    expire(furnished, "code#")

    assert is_refused(flow.redeem(code), "invalid_grant")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": CHALLENGE}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_request"),
        ({"redirect_uri": LOCAL}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"client_id": None}, "invalid_request"),
        ({"resource": "https://other.example/mcp"}, "invalid_target"),
        ({"code": "wfc_nonsense"}, "invalid_grant"),
        ({"code": ["a", "b"]}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
    ],
)
@pytest.mark.promise("dialect.error.oauth")
def test_a_code_brought_wrongly_is_refused(flow: Flow, changed: dict[str, Any], error: str) -> None:
    assert is_refused(flow.redeem(flow.code(), **changed), error)


@pytest.mark.promise("oauth.rotation")
def test_an_old_refresh_token_kills_the_family(flow: Flow) -> None:
    first = flow.tokens()
    second = flow.refresh(first["refresh_token"]).json

    assert is_refused(flow.refresh(first["refresh_token"]), "invalid_grant")

    assert call(first["access_token"]).status == 401
    assert call(second["access_token"]).status == 401
    assert is_refused(flow.refresh(second["refresh_token"]), "invalid_grant")


def test_a_refresh_token_gives_no_more_than_was_granted_and_to_nobody_else(flow: Flow) -> None:
    refresh = flow.tokens()["refresh_token"]

    assert is_refused(flow.refresh(refresh, scope="scrape:run runs:write"), "invalid_scope")
    assert is_refused(flow.refresh(refresh, client_id="client_x"), "invalid_grant")
    assert is_refused(flow.refresh(refresh, resource="https://other.example"), "invalid_target")
    assert flow.refresh(refresh).status == 200


def test_a_form_that_is_none_is_refused(furnished: Furnished) -> None:
    as_json = knock(handler, "oauth_token", headers={"content-type": "application/json"})
    assert is_refused(as_json, "invalid_request", 415)
    too_large = send("oauth_token", {"code": "a" * 40_000})
    assert is_refused(too_large, "invalid_request", 413)
    not_text = knock(handler, "oauth_token", body=b"code=\xff&grant_type=%ff")
    assert is_refused(not_text, "invalid_request")
    assert is_refused(send("oauth_revoke", {"token": "x"}), "invalid_request")


def expire(furnished: Furnished, prefix: str) -> None:
    """Let the time of everything of this kind be over."""
    dynamodb = furnished.session.client("dynamodb")
    for item in dynamodb.scan(TableName=GRANTS_TABLE)["Items"]:
        if str(item["sk"]["S"]).startswith(prefix):
            dynamodb.put_item(TableName=GRANTS_TABLE, Item={**item, "expires_at_ms": {"N": "1"}})
