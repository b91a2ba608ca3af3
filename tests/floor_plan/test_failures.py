"""What cannot be deployed is said in words, and what went wrong once does not stay in the way."""

from pathlib import Path

import pytest

from tests.floor_plan.conftest import EVERY_KIND, Site
from webferry_local.floor_plan import DeployFailed, deploy
from webferry_local.floor_plan.deployment import Template

BROKEN_ALARM = {
    "Type": "AWS::CloudWatch::Alarm",
    "Properties": {"Namespace": "AWS/Lambda", "EvaluationPeriods": 1},
}


def test_a_failed_first_deploy_names_the_resource_and_may_simply_be_repeated(
    site: Site, one_table: Template
) -> None:
    resources = one_table["Resources"]
    with pytest.raises(DeployFailed, match=r"Alarm: .*MetricName"):
        site.build({**one_table, "Resources": {**resources, "Alarm": BROKEN_ALARM}})

    assert site.build(one_table).outputs["ShelfName"]


def test_a_failed_update_keeps_the_stack_and_its_data(site: Site, one_table: Template) -> None:
    name = site.build(one_table).outputs["ShelfName"]
    site.client("dynamodb").put_item(TableName=name, Item={"pk": {"S": "kept"}})
    resources = one_table["Resources"]

    with pytest.raises(DeployFailed, match=r"Alarm: .*MetricName"):
        site.build({**one_table, "Resources": {**resources, "Alarm": BROKEN_ALARM}})

    assert site.build(one_table).outputs["ShelfName"] == name
    found = site.client("dynamodb").get_item(TableName=name, Key={"pk": {"S": "kept"}})
    assert "Item" in found


def test_a_parameter_the_template_does_not_know_is_named(site: Site, one_table: Template) -> None:
    with pytest.raises(DeployFailed, match="Colour"):
        site.build(one_table, {"Colour": "blue"})


def test_a_template_that_is_not_valid_sam_says_what_is_wrong(
    site: Site, every_kind: Template
) -> None:
    del every_kind["Resources"]["Door"]["Properties"]["Runtime"]

    with pytest.raises(DeployFailed, match=r"Door.*Runtime"):
        site.build(every_kind)


def test_a_file_that_is_not_yaml_is_named(site: Site, tmp_path: Path) -> None:
    broken = tmp_path / "template.yaml"
    broken.write_text("Resources: [")

    with pytest.raises(DeployFailed, match=r"template\.yaml is not valid YAML"):
        site.build(broken)


def test_a_missing_template_is_named(site: Site, tmp_path: Path) -> None:
    with pytest.raises(DeployFailed, match=r"cannot read the template .*nowhere\.yaml"):
        site.build(tmp_path / "nowhere.yaml")


def test_an_engine_that_does_not_answer_is_named(site: Site) -> None:
    with pytest.raises(DeployFailed, match=r"http://127\.0\.0\.1:9"):
        deploy(
            EVERY_KIND,
            site.session,
            "http://127.0.0.1:9",
            {},
            cache_directory=site.directory / "cache",
        )


def test_a_damaged_cache_is_drawn_again(site: Site, one_table: Template) -> None:
    site.build(one_table)
    (cached,) = (site.directory / "cache").glob("*.json")
    cached.write_text("{")

    assert site.build(one_table).outputs["ShelfName"]


def test_an_http_api_with_authorizers_is_refused_rather_than_opened(
    site: Site, every_kind: Template
) -> None:
    every_kind["Resources"]["Api"]["Properties"]["Auth"] = {
        "DefaultAuthorizer": "Tokens",
        "Authorizers": {
            "Tokens": {
                "IdentitySource": "$request.header.Authorization",
                "JwtConfiguration": {"issuer": "https://example.com", "audience": ["us"]},
            }
        },
    }

    with pytest.raises(DeployFailed, match="authorizer"):
        site.build(every_kind)


def test_a_layer_from_elsewhere_is_refused(site: Site, every_kind: Template) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:layer:theirs:1"
    every_kind["Resources"]["Door"]["Properties"]["Layers"] = [arn]

    with pytest.raises(DeployFailed, match="theirs"):
        site.build(every_kind)
