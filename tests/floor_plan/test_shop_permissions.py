"""Secrets of those who sell and of those who paint: each is read by one function, if at all."""

from pathlib import Path

from tests.floor_plan.conftest import Site

OURS = Path(__file__).parents[2] / "template.yaml"
READ = "secretsmanager:GetSecretValue"
STRIPE, IMAGES, OTHER = (
    f"arn:aws:secretsmanager:us-east-1:123456789012:secret:{name}-AbCdEf"
    for name in ("stripe", "images", "other")
)


def readers(site: Site, parameters: dict[str, str]) -> set[tuple[str, str]]:
    """Which function may read which of these secrets."""
    deployment = site.build(OURS, {"Environment": "local", **parameters})
    found = set()
    for name, plan in deployment.functions.items():
        role = site.client("lambda").get_function_configuration(FunctionName=name)["Role"]
        # The engine looks at one resource of a question.
        found |= {
            (plan.logical_id, secret)
            for secret in (STRIPE, IMAGES, OTHER)
            for result in site.client("iam").simulate_principal_policy(
                PolicySourceArn=role, ActionNames=[READ], ResourceArns=[secret]
            )["EvaluationResults"]
            if result["EvalDecision"] == "allowed"
        }
    return found


def test_one_function_reads_each_secret_and_only_where_it_is_configured(site: Site) -> None:
    assert readers(site, {}) == set()

    found = readers(site, {"StripeSecret": STRIPE, "ImageModelKeySecret": IMAGES})

    assert found == {("ToolsApi", STRIPE), ("PageWorker", IMAGES)}
