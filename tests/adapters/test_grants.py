"""Grants on the engine: codes work once, tokens rotate, and a family dies as a whole, at once."""

from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest

from tests.furnished import GRANTS_TABLE, Furnished
from webferry.access_wiring import Gatehouse
from webferry.domain.clients import Client
from webferry.domain.errors import NotFound, RateLimited, Unauthorized, UserDisabled
from webferry.domain.grants import GRANTABLE, Wish
from webferry.domain.keys import Scope
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.usecases.redeem_code import Redemption
from webferry.usecases.token_press import IssuedTokens

VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
HOME = "https://app.example/cb"
CLIENT = Client("client_" + "x" * 24, "App", (HOME,), 0)


@pytest.fixture
def gate(furnished: Furnished) -> Gatehouse:
    return Gatehouse(furnished.house)


@pytest.fixture
def account_id(furnished: Furnished) -> str:
    return furnished.open_account("ada@example.com").account_id


def code_of(gate: Gatehouse, account_id: str) -> str:
    wish = Wish(CLIENT, HOME, GRANTABLE, gate.resource(""), CHALLENGE, None)
    return gate.issue_code(account_id, wish)


def redeem(gate: Gatehouse, code: str, **changed: Any) -> IssuedTokens:
    brought = {"client_id": CLIENT.id, "redirect_uri": HOME, "verifier": VERIFIER} | changed
    return gate.redeem_code(Redemption(code, **brought))


def rotate(gate: Gatehouse, refresh: str, scope: str | None = None) -> IssuedTokens:
    return gate.rotate_token(refresh, CLIENT.id, scope, [])


def refuses(gate: Gatehouse, access: str) -> bool:
    try:
        gate.authenticate_token(access, gate.resource(""))
    except Unauthorized:
        return True
    return False


def test_a_code_becomes_tokens_that_say_who_calls(gate: Gatehouse, account_id: str) -> None:
    issued = redeem(gate, code_of(gate, account_id))

    caller = gate.authenticate_token(issued.access, gate.resource(""))

    assert (caller.account_id, caller.scopes) == (account_id, GRANTABLE)
    [app] = gate.list_apps(account_id)
    assert (app.id, app.client_name) == (caller.key_id, "App")
    for audience in ("https://api.example.com", "https://other.example/mcp", ""):
        with pytest.raises(Unauthorized):
            gate.authenticate_token(issued.access, audience)
    assert refuses(gate, issued.refresh)


def test_of_many_who_bring_a_code_one_gets_tokens_and_they_are_void(
    gate: Gatehouse, account_id: str
) -> None:
    code = code_of(gate, account_id)

    def attempt(_: int) -> IssuedTokens | None:
        try:
            return redeem(gate, code)
        except OAuthRefused:
            return None

    with ThreadPoolExecutor(8) as pool:
        got = [issued for issued in pool.map(attempt, range(8)) if issued]

    assert len(got) == 1
    assert refuses(gate, got[0].access)
    assert gate.list_apps(account_id) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "client_y"},
        {"redirect_uri": "https://app.example/other"},
        {"verifier": "w" * 43},
        {"verifier": ""},
        {"resources": ["https://other.example/mcp"]},
    ],
)
def test_a_code_is_for_who_asked_for_it(
    gate: Gatehouse, account_id: str, changed: dict[str, Any]
) -> None:
    code = code_of(gate, account_id)

    with pytest.raises(OAuthRefused):
        redeem(gate, code, **changed)

    assert redeem(gate, code).access


def test_an_old_refresh_token_voids_the_family(gate: Gatehouse, account_id: str) -> None:
    first = redeem(gate, code_of(gate, account_id))
    second = rotate(gate, first.refresh)
    assert not refuses(gate, second.access)

    with pytest.raises(OAuthRefused) as refused:
        rotate(gate, first.refresh)

    assert refused.value.reason is OAuthReason.INVALID_GRANT
    assert refuses(gate, first.access)
    assert refuses(gate, second.access)
    with pytest.raises(OAuthRefused):
        rotate(gate, second.refresh)


