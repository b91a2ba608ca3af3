"""Who tells and who sends webhooks may touch what that takes, and nothing else."""

from pathlib import Path

from tests.floor_plan.conftest import Site

OURS = Path(__file__).parents[2] / "template.yaml"
READ, KEEP = {"dynamodb:BatchGetItem", "dynamodb:GetItem"}, {"dynamodb:PutItem"}
MARK = {"dynamodb:GetItem", "dynamodb:UpdateItem"}
TOLD, SENT = {"events:PutEvents", "lambda:InvokeFunction"}, {"states:StartExecution"}
FETCH, STORE = {"s3:GetObject"}, {"s3:PutObject"}
NEVER = {"dynamodb:Scan", "dynamodb:DeleteItem", "s3:DeleteObject"}


def test_the_herald_and_the_sender_may_do_what_they_need_and_no_more(site: Site) -> None:
    deployment = site.build(OURS, {"Environment": "local"})
    names = {plan.logical_id: name for name, plan in deployment.functions.items()}
    account, outputs = site.session.account, deployment.outputs

    def allowed(function: str, resource: str) -> set[str]:
        role = site.client("lambda").get_function_configuration(FunctionName=names[function])
        answer = site.client("iam").simulate_principal_policy(
            PolicySourceArn=role["Role"],
            ActionNames=sorted(READ | KEEP | MARK | TOLD | SENT | FETCH | STORE | NEVER),
            ResourceArns=[resource],
        )
        results = answer["EvaluationResults"]
        return {each["EvalActionName"] for each in results if each["EvalDecision"] == "allowed"}

    table = f"arn:aws:dynamodb:us-east-1:{account}:table/"
    objects = f"arn:aws:s3:::{outputs['PagesBucketName']}/"
    sender = f"arn:aws:lambda:us-east-1:{account}:function:{names['WebhookSender']}"
    bus = f"arn:aws:events:us-east-1:{account}:event-bus/{outputs['EventBusName']}"
    needs = {
        "Herald": {sender: {"lambda:InvokeFunction"}, bus: {"events:PutEvents"}},
        "WebhookSender": {
            table + outputs["JobsTableName"]: READ | KEEP,
            table + outputs["AccountsTableName"]: {"dynamodb:GetItem"},
            table + outputs["TrafficTableName"]: MARK,
            f"{objects}results/1": FETCH,
            f"{objects}deliveries/1": FETCH | STORE,
            outputs["WebhookDeliveryArn"]: SENT,
        },
    }
    resources = {resource for needed in needs.values() for resource in needed}
    for function, needed in needs.items():
        for resource in resources | {f"{objects}others/1"}:
            found = allowed(function, resource)
            assert found == needed.get(resource, set()), (function, resource)


def test_the_sender_starts_the_very_machine_that_is_deployed(site: Site) -> None:
    deployment = site.build(OURS, {"Environment": "local"})

    machine = site.client("stepfunctions").describe_state_machine(
        stateMachineArn=deployment.outputs["WebhookDeliveryArn"]
    )

    assert machine["name"] == "webferry-webhook-delivery"
    names = {plan.logical_id: name for name, plan in deployment.functions.items()}
    told = site.client("lambda").get_function_configuration(FunctionName=names["WebhookSender"])
    variables = told["Environment"]["Variables"]
    assert variables["WEBFERRY_WEBHOOK_DELIVERY"] == machine["stateMachineArn"]
