"""Who gets in: one good key in either header, of an enabled account, with the scope needed."""

from collections.abc import Mapping

import pytest

from tests.doors.all_doors import every_door, message_of
from tests.doors.knocking import Handler, knock
from tests.furnished import Furnished
from webferry.domain.keys import Scope

BARE: Mapping[str, str | None] = {"authorization": None, "x-api-key": None}


@pytest.mark.promise("dialect.auth.either-header", "scrape.auth.bearer", "tools.auth.bearer")
@every_door
def test_either_header_opens_the_door(
    key: str, handler: Handler, event: str, with_body: str
) -> None:
    for headers in (
        {"authorization": f"Bearer {key}"},
        {"authorization": f"bearer  {key} "},
        {"x-api-key": key},
        {"authorization": f"Bearer {key}", "x-api-key": key},
    ):
        assert knock(handler, event, headers={**BARE, **headers}).status not in (401, 403)


@pytest.mark.promise(
    "dialect.auth.two-keys",
    "scrape.code.unauthorized",
    "flows.auth.required",
    "dialect.error.scrape",
    "dialect.error.tools",
    "dialect.error.flows",
)
@every_door
def test_every_other_credential_is_a_401_with_a_challenge(
    furnished: Furnished, key: str, handler: Handler, event: str, with_body: str
) -> None:
    other = furnished.key_of(f"{event}@example.com")
    for headers in (
        {},
        {"authorization": ""},
        {"authorization": key},
        {"authorization": f"Basic {key}"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer YOUR_API_KEY"},
        {"authorization": f"Bearer {key}x"},
        {"authorization": f"Bearer {key},Bearer {key}"},
        {"authorization": f"Bearer {key[:-1]}{'0' if key[-1] != '0' else '1'}"},
        {"authorization": f"Bearer {key}", "x-api-key": other},
        {"authorization": "Basic x", "x-api-key": key},
        {"x-api-key": ""},
        {"x-api-key": f"{key}, {other}"},
        {"x-api-key": "ключ"},
    ):
        answer = knock(handler, event, headers={**BARE, **headers})
        assert answer.status == 401, headers
        assert answer.headers["www-authenticate"] == "Bearer"
        assert message_of(answer)


@pytest.mark.promise("account.disabled", "scrape.code.user-disabled")
@every_door
def test_a_disabled_account_is_a_403_until_it_is_enabled(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    own = furnished.key_of(f"switched-{event}@example.com")
    account_id = furnished.house.authenticate(own).account_id

    furnished.house.disable_account(account_id)
    refused = knock(handler, event, key=own)
    furnished.house.enable_account(account_id)

    assert (refused.status, message_of(refused)) == (403, "Account is disabled")
    assert knock(handler, event, key=own).status not in (401, 403)


@pytest.mark.promise("key.scope.missing")
@every_door
def test_a_missing_scope_is_a_403_that_names_it(
    furnished: Furnished, handler: Handler, event: str, with_body: str
) -> None:
    caller = furnished.open_account(f"narrow-{event}@example.com")
    narrow = furnished.house.issue_key(caller, "Narrow", [Scope.WEBHOOKS_READ]).text

    answer = knock(handler, event, key=narrow)

    assert answer.status == 403
    assert "lacks the scope" in message_of(answer)
