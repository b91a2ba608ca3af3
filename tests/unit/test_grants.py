"""Grants and tokens: the rules of PKCE, scopes, resources, and how a token is written."""

from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain import grants, tokens
from webferry.domain.errors import Unauthorized
from webferry.domain.keys import BASE62, Scope
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.domain.tokens import TokenKind

OURS = "https://api.example/mcp"


def words(size: int) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(BASE62), min_size=size, max_size=size)


@given(handle=words(8), family=words(12), secret=words(32), kind=st.sampled_from(TokenKind))
def test_a_token_says_what_it_is_and_nothing_else(
    handle: str, family: str, secret: str, kind: TokenKind
) -> None:
    token = tokens.mint(kind, f"acc_{handle}", family, secret)

    assert tokens.read(token.text, kind) == token
    assert (token.account_id, token.family) == (f"acc_{handle}", family)
    for other in set(TokenKind) - {kind}:
        with pytest.raises(Unauthorized):
            tokens.read(token.text, other)


@given(text=st.text())
def test_any_other_text_is_no_token(text: str) -> None:
    with pytest.raises(Unauthorized):
        tokens.read(text, *TokenKind)


@given(place=st.integers(4, 61), letter=st.sampled_from(BASE62))
def test_a_slip_of_one_letter_is_found_out(place: int, letter: str) -> None:
    text = tokens.mint(TokenKind.ACCESS, "acc_abcdefgh", "f" * 12, "s" * 32).text
    slipped = text[:place] + letter + text[place + 1 :]

    if slipped != text:
        with pytest.raises(Unauthorized):
            tokens.read(slipped, TokenKind.ACCESS)


def challenge_of(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


@given(verifier=st.text(st.sampled_from(BASE62 + "-._~"), min_size=43, max_size=128))
def test_who_asked_for_a_code_can_prove_it(verifier: str) -> None:
    challenge = grants.check_challenge(challenge_of(verifier), "S256")

    assert grants.is_verified(challenge, verifier)
    assert not grants.is_verified(challenge, verifier[:-1] + "~~")
    assert not grants.is_verified(verifier[:43], verifier)


@pytest.mark.parametrize("verifier", ["", "a" * 42, "a" * 129, "ä" * 43, "a" * 42 + " "])
def test_a_verifier_out_of_bounds_proves_nothing(verifier: str) -> None:
    assert not grants.is_verified(challenge_of(verifier), verifier)


@pytest.mark.parametrize(
    ("challenge", "method"),
    [
        (None, None),
        (None, "S256"),
        ("a" * 43, None),
        ("a" * 43, "plain"),
        ("a" * 43, "s256"),
        ("a" * 42, "S256"),
        ("a" * 44, "S256"),
        ("a" * 42 + "=", "S256"),
    ],
)
def test_a_code_without_a_good_challenge_is_not_given(
    challenge: str | None, method: str | None
) -> None:
    with pytest.raises(OAuthRefused) as refused:
        grants.check_challenge(challenge, method)

    assert refused.value.reason is OAuthReason.INVALID_REQUEST


def test_scopes_are_those_asked_for_and_never_power_over_keys() -> None:
    assert grants.asked_scopes("scrape:run flows:read scrape:run") == (
        Scope.SCRAPE_RUN,
        Scope.FLOWS_READ,
    )
    assert Scope.KEYS_WRITE not in grants.asked_scopes(None)
    for scope in ("keys:write", "webhooks:read", "admin", "scrape:run admin", "a  b", " "):
        with pytest.raises(OAuthRefused) as refused:
            grants.asked_scopes(scope)
        assert refused.value.reason is OAuthReason.INVALID_SCOPE


def test_a_refreshed_token_never_has_more_than_was_granted() -> None:
    granted = (Scope.SCRAPE_RUN, Scope.FLOWS_READ)

    assert grants.narrowed_scopes(None, granted) == granted
    assert grants.narrowed_scopes("scrape:run", granted) == (Scope.SCRAPE_RUN,)
    with pytest.raises(OAuthRefused):
        grants.narrowed_scopes("scrape:run flows:write", granted)


def test_there_is_one_resource() -> None:
    for fine in ([], [OURS], [OURS + "/"], [OURS, OURS]):
        assert grants.check_resource(fine, OURS) == OURS
    for foreign in (
        ["https://api.example"],
        ["https://evil.example/mcp"],
        [OURS, "x"],
        [OURS + "x"],
    ):
        with pytest.raises(OAuthRefused) as refused:
            grants.check_resource(foreign, OURS)
        assert refused.value.reason is OAuthReason.INVALID_TARGET
