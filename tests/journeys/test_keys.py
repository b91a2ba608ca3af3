"""The life of a key over HTTP: made, used, listed, revoked; and who is refused on the way."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.journeys.product import Product

MADE = {"name": "My New Key", "scopes": ["flows:read", "runs:read"]}


def unauthorized(answer: httpx.Response) -> bool:
    return answer.status_code == 401 and "Bearer" in answer.headers["www-authenticate"]


@pytest.mark.promise("flows.keys.create", "flows.keys.list", "key.masked", "key.revoke")
def test_a_key_lives_from_its_creation_to_its_revocation(product: Product) -> None:
    with product.client() as client:
        made = client.post("/api/keys", json={"name": "Reader", "scopes": ["keys:read"]})
        assert made.status_code == 201, made.text
        data = made.json()["data"]
        assert set(data) == {"id", "name", "key", "createdAt", "scopes"}
        assert re.fullmatch(r"key-\d{13}", data["id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", data["createdAt"])
        with product.client(data["key"]) as reader:
            listed = reader.get("/api/keys").json()
            (row,) = [row for row in listed["data"] if row["id"] == data["id"]]
            assert row["key"] == "scr_live_****" + data["key"][-4:]
            assert listed["total"] >= 2
            assert reader.post("/api/keys", json=MADE).status_code == 403
            gone = client.delete(f"/api/keys/{data['id']}")
            assert gone.json() == {"message": f"Key {data['id']} revoked successfully"}
            assert unauthorized(reader.get("/api/keys"))


@pytest.mark.promise("dialect.auth.either-header", "dialect.auth.two-keys")
def test_either_header_opens_every_dialect_and_two_different_keys_open_none(
    product: Product,
) -> None:
    key = product.demo["apiKey"]
    with product.client() as client:
        other = client.post("/api/keys", json={"name": "Other"}).json()["data"]["key"]
    for path in ("/api/keys", "/api/v1/tools"):
        bearer, named = {"Authorization": f"Bearer {key}"}, {"X-API-Key": key}
        both, two = {**bearer, **named}, {**bearer, "X-API-Key": other}
        for headers in (bearer, named, both):
            assert httpx.get(product.base_url + path, headers=headers).status_code == 200
        for headers in ({}, two, {"Authorization": "Bearer nonsense"}, {"Authorization": key}):
            assert unauthorized(httpx.get(product.base_url + path, headers=headers))


@pytest.mark.promise("account.disabled", "account.enabled", "scrape.code.user-disabled")
def test_a_disabled_account_is_refused_by_every_dialect_until_it_is_enabled(
    product: Product, pages: str
) -> None:
    account = product.command_json("account", "create", "switched@example.com")
    with product.client(account["apiKey"]) as client:
        assert client.get("/api/keys").status_code == 200
        product.command("account", "disable", "switched@example.com")
        refused = [
            client.get("/api/keys"),
            client.get("/api/v1/tools"),
            client.post("/v1/scrape", json={"urls": [pages]}),
        ]
        assert [answer.status_code for answer in refused] == [403, 403, 403]
        assert refused[2].json()["error"]["code"] == "USER_DISABLED"
        assert refused[0].json()["code"] == "USER_DISABLED"
        product.command("account", "enable", account["id"])
        assert client.get("/api/keys").status_code == 200


@pytest.mark.promise("commands.many-at-once", "dialect.id.keys")
def test_thirty_two_clients_making_keys_at_once_get_thirty_two_ids(product: Product) -> None:
    def make(number: int) -> httpx.Response:
        with product.client() as client:
            return client.post("/api/keys", json={"name": f"Key {number}"})

    with ThreadPoolExecutor(32) as crowd:
        answers = list(crowd.map(make, range(64)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["data"]["id"] for answer in answers}) == 64


@pytest.mark.promise("request.foreign-id")
def test_another_accounts_key_is_as_unknown_as_one_that_never_was(product: Product) -> None:
    account = product.command_json("account", "create", "stranger@example.com")
    with product.client() as mine, product.client(account["apiKey"]) as theirs:
        key = mine.post("/api/keys", json={"name": "Mine"}).json()["data"]["id"]
        foreign, unknown = theirs.delete(f"/api/keys/{key}"), theirs.delete("/api/keys/key-1")
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.text.replace(key, "") == unknown.text.replace("key-1", "")
        assert mine.delete(f"/api/keys/{key}").status_code == 200
