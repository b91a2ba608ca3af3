"""Keys as text: what we minted we recognise, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain import keys
from webferry.domain.errors import Forbidden, InvalidRequest, Unauthorized
from webferry.domain.keys import BASE62, Caller, Scope

base62 = st.text(BASE62, min_size=32, max_size=32)
handles = st.text(BASE62, min_size=8, max_size=8).map("acc_{}".format)
scopes = st.lists(st.sampled_from(Scope), min_size=1).map(tuple)


@pytest.mark.promise("key.format")
@given(handles, base62)
def test_a_key_names_its_account_and_holds_its_secret(account_id: str, secret: str) -> None:
    key = keys.mint(account_id, secret)

    assert keys.account_of(key) == account_id
    assert key.startswith("scr_live_")
    assert len(key) == len("scr_live_") + 8 + 32 + 6
    assert secret in key


@pytest.mark.promise("key.checksum")
@given(handles, base62, st.integers(9, 54), st.sampled_from(BASE62))
def test_a_key_with_one_wrong_character_is_refused(
    account_id: str, secret: str, place: int, other: str
) -> None:
    key = keys.mint(account_id, secret)
    wrong = key[:place] + other + key[place + 1 :]

    if wrong != key:
        with pytest.raises(Unauthorized):
            keys.account_of(wrong)


@given(st.text())
def test_no_other_text_is_a_key(text: str) -> None:
    with pytest.raises(Unauthorized):
        keys.account_of(text)


@pytest.mark.parametrize("spoilt", [" {}", "{} ", "{}\n", "{}x", "Bearer {}"])
def test_a_key_with_anything_around_it_is_refused(spoilt: str) -> None:
    with pytest.raises(Unauthorized):
        keys.account_of(spoilt.format(keys.mint("acc_00000000", "x" * 32)))


@pytest.mark.promise("key.masked", "flows.keys.masked")
@given(handles, base62)
def test_a_masked_key_shows_four_characters(account_id: str, secret: str) -> None:
    key = keys.mint(account_id, secret)

    assert keys.masked(key) == "scr_live_****" + key[-4:]


@given(handles, base62, st.binary(min_size=1), st.binary(min_size=1))
def test_a_digest_needs_the_key_and_the_pepper(
    account_id: str, secret: str, pepper: bytes, other: bytes
) -> None:
    key = keys.mint(account_id, secret)

    digest = keys.digest(key, pepper)

    assert digest == keys.digest(key, pepper)
    assert secret not in digest
    # HMAC pads a short key with zeros, so only a really different pepper can tell.
    if pepper.rstrip(b"\0") != other.rstrip(b"\0"):
        assert digest != keys.digest(key, other)


@given(scopes, st.none() | scopes)
def test_nobody_grants_a_scope_beyond_their_own(
    own: tuple[Scope, ...], asked: tuple[Scope, ...] | None
) -> None:
    maker = Caller("acc_00000000", "key-1", own)

    if asked is not None and set(asked) - set(own):
        with pytest.raises(Forbidden):
            keys.granted(asked, maker)
    else:
        assert set(keys.granted(asked, maker)) == set(own if asked is None else asked)


@pytest.mark.promise("key.scopes", "flows.keys.scopes")
def test_every_scope_of_the_contract_exists() -> None:
    assert {str(scope) for scope in Scope} == {
        *("flows:read", "flows:write", "runs:read", "runs:write", "tools:read", "tools:run"),
        *("scrape:run", "extract:run", "keys:read", "keys:write", "credits:read"),
        *("webhooks:read", "webhooks:write"),
    }


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\nb", "a\0b", "\u202e"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest):
        keys.checked_name(name)


def test_a_name_is_trimmed() -> None:
    assert keys.checked_name("  Grüße 1 ") == "Grüße 1"
    assert keys.checked_name("x" * 100) == "x" * 100
