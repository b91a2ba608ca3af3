"""Scope by route, made from the documents: what opens an operation is one scope and no other."""

import pytest

from tests.doors.described import DIALECTS, Operation, operations
from tests.doors.knocking import knock
from tests.furnished import Furnished
from webferry.domain.keys import Caller, Scope

# The longest beginning of a path decides: what opens its reading, and what opens the rest.
SCOPES: dict[str, tuple[Scope, Scope]] = {
    "/v1": (Scope.SCRAPE_RUN, Scope.SCRAPE_RUN),
    "/api/v1/tools": (Scope.TOOLS_READ, Scope.TOOLS_RUN),
    "/api/v1/tools/jobs": (Scope.TOOLS_RUN, Scope.TOOLS_RUN),
    "/api/v1/credits": (Scope.CREDITS_READ, Scope.CREDITS_READ),
    "/api/v1/webhooks": (Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE),
    "/api/v1/webhooks/secret": (Scope.WEBHOOKS_WRITE, Scope.WEBHOOKS_WRITE),
    "/api/flows": (Scope.FLOWS_READ, Scope.FLOWS_WRITE),
    "/api/flows/{flow_id}/changes": (Scope.RUNS_READ, Scope.RUNS_READ),
    "/api/secrets": (Scope.FLOWS_READ, Scope.FLOWS_WRITE),
    "/api/runs": (Scope.RUNS_READ, Scope.RUNS_WRITE),
    "/api/runs/{run_id}/replay": (Scope.RUNS_READ, Scope.RUNS_READ),
    "/api/extract": (Scope.EXTRACT_RUN, Scope.EXTRACT_RUN),
    "/api/keys": (Scope.KEYS_READ, Scope.KEYS_WRITE),
    "/api/apps": (Scope.KEYS_READ, Scope.KEYS_WRITE),
}


@pytest.fixture(scope="module")
def owner(furnished: Furnished) -> Caller:
    return furnished.open_account("scopes@example.com")


def needed(operation: Operation) -> Scope:
    longest = max((path for path in SCOPES if operation.path.startswith(path)), key=len)
    reading, rest = SCOPES[longest]
    return reading if operation.method == "GET" else rest


@pytest.mark.promise("key.scope.missing", "request.scopes")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_one_scope_opens_an_operation_and_all_others_do_not(
    furnished: Furnished, owner: Caller, dialect: str
) -> None:
    only = {each: furnished.house.issue_key(owner, each, [each]).text for each in Scope}
    others = {
        each: furnished.house.issue_key(owner, each, [it for it in Scope if it is not each]).text
        for each in Scope
    }
    asked, wrong = list(operations(dialect)), []
    for operation in asked:
        scope = needed(operation)
        # A body that is nonsense: who is let in is told so, who is not hears nothing of it.
        opened = operation.ask(only[scope], body={"no": "body"}).status
        closed = operation.ask(others[scope], body={"no": "body"})
        if opened in (401, 403) or closed.status != 403 or scope not in closed.text:
            wrong.append((operation.label, scope, opened, closed.text))

    assert asked
    assert wrong == []


@pytest.mark.promise("key.mint.scope", "key.revoke")
@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.KEYS_WRITE])
def test_no_scope_is_minted_that_its_maker_lacks(
    furnished: Furnished, owner: Caller, scope: Scope
) -> None:
    flows = DIALECTS["flows_openapi"]
    lacks_it = [each for each in Scope if each is not scope]
    maker = furnished.house.issue_key(owner, "Maker", lacks_it)

    body = {"name": "Wider", "scopes": [Scope.KEYS_WRITE, scope]}
    refused = knock(flows, "keys_create", key=maker.text, body=body)
    made = knock(flows, "keys_create", key=maker.text, body={"name": "All it has"})

    assert (refused.status, refused.json["code"]) == (403, "FORBIDDEN")
    assert scope not in made.json["data"]["scopes"]
    assert furnished.house.revoke_key(owner.account_id, maker.key.id) is None
    assert knock(flows, "keys_create", key=maker.text, body={"name": "Too late"}).status == 401
