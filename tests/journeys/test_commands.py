"""The `webferry` command against the running product."""

import json
from pathlib import Path

import pytest

from tests.journeys.product import Product
from webferry_local.launcher.settings import PROJECT


@pytest.mark.promise("commands.account", "commands.credits", "account.welcome", "account.grant")
def test_an_account_is_made_given_credits_and_listed_with_its_keys(product: Product) -> None:
    account = product.command_json("account", "create", "cli@example.com", "--password", "x" * 12)
    assert set(account) == {"id", "email", "apiKey", "webhookSecret"}
    assert account["webhookSecret"].startswith("whsec_")
    with product.client(account["apiKey"]) as client:
        assert client.get("/api/v1/credits").json()["data"]["balance"] == 50
    grant = ("credits", "grant", account["id"], "25", "--reference", "ticket-7")
    assert product.command_json(*grant)["balance"] == 75
    assert product.command_json(*grant)["balance"] == 75


@pytest.mark.promise("commands.keys")
def test_keys_are_made_listed_and_revoked(product: Product) -> None:
    email = product.command_json("account", "create", "keys@example.com")["email"]
    made = product.command_json("keys", "create", email, "--scopes", "keys:read")
    assert made["scopes"] == ["keys:read"]
    listed = product.command_json("keys", "list", email)
    assert made["id"] in {row["id"] for row in listed}
    assert made["key"] not in json.dumps(listed)
    with product.client(made["key"]) as client:
        assert client.get("/api/keys").status_code == 200
        product.command("keys", "revoke", email, made["id"])
        assert client.get("/api/keys").status_code == 401


@pytest.mark.promise("commands.invoke")
def test_an_event_of_the_letterbox_is_handed_to_a_function(product: Product) -> None:
    event = str(PROJECT / "events" / "health.json")
    answer = json.loads(product.command("invoke", "scrape_api", "-e", event))
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["status"] == "ok"


@pytest.mark.promise("commands.status")
def test_status_tells_what_runs(product: Product) -> None:
    report = product.command_json("status")
    assert "ScrapeApi" in {function["name"] for function in report["functions"]}
    assert report["tables"][0]["items"] > 0
    assert set(report) == {"stack", "url", "functions", "queues", "tables", "browser"}
    assert "AccountsTable" in product.command("status")


@pytest.mark.promise("commands.logs")
def test_logs_show_what_a_function_wrote_and_no_secret(product: Product) -> None:
    with product.client() as client:
        request_id = client.get("/v1/health").headers["x-request-id"]
    log = product.command("logs", "scrape_api")
    assert request_id in log
    for secret in (product.demo["apiKey"], product.demo["webhookSecret"]):
        assert secret not in product.command("logs")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("logs", "no_such_function"), "known are"),
        (("account", "disable", "nobody@example.com"), "not found"),
        (("account", "create", "no email"), "mail"),
        (("keys", "create", "nobody@example.com", "--scopes", "all"), ""),
        (("invoke", "scrape_api", "-e", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    product: Product, arguments: tuple[str, ...], hint: str
) -> None:
    told = product.command(*arguments, succeeds=False)
    assert told.startswith("webferry: ")
    assert hint in told
    assert len(told.strip().splitlines()) == 1


def test_a_command_without_a_running_product_says_how_to_start_one(tmp_path: Path) -> None:
    told = Product(tmp_path / "nothing").command("status", succeeds=False)
    assert "make up" in told


@pytest.mark.promise("scrape.mcp.endpoint")
def test_clients_of_the_mcp_server_are_told_where_it_is(product: Product) -> None:
    url = f"{product.base_url}/mcp"
    seed = {"claude": {"type": "http", "url": url}, "cursor": {"url": url}}

    for client, told in seed.items():
        printed = product.command("mcp-config", "--client", client)
        assert json.loads(printed) == {"mcpServers": {"scrape": told}}
    keyed = json.loads(product.command("mcp-config", "--client", "vscode", "--key", "scr_x"))

    assert keyed["servers"]["scrape"]["headers"] == {"Authorization": "Bearer scr_x"}
    assert f"claude mcp add --transport http scrape {url}" in product.command("mcp-config")
