"""Clients: which addresses a code may go to, and which it never may."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.clients import (
    Client,
    check_document_id,
    checked_redirect,
    described,
    may_answer_at,
)
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused

HOME = "https://app.example/callback"
LOCAL = "http://127.0.0.1:8123/callback"


def client(*uris: str) -> Client:
    return Client("client_x", "App", uris, 0)


@pytest.mark.parametrize(
    "uri",
    [
        HOME,
        "https://app.example:8443/a/b?c=d",
        LOCAL,
        "http://localhost/cb",
        "http://[::1]:3000/",
        "https://app.example",
    ],
)
def test_https_and_the_machine_of_the_user_are_answered(uri: str) -> None:
    assert checked_redirect(uri) == uri
    assert may_answer_at(client(uri), uri)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "myapp://callback",
        "http://app.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://10.0.0.1/",
        "https://app.example/cb#part",
        "https://*.example/cb",
        "https://app.example/*",
        "https://user@app.example/",
        "https://app.example\\@evil.example/",
        "https://app.example/a b",
        "https://app.example/\n",
        "https://APP.example/cb",
        "HTTPS://app.example/cb",
        "https:///cb",
        "https://",
        "//app.example/cb",
        "/callback",
        "https://app.example:99999/",
        "https://app.example:x/",
        "https://[::1/",
        "https://app.example/a/../b",
        "https://app.example/a/%2e%2e/b",
        "https://äpp.example/",
        "https://app.example/" + "a" * 1024,
    ],
)
def test_no_other_address_is(uri: str) -> None:
    with pytest.raises(OAuthRefused) as refused:
        checked_redirect(uri)

    assert refused.value.reason is OAuthReason.INVALID_REDIRECT_URI


@pytest.mark.parametrize(
    "asked",
    [
        "https://app.example:444/callback",
        "https://app.example/callback/",
        "https://app.example/Callback",
        "https://app.example/callback?x=1",
        "https://App.example/callback",
        "https://evil.example/callback",
        "https://app.example/callback/../callback",
        "https://app.example.evil.example/callback",
        "http://app.example/callback",
        "https://app.example/callback#",
        "http://localhost:9000/callback",
        "http://127.0.0.1:9000/callback/x",
        "http://127.0.0.1:9000@evil.example/callback",
        "http://127.0.0.2:9000/callback",
        "http://127.0.0.1:99999/callback",
    ],
)
def test_an_address_is_the_registered_one_letter_by_letter(asked: str) -> None:
    known = client(HOME, LOCAL, "http://localhost:8123/callback")

    assert not may_answer_at(known, asked)


@given(port=st.integers(1, 65_535))
def test_only_loopback_addresses_may_change_their_port(port: int) -> None:
    known = client(LOCAL, "http://[::1]/cb", "http://localhost/cb")

    assert may_answer_at(known, f"http://127.0.0.1:{port}/callback")
    assert may_answer_at(known, f"http://[::1]:{port}/cb")
    assert not may_answer_at(known, f"http://localhost:{port}/cb")


@given(uri=st.text())
def test_any_text_is_refused_or_is_what_it_says(uri: str) -> None:
    try:
        checked_redirect(uri)
    except OAuthRefused:
        return
    assert uri.startswith(("https://", "http://"))
    assert not {"#", "*", "@", "\\", " "} & set(uri.split("/", 3)[2] + uri[:8])


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({}, "invalid_redirect_uri"),
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": HOME}, "invalid_redirect_uri"),
        ({"redirect_uris": [7]}, "invalid_redirect_uri"),
        ({"redirect_uris": [f"{HOME}/{n}" for n in range(11)]}, "invalid_redirect_uri"),
        ({"redirect_uris": [HOME], "client_name": ""}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "client_name": "a" * 101}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "client_name": "a\u202eb"}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "client_name": 7}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "grant_types": ["implicit"]}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "response_types": ["token"]}, "invalid_client_metadata"),
        ({"redirect_uris": [HOME], "response_types": 7}, "invalid_client_metadata"),
    ],
)
def test_metadata_that_cannot_be_served_are_refused(metadata: dict[str, Any], reason: str) -> None:
    with pytest.raises(OAuthRefused) as refused:
        described("client_x", metadata, 0)

    assert refused.value.reason == reason


def test_a_client_without_a_name_is_called_by_its_host() -> None:
    assert described("client_x", {"redirect_uris": [HOME]}, 0).name == "app.example"


@pytest.mark.parametrize(
    "client_id",
    [
        "http://app.example/client.json",
        "https://app.example",
        "https://app.example/",
        "https://user@app.example/client.json",
        "https://app.example/client.json#x",
        "https://app.example/a/../client.json",
        "https://app.example/" + "a" * 500,
    ],
)
def test_a_document_lies_at_one_plain_https_address(client_id: str) -> None:
    check_document_id("https://app.example/client.json")

    with pytest.raises(OAuthRefused):
        check_document_id(client_id)
