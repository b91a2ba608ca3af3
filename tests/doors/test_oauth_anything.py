"""Whatever comes to the doors of OAuth and of signing in, none of it is answered with a fault."""

from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.knocking import knock
from tests.doors.oauth_client import HOME, LOCAL, RESOURCE, Flow, flow_of, handler, inputs, register
from tests.furnished import Furnished
from webferry.domain.tokens import TokenKind, mint

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ufeff",
        "ü",
        "\ud83d\ude00",
        "%",
        "+",
        "a" * 5000,
        "wfc_",
        "wfa_" + "a" * 58,
    ]
)
TEXT = ODD | st.text(max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT.filter(lambda text: not any("\ud800" <= each <= "\udfff" for each in text)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)  # fmt: skip
WELL_FORMED = [mint(kind, "acc_" + "x" * 8, "f" * 12, "s" * 32).text for kind in TokenKind]
NEEDED = {"client_id": "client_" + "x" * 24, "redirect_uri": HOME, "code_verifier": "v" * 43}
TOKEN_FIELDS = st.dictionaries(
    st.sampled_from(["grant_type", "code", "refresh_token", "token", "scope", "resource"])
    | st.sampled_from([*NEEDED, "token_type_hint"]),
    st.sampled_from(["authorization_code", "refresh_token", RESOURCE, *WELL_FORMED]) | TEXT,
)
METADATA = st.dictionaries(
    st.sampled_from(["client_name", "redirect_uris", "grant_types", "response_types", "scope"]),
    JSON | st.lists(st.sampled_from([HOME, LOCAL, "https://", "http://[", "https://a:99999/"])),
)


@pytest.fixture(scope="module")
def flow(furnished: Furnished) -> Flow:
    furnished.open_account(email := f"{token_hex(8)}@example.com")
    return flow_of(email)


@SLOW
@given(fields=TOKEN_FIELDS, event=st.sampled_from(["oauth_token", "oauth_revoke"]))
def test_any_fields_at_the_token_are_refused_in_the_words_of_oauth(
    furnished: Furnished, fields: dict[str, str], event: str
) -> None:
    answer = knock(handler, event, body=encoded(NEEDED | fields))

    assert answer.status in (200, 400, 401), answer.text
    assert answer.status == 200 or set(answer.json) == {"error", "error_description"}


@SLOW
@given(metadata=METADATA)
def test_any_metadata_are_registered_or_refused(
    furnished: Furnished, metadata: dict[str, Any]
) -> None:
    answer = knock(handler, "oauth_register", body=metadata)

    assert answer.status in (201, 400), answer.text
    assert answer.status == 201 or set(answer.json) == {"error", "error_description"}


@SLOW
@given(
    changed=st.dictionaries(
        st.sampled_from(["client_id", "redirect_uri", "scope", "state", "resource"])
        | st.sampled_from(["code_challenge", "code_challenge_method", "response_type"]),
        TEXT,
    )
)
def test_any_wish_is_shown_refused_or_answered_at_an_address_of_the_client(
    flow: Flow, changed: dict[str, str]
) -> None:
    query = encoded(flow.wish() | changed).decode()

    answer = knock(handler, "oauth_authorize", query=query, headers={"cookie": flow.cookie})

    assert answer.status in (200, 303, 400, 401), answer.text
    if answer.status == 303:
        assert answer.headers["location"].startswith(f"{HOME}?")


@SLOW
@given(email=TEXT, password=TEXT, back=TEXT, cookie=st.text("wfs_;=aé\x7f", max_size=40))
def test_any_words_in_the_forms_are_only_words(
    furnished: Furnished, email: str, password: str, back: str, cookie: str
) -> None:
    form = encoded({"email": email, "password": password, "next": back})
    headers = {"cookie": f"__Host-webferry={cookie}"}

    for event in ("sign_in", "sign_up"):
        answer = knock(handler, event, body=form, headers=headers)
        assert answer.status in (400, 401, 409, 429), answer.text
        assert "next" not in inputs(answer)
    assert knock(handler, "account", headers=headers).status == 303


def encoded(fields: dict[str, Any]) -> bytes:
    return urlencode(fields, errors="replace").encode()


def test_registration_is_reached_at_all(furnished: Furnished) -> None:
    assert register().status == 201
