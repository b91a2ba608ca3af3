"""Each worker may do what its use cases need with jobs, letters and results, and nothing else."""

from pathlib import Path

import pytest

from tests.floor_plan.conftest import Site

OURS = Path(__file__).parents[2] / "template.yaml"
KEEP_JOBS = {
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
}
SEND, STORE = {"sqs:SendMessage"}, {"s3:PutObject"}
NEVER = {"dynamodb:Scan", "dynamodb:DeleteItem", "s3:GetObject", "s3:DeleteObject", "iam:PassRole"}


@pytest.mark.parametrize(
    ("function", "needed"),
    [
        ("PageWorker", KEEP_JOBS | SEND | STORE),
        ("DeadLetters", KEEP_JOBS | SEND),
        ("Clockwork", KEEP_JOBS | SEND),
        ("BrowserWorker", set()),
    ],
)
def test_a_worker_may_do_what_it_needs_and_no_more(
    site: Site, function: str, needed: set[str]
) -> None:
    deployment = site.build(OURS, {"Environment": "local"})
    role = next(
        site.client("lambda").get_function_configuration(FunctionName=name)["Role"]
        for name, plan in deployment.functions.items()
        if plan.logical_id == function
    )
    account, outputs = site.session.account, deployment.outputs
    queue = outputs["PageTasksUrl"].rsplit("/", 1)[-1]
    table = f"arn:aws:dynamodb:us-east-1:{account}:table/"
    objects = f"arn:aws:s3:::{outputs['PagesBucketName']}/"

    def allowed(*resources: str) -> set[str]:
        return {
            result["EvalActionName"]
            for resource in resources
            for result in site.client("iam").simulate_principal_policy(
                PolicySourceArn=role,
                ActionNames=sorted(KEEP_JOBS | SEND | STORE | NEVER | {"dynamodb:BatchWriteItem"}),
                ResourceArns=[resource],
            )["EvaluationResults"]
            if result["EvalDecision"] == "allowed"
        }

    ours = (
        table + outputs["JobsTableName"],
        f"arn:aws:sqs:us-east-1:{account}:{queue}",
        f"{objects}results/1",
    )
    assert allowed(*ours) == needed
    cached = {"dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"}
    keeps_pages = function == "PageWorker"
    assert allowed(table + outputs["TrafficTableName"]) == (cached if keeps_pages else set())
    # Credits move in the transaction that ends a job.
    moves = {"dynamodb:PutItem", "dynamodb:UpdateItem"} if needed else set()
    assert allowed(table + outputs["AccountsTableName"], f"{objects}others/1") == moves
