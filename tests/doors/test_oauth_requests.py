"""Requests, registrations and consents that are refused, and never led to where they ask."""

from secrets import token_hex
from typing import Any

import pytest

import accounts_api.handler
from tests.doors.knocking import knock
from tests.doors.oauth_client import (
    HOME,
    ISSUER,
    RESOURCE,
    VERIFIER,
    Flow,
    flow_of,
    handler,
    inputs,
    is_refused,
    register,
    send,
    told,
)
from tests.furnished import Furnished


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": VERIFIER[:20]}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"scope": "keys:write"}, "invalid_scope"),
        ({"scope": "nonsense"}, "invalid_scope"),
        ({"resource": "https://other.example/mcp"}, "invalid_target"),
        ({"resource": [RESOURCE, "https://other.example/mcp"]}, "invalid_target"),
        ({"state": "x" * 1025}, "invalid_request"),
        ({"scope": ["scrape:run", "flows:read"]}, "invalid_request"),
    ],
)
def test_a_bad_request_is_answered_to_the_application(
    flow: Flow, changed: dict[str, Any], error: str
) -> None:
    answer = flow.ask(**changed)

    assert answer.status == 303
    assert answer.headers["location"].startswith(f"{HOME}?")
    assert (told(answer)["error"], told(answer)["iss"]) == (error, ISSUER)


@pytest.mark.parametrize(
    "uri",
    [
        f"{HOME}/",
        f"{HOME}/../callback",
        f"{HOME}?a=b",
        "https://app.example:8443/callback",
        "https://app.example/Callback",
        "https://App.example/callback",
        "https://evil.example/callback",
        "https://app.example.evil.example/callback",
        "http://localhost:8123/callback",
        "http://127.0.0.1:9999/other",
        "javascript:alert(1)",
        "//evil.example",
        "",
        None,
        [HOME, "https://evil.example"],
    ],
)
def test_no_answer_goes_to_an_address_that_is_not_the_clients(flow: Flow, uri: Any) -> None:
    both: list[dict[str, Any]] = [{}, {"scope": "nonsense"}]
    for changed in both:
        answer = flow.ask(redirect_uri=uri, **changed)

        assert answer.status == 400
        assert "location" not in answer.headers
        assert "evil.example" not in answer.text


def test_a_client_that_nobody_knows_is_refused(flow: Flow) -> None:
    for client_id in ("client_" + "x" * 24, "", None, "nonsense", ["a", "b"]):
        answer = flow.ask(client_id=client_id)
        assert answer.status in (400, 401)
        assert "location" not in answer.headers


@pytest.mark.parametrize(
    "client_id",
    [
        "http://app.example/client.json",
        "https://127.0.0.1/client.json",
        "https://10.0.0.1/client.json",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/client.json",
        "https://localhost/client.json",
        "https://app.example",
        "https://app.example/a/../client.json",
    ],
)
def test_a_client_described_at_a_private_or_unsafe_address_is_refused(
    flow: Flow, client_id: str
) -> None:
    answer = flow.ask(client_id=client_id)

    assert answer.status == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://app.example/callback",
        "https://app.example/callback#part",
        "https://*.example/callback",
        "ftp://app.example/",
        "https://user@app.example/",
    ],
)
def test_an_unsafe_address_cannot_be_registered(furnished: Furnished, uri: str) -> None:
    assert is_refused(register(redirect_uris=[HOME, uri]), "invalid_redirect_uri")


@pytest.mark.promise("oauth.registration")
def test_a_flood_of_registrations_ends_in_429(furnished: Furnished) -> None:
    answers = [knock(accounts_api.handler.handler, "oauth_register") for _ in range(31)]

    assert [answer.status for answer in answers] == [201] * 30 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].json["error"] == "temporarily_unavailable"


def test_a_registration_that_is_none_is_refused(furnished: Furnished) -> None:
    assert is_refused(register(grant_types=["implicit"]), "invalid_client_metadata")
    for body, error in ((b"[]", "invalid_client_metadata"), (b"{", "invalid_request")):
        assert is_refused(knock(handler, "oauth_register", body=body), error)
    assert knock(handler, "oauth_register", method="GET").status == 405


def test_a_forged_consent_is_refused(flow: Flow) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": None, "origin": "https://evil.example"},
        {"sec-fetch-site": None, "origin": "null"},
        {"sec-fetch-site": None, "origin": None},
    ):
        answer = flow.decide(headers=headers)
        assert (answer.status, "location" in answer.headers) == (403, False)
    for proof in ("", "0" * 64, None):
        answer = flow.decide(proof=proof)
        assert (answer.status, "location" in answer.headers) == (403, False)


def test_a_proof_of_somebody_else_is_worth_nothing(flow: Flow, furnished: Furnished) -> None:
    furnished.open_account(other := f"{token_hex(8)}@example.com")
    theirs = inputs(flow_of(other).ask())["proof"]

    assert flow.decide(proof=theirs).status == 403


def test_a_consent_cannot_be_changed_on_its_way(flow: Flow) -> None:
    fields = inputs(flow.ask()) | {"decision": "allow", "redirect_uri": "https://evil.example/"}

    answer = send("oauth_consent", fields, headers={"cookie": flow.cookie})

    assert (answer.status, "location" in answer.headers) == (400, False)


def test_nobody_can_frame_the_page_and_it_runs_nothing(flow: Flow) -> None:
    page = flow.ask()

    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self' https:;" in policy
    assert "unsafe" not in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


def test_what_an_application_calls_itself_is_only_text(flow: Flow) -> None:
    named = register(client_name="<script>alert(1)</script>").json["client_id"]

    page = Flow(named, flow.cookie).ask()

    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
