"""The floor plan and the tree are one house: every door stands in both, watched and locked."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.function_plans import FUNCTION, plan_functions
from webferry_local.floor_plan.template_file import read_template

ROOT = Path(__file__).parents[2]
TEMPLATE: Template = read_template((ROOT / "template.yaml").read_bytes(), ROOT / "template.yaml")
RESOURCES: Template = TEMPLATE["Resources"]
PLANS = plan_functions(TEMPLATE, ROOT)
HTTP_API_LIMIT_S = 29


def of_type(*types: str) -> dict[str, Template]:
    return {
        name: resource["Properties"]
        for name, resource in RESOURCES.items()
        if resource["Type"] in types
    }


FUNCTIONS = of_type(FUNCTION)
TABLES = of_type("AWS::DynamoDB::Table")


def variables(properties: Template) -> dict[str, Any]:
    found: dict[str, Any] = properties["Environment"]["Variables"]
    return found


def folder_of(name: str) -> str:
    return PLANS[name].handler.split(".")[0]


def referred(value: object) -> object:
    return value.get("Ref") if isinstance(value, dict) else None


def statements(properties: Template) -> Iterator[Template]:
    for policy in properties.get("Policies", []):
        for statement in policy["Statement"]:
            # A conditional statement is judged as if it held.
            yield statement["Fn::If"][1] if "Fn::If" in statement else statement


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def test_every_function_has_a_folder_and_every_folder_a_function() -> None:
    folders = {
        path.name for path in (ROOT / "functions").iterdir() if (path / "handler.py").exists()
    }

    assert {folder_of(name) for name in FUNCTIONS} == folders


def test_every_handler_can_be_imported() -> None:
    handlers = [plan.handler.rsplit(".", 1) for plan in PLANS.values()]
    told = {key: "any" for name in FUNCTIONS for key in variables(FUNCTIONS[name])}
    program = "import importlib, sys\n" + "\n".join(
        f"assert callable(importlib.import_module({module!r}).{name})" for module, name in handlers
    )

    outcome = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "AWS_REGION": "us-east-1", **told, "LOG_LEVEL": "INFO"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_one_name_at_every_level(name: str) -> None:
    folder = folder_of(name)

    assert "".join(word.capitalize() for word in folder.split("_")) == name
    assert variables(FUNCTIONS[name])["POWERTOOLS_SERVICE_NAME"] == folder


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_writes_to_a_log_group_of_its_own_that_forgets(name: str) -> None:
    group = referred(FUNCTIONS[name]["LoggingConfig"]["LogGroup"])
    logs = of_type("AWS::Logs::LogGroup")[str(group)]

    assert logs["LogGroupName"]["Fn::Sub"].endswith(f"/{folder_of(name)}")
    assert logs["RetentionInDays"] <= 90


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_failing_function_raises_an_alarm(name: str) -> None:
    watched = [
        referred(dimension["Value"])
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "Errors"
        for dimension in alarm.get("Dimensions", [])
    ]

    assert watched.count(name) == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_may_do_named_things_to_named_resources_only(name: str) -> None:
    for statement in statements(FUNCTIONS[name]):
        for action in listed(statement["Action"]):
            assert "*" not in str(action)
        for resource in listed(statement["Resource"]):
            # Objects have no names of their own here: one folder of one bucket is named instead.
            assert "*" not in re.sub(r"Bucket.Arn}/[a-z]+/\*", "", str(resource))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_door_behind_the_http_api_ends_before_it_does(name: str) -> None:
    properties = FUNCTIONS[name]
    behind_api = any(event["Type"] == "HttpApi" for event in properties.get("Events", {}).values())

    # The Function URL is there for what takes longer; such a door must know its front itself.
    if behind_api and "FunctionUrlConfig" not in properties:
        assert properties["Timeout"] <= HTTP_API_LIMIT_S


def test_runtime_and_layers_are_not_global_because_an_image_can_have_neither() -> None:
    shared = TEMPLATE.get("Globals", {}).get("Function", {})

    assert not {"Runtime", "Layers", "Handler"} & shared.keys()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_restored_forgets_and_is_encrypted(name: str) -> None:
    table = TABLES[name]

    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("name", [*TABLES, *of_type("AWS::SecretsManager::Secret")])
def test_what_cannot_be_made_again_outlives_the_stack(name: str) -> None:
    assert RESOURCES[name]["DeletionPolicy"] == "Retain"
    assert RESOURCES[name]["UpdateReplacePolicy"] == "Retain"


def test_the_settings_read_what_the_template_sets_and_nothing_else() -> None:
    files = (ROOT / "shared/webferry").glob("*settings.py")
    settings = "".join(path.read_text("utf-8") for path in files)
    told = {key for name in FUNCTIONS for key in variables(FUNCTIONS[name])}

    read = set(re.findall(r"\bWEBFERRY_[A-Z_]+", settings))
    assert read == {key for key in told if key.startswith("WEBFERRY_")}


def test_the_layer_is_built_from_the_locked_wheels() -> None:
    # A link, not `-r`: `sam build --cached` looks at this file only, and would ship old wheels.
    manifest = ROOT / "layers/dependencies/requirements.txt"

    assert manifest.resolve() == ROOT / "requirements/runtime.txt"
