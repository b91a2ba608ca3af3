"""Each function may do what its use cases need, on the one table and secret, and nothing else."""

from pathlib import Path

import pytest

from tests.floor_plan.conftest import Site

OURS = Path(__file__).parents[2] / "template.yaml"
AUTHENTICATE = {"dynamodb:BatchGetItem", "dynamodb:UpdateItem", "secretsmanager:GetSecretValue"}
KEEP_KEYS = {
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
}
REMEMBER_TRAFFIC = {"dynamodb:UpdateItem"}
KEEP_BOOKS = {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"}
KEEP_SESSIONS = {
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
}
CACHE_PAGES = {"dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"}
NEVER = {
    "dynamodb:DeleteTable",
    "dynamodb:Scan",
    "iam:PassRole",
    "lambda:InvokeFunction",
    "s3:GetObject",
    "secretsmanager:PutSecretValue",
}
ASKED = AUTHENTICATE | KEEP_KEYS | CACHE_PAGES | NEVER


@pytest.mark.parametrize(
    ("function", "needed"),
    [
        ("ScrapeApi", AUTHENTICATE | {"dynamodb:PutItem"}),
        ("ToolsApi", AUTHENTICATE | KEEP_BOOKS),
        ("FlowsApi", AUTHENTICATE | KEEP_KEYS),
        ("McpServer", AUTHENTICATE | {"dynamodb:GetItem", "dynamodb:PutItem"}),
        ("AccountsApi", AUTHENTICATE | KEEP_SESSIONS | KEEP_KEYS),
        ("Console", set()),
    ],
)
def test_a_function_may_do_what_it_needs_and_no_more(
    site: Site, function: str, needed: set[str]
) -> None:
    deployment = site.build(OURS, {"Environment": "local"})
    role = next(
        site.client("lambda").get_function_configuration(FunctionName=name)["Role"]
        for name, plan in deployment.functions.items()
        if plan.logical_id == function
    )
    table = f"arn:aws:dynamodb:us-east-1:{site.session.account}:table/"
    ours = [table + deployment.outputs["AccountsTableName"], deployment.outputs["KeyPepperArn"]]

    def allowed(resources: list[str]) -> set[str]:
        return {
            result["EvalActionName"]
            for resource in resources
            for result in site.client("iam").simulate_principal_policy(
                PolicySourceArn=role, ActionNames=sorted(ASKED), ResourceArns=[resource]
            )["EvaluationResults"]
            if result["EvalDecision"] == "allowed"
        }

    assert allowed(ours) == needed
    traffic = allowed([table + deployment.outputs["TrafficTableName"]])
    cached = CACHE_PAGES if function in ("ScrapeApi", "McpServer") else set()
    remembers = function not in ("AccountsApi", "Console")
    assert traffic == (REMEMBER_TRAFFIC | cached if remembers else set())
    assert allowed([f"{table}somebody-else"]) == set()
