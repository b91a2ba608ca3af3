"""Each dialect describes itself, and its answers are as described."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import flows_api.handler
import scrape_api.handler
import tools_api.handler
from tests.doors.knocking import Answer, Handler, knock, letter
from tests.raw_site import RawSite

DOORS: dict[str, tuple[Handler, str]] = {
    "scrape_openapi": (scrape_api.handler.handler, "/v1"),
    "tools_openapi": (tools_api.handler.handler, "/api/v1"),
    "flows_openapi": (flows_api.handler.handler, "/api"),
}
every_door = pytest.mark.parametrize("name", DOORS)


def document(name: str) -> Any:
    """The dialect's own description, asked for without a key."""
    answer = knock(DOORS[name][0], name)
    assert answer.status == 200
    return answer.json


def operations(described: Any) -> Iterator[tuple[str, str, Any]]:
    """Path, method and description of each operation."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(node: Any) -> Iterator[str]:
    """Every `$ref` within."""
    if isinstance(node, dict):
        yield from (str(value) for key, value in node.items() if key == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


@pytest.mark.promise("request.openapi")
@every_door
def test_a_document_stands_at_its_dialect_and_speaks_of_nothing_else(name: str) -> None:
    described, prefix = document(name), DOORS[name][1]

    assert described["openapi"].startswith("3.1")
    assert all(path.startswith(f"{prefix}/") for path in described["paths"])
    schemes = described["components"]["securitySchemes"]
    assert {(scheme["type"], scheme.get("scheme")) for scheme in schemes.values()} == {
        ("http", "bearer"),
        ("apiKey", None),
    }
    schemas = described["components"]["schemas"]
    named = {reference.rpartition("/")[2] for reference in references(described)}
    assert named == set(schemas) - {"Caller"}
    assert not [schema for schema in schemas if "ValidationError" in schema]


@every_door
def test_every_operation_names_its_keys_bodies_and_errors(name: str) -> None:
    for path, method, operation in operations(document(name)):
        answers = operation["responses"]
        assert "default" in answers, (path, method)
        if path.endswith("/health"):
            assert "security" not in operation
            continue
        assert operation["security"] == [{"bearer": []}, {"apiKey": []}], (path, method)
        assert {"401", "403"} <= set(answers)
        headers = [each for each in operation.get("parameters", []) if each["in"] == "header"]
        assert [each["name"] for each in headers] == ["Idempotency-Key"] * (method == "post")
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            assert content["examples"]
            assert "400" in answers


@every_door
def test_every_example_is_valid_by_its_own_schema(name: str) -> None:
    described = document(name)
    for _, _, operation in operations(described):
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            for example in content["examples"].values():
                check(example["value"], content["schema"], described)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("scrape_openapi", ["health", "scrape_async", "scrape_bad_json", "scrape_bad_scheme"]),
        (
            "tools_openapi",
            [
                "tools_list",
                "tool_execute",
                "credits_read",
                "webhook_deliveries",
                "webhook_test",
                "webhook_secret",
                "webhook_secret_rotate",
            ],
        ),
        (
            "flows_openapi",
            ["keys_list", "keys_create", "keys_revoke", "flows_list", "secrets_put"],
        ),
    ],
)
def test_answers_are_as_described(key: str, name: str, letters: list[str]) -> None:
    described, handler = document(name), DOORS[name][0]
    for event in letters:
        for answer in (knock(handler, event, key=key), knock(handler, event, key="nobody's")):
            check_answer(answer, event, described)


def test_a_page_is_as_described(key: str, site: RawSite) -> None:
    described = document("scrape_openapi")
    for path in ("/", "/untitled", "/forbidden", "/picture"):
        for wanted in ("markdown", "html", "both"):
            body = {"urls": [site.url + path], "format": wanted}
            answer = knock(scrape_api.handler.handler, "scrape_sync", key=key, body=body)
            check_answer(answer, "scrape_sync", described)


def check_answer(answer: Answer, event: str, described: Any) -> None:
    """The answer to a letter, against the schema of its route and status."""
    http = letter(event)["requestContext"]["http"]
    path = http["path"].replace("web-scraper", "{slug}").replace("key-1710000000000", "{key_id}")
    path = path.replace("shop-password", "{name}")
    answers = described["paths"][path][http["method"].lower()]["responses"]
    declared = answers.get(str(answer.status), answers["default"])
    check(answer.json, declared["content"]["application/json"]["schema"], described)


def check(value: Any, schema: Any, described: Any) -> None:
    """Raises: jsonschema.ValidationError."""
    Draft202012Validator({**schema, "components": described["components"]}).validate(value)