def test_of_many_rotations_at_once_one_wins_and_the_family_ends(
    gate: Gatehouse, account_id: str
) -> None:
    first = redeem(gate, code_of(gate, account_id))

    def attempt(_: int) -> IssuedTokens | None:
        try:
            return rotate(gate, first.refresh)
        except OAuthRefused:
            return None

    with ThreadPoolExecutor(8) as pool:
        got = [issued for issued in pool.map(attempt, range(8)) if issued]

    assert len(got) == 1
    assert refuses(gate, got[0].access)


def test_a_narrow_token_can_be_wide_again_but_never_wider(gate: Gatehouse, account_id: str) -> None:
    first = redeem(gate, code_of(gate, account_id))

    narrow = rotate(gate, first.refresh, "scrape:run")
    assert gate.authenticate_token(narrow.access, gate.resource("")).scopes == (Scope.SCRAPE_RUN,)

    assert rotate(gate, narrow.refresh).scopes == GRANTABLE
    with pytest.raises(OAuthRefused):
        rotate(gate, redeem(gate, code_of(gate, account_id)).refresh, "keys:write")


def test_a_token_given_back_is_void_and_a_refresh_token_takes_all_with_it(
    gate: Gatehouse, account_id: str
) -> None:
    first = redeem(gate, code_of(gate, account_id))
    gate.revoke_token(first.access, "client_y")
    assert not refuses(gate, first.access)

    gate.revoke_token(first.access, CLIENT.id)
    assert refuses(gate, first.access)
    second = rotate(gate, first.refresh)
    gate.revoke_token(second.refresh, CLIENT.id)
    assert refuses(gate, second.access)
    gate.revoke_token(second.refresh, CLIENT.id)
    gate.revoke_token("nonsense", CLIENT.id)


def test_an_application_that_is_cut_off_is_out_at_once(
    gate: Gatehouse, account_id: str, furnished: Furnished
) -> None:
    issued = redeem(gate, code_of(gate, account_id))
    [app] = gate.list_apps(account_id)
    stranger = furnished.open_account("bob@example.com").account_id

    for account, app_id in ((stranger, app.id), (account_id, app.family), (account_id, "app_x")):
        with pytest.raises(NotFound):
            gate.disconnect_app(account, app_id)
    gate.disconnect_app(account_id, app.id)

    assert refuses(gate, issued.access)
    with pytest.raises(OAuthRefused):
        rotate(gate, issued.refresh)


def test_a_disabled_account_has_no_tokens_that_work(
    gate: Gatehouse, account_id: str, furnished: Furnished
) -> None:
    code = code_of(gate, account_id)
    issued = redeem(gate, code_of(gate, account_id))
    furnished.house.disable_account(account_id)

    with pytest.raises(UserDisabled):
        gate.authenticate_token(issued.access, gate.resource(""))
    with pytest.raises(OAuthRefused):
        rotate(gate, issued.refresh)
    with pytest.raises(OAuthRefused):
        redeem(gate, code)


def test_no_token_lies_in_the_table(gate: Gatehouse, account_id: str, furnished: Furnished) -> None:
    code = code_of(gate, account_id)
    issued = redeem(gate, code)

    kept = str(furnished.session.client("dynamodb").scan(TableName=GRANTS_TABLE)["Items"])

    for secret in (code, issued.access, issued.refresh):
        assert secret not in kept
        assert secret[24:56] not in kept


def test_registrations_have_an_end(gate: Gatehouse) -> None:
    metadata = {"redirect_uris": [HOME]}

    for _ in range(30):
        gate.register_client(metadata, "198.51.100.7")
    with pytest.raises(RateLimited):
        gate.register_client(metadata, "198.51.100.7")

    assert gate.register_client(metadata, "198.51.100.8").name == "app.example"
