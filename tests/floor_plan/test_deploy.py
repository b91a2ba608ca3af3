"""A template goes up as it is written: every property in effect, data kept, nothing done twice."""

import json
import subprocess
import sys
from pathlib import Path

from tests.floor_plan.conftest import EVERY_KIND, Site
from webferry_local.floor_plan import cannot_report
from webferry_local.floor_plan.deployment import Template

OURS = Path(__file__).parents[2] / "template.yaml"


def test_every_property_of_every_kind_of_resource_takes_effect(site: Site) -> None:
    deployment = site.build(EVERY_KIND, {"Environment": "local"})

    assert deployment.stack_name == "webferry"
    assert deployment.outputs.keys() == {"ApiUrl", "TasksUrl"}


def test_our_own_template_takes_effect_in_full(site: Site) -> None:
    deployment = site.build(OURS, {"Environment": "local", "EgressAllow": "127.0.0.0/8"})

    functions = {plan.logical_id for plan in deployment.functions.values()}
    doors = {"ScrapeApi", "ToolsApi", "FlowsApi", "McpServer", "AccountsApi", "Console"}
    workers = {"BrowserWorker", "PageWorker", "DeadLetters", "Clockwork", "Herald", "WebhookSender"}
    assert functions == doors | workers
    tables = site.client("dynamodb").list_tables()["TableNames"]
    names = (
        "AccountsTableName",
        "JobsTableName",
        "TrafficTableName",
        "FlowsTableName",
        "GrantsTableName",
    )
    assert {deployment.outputs[name] for name in names} == set(tables)


def test_the_plans_say_where_code_and_layers_lie(site: Site) -> None:
    here = EVERY_KIND.parent.resolve()

    plans = {plan.logical_id: plan for plan in site.build(EVERY_KIND).functions.values()}

    assert plans["Door"].handler == "door.handler.handler"
    assert plans["Door"].code_directory == here / "functions"
    assert plans["Door"].layer_directories == (here / "layers/wheels",)
    assert plans["Door"].package_type == "Zip"
    assert plans["Browser"].handler == "browser.handler.handler"
    assert plans["Browser"].code_directory == here / "functions"
    assert plans["Browser"].package_type == "Image"


def test_functions_are_found_under_the_names_the_engine_gave_them(site: Site) -> None:
    deployment = site.build(EVERY_KIND)

    functions = site.client("lambda").list_functions()["Functions"]
    assert {function["FunctionName"] for function in functions} == set(deployment.functions)


def test_the_http_api_has_its_routes_and_its_default_stage(site: Site) -> None:
    deployment = site.build(EVERY_KIND)

    gateway = site.client("apigatewayv2")
    routes = gateway.get_routes(ApiId=deployment.api_id)["Items"]
    assert {route["RouteKey"] for route in routes} == {
        "$default",
        "ANY /v1",
        "GET /a-b/{id}",
        "GET /a/b/{id}",
        "POST /slow",
    }
    assert gateway.get_stage(ApiId=deployment.api_id, StageName="$default")["AutoDeploy"]


def test_conditions_and_parameters_decide_what_functions_are_told(site: Site) -> None:
    def told(parameters: dict[str, str]) -> dict[str, str]:
        deployment = site.build(EVERY_KIND, parameters)
        door = next(
            name for name, plan in deployment.functions.items() if plan.logical_id == "Door"
        )
        function = site.client("lambda").get_function_configuration(FunctionName=door)
        variables: dict[str, str] = function["Environment"]["Variables"]
        return variables

    local = told({"Environment": "local"})
    assert local["WHERE"] == "webferry on a laptop"
    assert "ONLY_ON_AWS" not in local
    assert told({"Environment": "aws"})["ONLY_ON_AWS"] == "aws"


def test_an_unchanged_template_is_not_deployed_again_and_needs_no_translator(site: Site) -> None:
    site.build(EVERY_KIND)
    before = site.client("cloudformation").describe_stacks(StackName="webferry")["Stacks"][0]
    again = (
        "import sys; from pathlib import Path; import boto3.session;"
        "from webferry_local.floor_plan import deploy;"
        f"session = boto3.session.Session({site.session.account!r}, 'test',"
        " region_name='us-east-1');"
        f"deploy(Path({str(EVERY_KIND)!r}), session, {site.endpoint!r}, {{}},"
        f" cache_directory=Path({str(site.directory / 'cache')!r}));"
        "print({'samtranslator', 'yaml'} & set(sys.modules))"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", again], capture_output=True, text=True, check=True
    )

    assert outcome.stdout.strip() == "set()"
    after = site.client("cloudformation").describe_stacks(StackName="webferry")["Stacks"][0]
    assert after["LastUpdatedTime"] == before["LastUpdatedTime"]


def test_an_update_keeps_the_data(site: Site, one_table: Template) -> None:
    name = site.build(one_table).outputs["ShelfName"]
    site.client("dynamodb").put_item(TableName=name, Item={"pk": {"S": "kept"}})
    one_table["Resources"]["Shelf"]["Properties"]["DeletionProtectionEnabled"] = True

    assert site.build(one_table).outputs["ShelfName"] == name

    found = site.client("dynamodb").get_item(TableName=name, Key={"pk": {"S": "kept"}})
    assert found["Item"] == {"pk": {"S": "kept"}}


def test_a_generated_secret_is_drawn_once_and_then_stays(site: Site) -> None:
    def pepper() -> str:
        listed = site.client("secretsmanager").list_secrets()["SecretList"]
        secret = site.client("secretsmanager").get_secret_value(SecretId=listed[0]["ARN"])
        return str(secret["SecretString"])

    site.build(EVERY_KIND)
    drawn = pepper()
    site.build(EVERY_KIND, {"Environment": "local"})

    assert pepper() == drawn
    assert len(drawn) == 48
    assert drawn.isalnum()
    assert not set(drawn) & set("abc")


def test_what_the_template_no_longer_declares_is_taken_back(
    site: Site, every_kind: Template
) -> None:
    deployment = site.build(every_kind)
    resources = every_kind["Resources"]
    del resources["Jobs"]["Properties"]["TimeToLiveSpecification"]
    del resources["Jobs"]["Properties"]["PointInTimeRecoverySpecification"]
    del resources["Jobs"]["Properties"]["SSESpecification"]
    del resources["Door"]["Properties"]["ReservedConcurrentExecutions"]
    del resources["Bodies"]["Properties"]["LifecycleConfiguration"]
    del resources["Api"]["Properties"]["CorsConfiguration"]

    site.build(every_kind)

    table = site.client("dynamodb").list_tables()["TableNames"][0]
    ttl = site.client("dynamodb").describe_time_to_live(TableName=table)
    assert ttl["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED"
    for function in deployment.functions:
        answer = site.client("lambda").get_function(FunctionName=function)
        assert "Concurrency" not in answer
    api = site.client("apigatewayv2").get_api(ApiId=deployment.api_id)
    assert "CorsConfiguration" not in api


def test_a_template_too_large_to_be_sent_goes_through_the_object_store(
    site: Site, one_table: Template
) -> None:
    one_table["Metadata"] = {"Notes": ["so many words"] * 4000}
    assert len(json.dumps(one_table)) > 51_200

    assert site.build(one_table).outputs["ShelfName"].startswith("webferry-Shelf-")


def test_what_the_engine_cannot_do_is_listed_with_its_reason() -> None:
    lines = list(cannot_report())

    assert any(line.startswith("AWS::ApiGatewayV2::Stage.AccessLogSettings: ") for line in lines)
    assert all(line.partition(": ")[2] for line in lines)
