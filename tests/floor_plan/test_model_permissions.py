"""A model may be asked, and its key be read, only where the operator configured them."""

from pathlib import Path

import pytest

from tests.floor_plan.conftest import Site

OURS = Path(__file__).parents[2] / "template.yaml"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:model-AbCdEf"
ASKED = ["bedrock:InvokeModel", "secretsmanager:GetSecretValue"]
CONFIGURED = {"Model": "bedrock:x", "ModelArns": MODEL, "ModelKeySecret": SECRET}


@pytest.mark.parametrize("function", ["ScrapeApi", "FlowsApi", "PageWorker"])
def test_a_model_is_within_reach_only_when_it_is_configured(site: Site, function: str) -> None:
    def allowed(parameters: dict[str, str]) -> set[tuple[str, str]]:
        deployment = site.build(OURS, {"Environment": "local", **parameters})
        name = next(
            name for name, plan in deployment.functions.items() if plan.logical_id == function
        )
        told = site.client("lambda").get_function_configuration(FunctionName=name)
        assert told["Environment"]["Variables"]["WEBFERRY_MODEL"] == parameters.get("Model", "")
        return {
            (result["EvalActionName"], resource)
            for resource in (MODEL, f"{MODEL}-other", SECRET)
            for result in site.client("iam").simulate_principal_policy(
                PolicySourceArn=told["Role"], ActionNames=ASKED, ResourceArns=[resource]
            )["EvaluationResults"]
            if result["EvalDecision"] == "allowed"
        }

    assert allowed({}) == set()
    assert allowed(CONFIGURED) == {
        ("bedrock:InvokeModel", MODEL),
        ("secretsmanager:GetSecretValue", SECRET),
    }
