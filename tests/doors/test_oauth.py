"""OAuth over the doors: from one address to a token, and every step as the standards say."""

import html
from secrets import token_hex
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from flows_api.handler import handler as flows
from tests.doors.knocking import Answer, knock
from tests.doors.oauth_client import (
    HOME,
    ISSUER,
    LOCAL,
    RESOURCE,
    Flow,
    handler,
    register,
    told,
)
from tests.furnished import Furnished


def metadata(event: str, **more: Any) -> Any:
    answer = knock(handler, event, **more)
    assert answer.status == 200, answer.text
    return answer.json


@pytest.mark.promise("oauth.discovery")
def test_the_resource_leads_to_its_server_and_the_server_to_its_doors(furnished: Furnished) -> None:
    server = metadata("oauth_server")

    assert server["issuer"] == ISSUER
    for name in ("authorization", "token", "registration", "revocation"):
        assert server[f"{name}_endpoint"].startswith(f"{ISSUER}/oauth/")
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert server["token_endpoint_auth_methods_supported"] == ["none"]
    assert server["authorization_response_iss_parameter_supported"] is True
    assert server["client_id_metadata_document_supported"] is True
    at_root = metadata("oauth_resource", path="/.well-known/oauth-protected-resource")
    assert at_root == metadata("oauth_resource")
    assert (at_root["resource"], at_root["authorization_servers"]) == (RESOURCE, [ISSUER])


@pytest.mark.promise("oauth.registration")
def test_an_application_registers_itself_and_gets_no_secret(furnished: Furnished) -> None:
    answer = register(token_endpoint_auth_method="client_secret_post", extra={"a": 1})

    assert answer.status == 201
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json["client_id"].startswith("client_")
    assert answer.json["client_name"] == "Lamp Reader"
    assert answer.json["redirect_uris"] == [HOME, LOCAL]
    assert answer.json["token_endpoint_auth_method"] == "none"
    assert "client_secret" not in answer.json


@pytest.mark.promise("oauth.code")
def test_who_is_not_signed_in_signs_in_and_comes_back(flow: Flow) -> None:
    answer = flow.ask(cookie=False)

    assert answer.status == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Foauth%2Fauthorize%3F")
    back = told(answer)["next"]
    again = knock(
        handler, "oauth_authorize", query=back.partition("?")[2], headers={"cookie": flow.cookie}
    )
    assert "Lamp Reader" in again.text


@pytest.mark.promise("oauth.code")
def test_the_user_sees_who_asks_for_what_and_where_the_answer_goes(flow: Flow, email: str) -> None:
    page = flow.ask()

    assert page.status == 200
    shown = html.unescape(page.text)
    for words in ("Lamp Reader", "app.example", email, "Read web pages for you", "See your flows"):
        assert words in shown
    assert "Start and cancel runs" not in shown
    local = flow.ask(redirect_uri="http://127.0.0.1:9999/callback")
    assert "127.0.0.1:9999" in local.text
    assert "on your own computer" in local.text


@pytest.mark.promise("oauth.code")
def test_a_code_comes_back_with_the_state_and_the_issuer_and_becomes_tokens(flow: Flow) -> None:
    answer = flow.decide()

    assert answer.status == 303
    assert answer.headers["location"].startswith(f"{HOME}?")
    assert (told(answer)["state"], told(answer)["iss"]) == ("st ate", ISSUER)
    tokens = flow.redeem(told(answer)["code"])
    assert (tokens.status, tokens.headers["cache-control"]) == (200, "no-store")
    assert tokens.json["token_type"] == "Bearer"
    assert tokens.json["expires_in"] == 3600
    assert tokens.json["scope"] == "scrape:run flows:read"


def test_who_says_no_is_believed(flow: Flow) -> None:
    answer = flow.decide("deny")

    assert answer.status == 303
    assert told(answer)["error"] == "access_denied"
    assert "code" not in told(answer)


@pytest.mark.promise("oauth.rotation")
def test_a_refresh_token_works_once_and_can_be_given_back(flow: Flow) -> None:
    first = flow.tokens()
    second = flow.refresh(first["refresh_token"])
    assert second.status == 200
    assert second.json["refresh_token"] != first["refresh_token"]

    assert flow.revoke(second.json["refresh_token"]).status == 200
    refused = flow.refresh(second.json["refresh_token"])

    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")


@pytest.mark.promise("oauth.apps")
def test_a_user_sees_connected_applications_and_cuts_one_off(
    flow: Flow, email: str, furnished: Furnished
) -> None:
    account = furnished.house.find_account(email)
    caller = furnished.house.open_account(f"{token_hex(8)}@example.com", "another password")
    tokens = flow.tokens()
    key = key_for(furnished, account.id)
    stranger = key_for(furnished, caller.account.id)

    listed = knock(flows, "apps_list", key=key).json
    [app] = listed["data"]
    assert (app["name"], app["scopes"], listed["total"]) == (
        "Lamp Reader",
        ["scrape:run", "flows:read"],
        1,
    )
    assert knock(flows, "apps_list", key=stranger).json["data"] == []
    path = f"/api/apps/{app['id']}"
    assert cut_off(path, stranger).status == 404
    assert cut_off(path, key).status == 200
    assert cut_off(path, key).status == 404
    assert flow.refresh(tokens["refresh_token"]).status == 400


@pytest.mark.promise("request.openapi")
def test_what_is_answered_is_as_the_document_describes_it(flow: Flow) -> None:
    described = knock(handler, "oauth_server", path="/oauth/openapi.json").json
    code = flow.code()
    answers = {
        ("/.well-known/oauth-authorization-server", "get"): knock(handler, "oauth_server"),
        ("/.well-known/oauth-protected-resource/mcp", "get"): knock(handler, "oauth_resource"),
        ("/oauth/register", "post"): register(),
        ("/oauth/token", "post"): flow.redeem(code),
        ("/oauth/revoke", "post"): flow.revoke("wfa_"),
    }
    refused = {("/oauth/register", "post"): register(redirect_uris=[])}
    refused["/oauth/token", "post"] = flow.redeem(code)

    for asked in (answers, refused):
        for (path, method), answer in asked.items():
            operation = described["paths"][path][method]
            assert ("requestBody" in operation) == (method == "post")
            content = operation["responses"][str(answer.status)]["content"]
            schema = content["application/json"]["schema"]
            schema |= {"components": described["components"]}
            Draft202012Validator(schema).validate(answer.json)
    assert [answer.status for answer in refused.values()] == [400, 400]


def key_for(furnished: Furnished, account_id: str) -> str:
    from webferry.domain.keys import Caller  # noqa: PLC0415

    return furnished.house.issue_key(Caller.operator(account_id), "A key").text


def cut_off(path: str, key: str) -> Answer:
    return knock(flows, "apps_list", method="DELETE", path=path, key=key)
