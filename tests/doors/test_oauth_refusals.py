"""The list of what an authorization server must refuse or keep, and the test that shows each."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TOKENS, REQUESTS = "doors/test_oauth_tokens.py", "doors/test_oauth_requests.py"
OAUTH, CLIENTS, FIND = "doors/test_oauth.py", "unit/test_clients.py", "unit/test_find_client.py"
NO_TOKEN = f"{TOKENS}::test_no_token_or_a_bad_one_leads_to_the_metadata"
BAD_REQUEST = f"{REQUESTS}::test_a_bad_request_is_answered_to_the_application"
BAD_REDIRECT = f"{REQUESTS}::test_no_answer_goes_to_an_address_that_is_not_the_clients"
UNSAFE = f"{REQUESTS}::test_an_unsafe_address_cannot_be_registered"
BAD_CODE = f"{TOKENS}::test_a_code_brought_wrongly_is_refused"
NARROWED = f"{TOKENS}::test_a_refresh_token_gives_no_more_than_was_granted_and_to_nobody_else"
DESCRIBED = f"{FIND}::test_a_document_that_does_not_describe_its_address_is_refused"
BROUGHT = f"{FIND}::test_only_a_small_json_document_at_its_own_public_address_is_brought"
PRIVATE = f"{REQUESTS}::test_a_client_described_at_a_private_or_unsafe_address_is_refused"
ANSWERED = f"{OAUTH}::test_a_code_comes_back_with_the_state_and_the_issuer_and_becomes_tokens"

KEPT = {
    "no token": NO_TOKEN,
    "empty token": NO_TOKEN,
    "garbage token": NO_TOKEN,
    "expired token": f"{TOKENS}::test_an_expired_token_is_refused",
    "revoked token": f"{TOKENS}::test_a_token_given_back_is_refused",
    "token in the query": f"{TOKENS}::test_a_token_in_the_query_is_not_looked_at",
    "token for another audience": f"{TOKENS}::test_a_token_for_another_audience_is_refused",
    "token of another issuer": f"{TOKENS}::test_a_token_of_another_issuer_is_refused",
    "missing scope": f"{TOKENS}::test_a_missing_scope_is_named",
    "PKCE plain": BAD_REQUEST,
    "no PKCE": BAD_REQUEST,
    "wrong verifier": BAD_CODE,
    "replayed code": f"{TOKENS}::test_a_code_that_comes_twice_voids_what_it_gave",
    "code of another client": f"{TOKENS}::test_a_code_of_another_client_is_refused",
    "expired code": f"{TOKENS}::test_a_code_lives_for_a_minute",
    "redirect to another port": BAD_REDIRECT,
    "redirect to another path": BAD_REDIRECT,
    "redirect to another query": BAD_REDIRECT,
    "redirect in another case": BAD_REDIRECT,
    "redirect to another host": BAD_REDIRECT,
    "redirect that climbs": BAD_REDIRECT,
    "port freedom beyond loopback": (
        f"{CLIENTS}::test_only_loopback_addresses_may_change_their_port"
    ),
    "open redirect by an error": BAD_REDIRECT,
    "registered javascript:": UNSAFE,
    "registered data:": UNSAFE,
    "registered plain http": UNSAFE,
    "registered fragment": UNSAFE,
    "registered wildcard": UNSAFE,
    "flood of registrations": f"{REQUESTS}::test_a_flood_of_registrations_ends_in_429",
    "refresh token used again": f"{TOKENS}::test_an_old_refresh_token_kills_the_family",
    "refresh with a wider scope": NARROWED,
    "foreign resource asked for": BAD_REQUEST,
    "foreign resource at the token": BAD_CODE,
    "document of another client": DESCRIBED,
    "document at a private host": PRIVATE,
    "document that redirects": BROUGHT,
    "document too large": BROUGHT,
    "document too slow": BROUGHT,
    "document that is not JSON": DESCRIBED,
    "document over plain http": PRIVATE,
    "forged consent": f"{REQUESTS}::test_a_forged_consent_is_refused",
    "framed consent": f"{REQUESTS}::test_nobody_can_frame_the_page_and_it_runs_nothing",
    "consent without the redirect host": (
        f"{OAUTH}::test_the_user_sees_who_asks_for_what_and_where_the_answer_goes"
    ),
    "answer without the state": ANSWERED,
    "answer of another issuer": ANSWERED,
    "metadata of another issuer": (
        f"{OAUTH}::test_the_resource_leads_to_its_server_and_the_server_to_its_doors"
    ),
    "disabled account": (
        f"{TOKENS}::test_cutting_an_application_off_or_disabling_the_account_binds_at_once"
    ),
    "key revoked while a token lives": (
        f"{TOKENS}::test_a_revoked_key_is_refused_at_once_and_takes_no_token_with_it"
    ),
    "token in clear at rest": f"{TOKENS}::test_no_token_lies_in_the_table",
}


def test_the_list_is_whole() -> None:
    assert len(KEPT) == 49


@pytest.mark.parametrize("test", sorted(set(KEPT.values())))
def test_each_of_the_list_is_shown_by_a_test_that_stands(test: str) -> None:
    file, _, name = test.partition("::")

    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)
