"""A property that has no effect stops the start, and is named with what there is instead."""

import pytest

from tests.floor_plan.conftest import Site
from webferry_local.floor_plan import PropertyDropped
from webferry_local.floor_plan.deployment import Template

# One property for each service, which the engine takes without a word and drops.
PLANTED = {
    "Jobs.ContributorInsightsSpecification": {"Enabled": True},
    "Tasks.Sealed": True,
    "Bodies.AccelerateConfiguration": {"AccelerationStatus": "Enabled"},
    "Hourly.Colour": "blue",
    "Bus.KmsKeyIdentifier": "alias/bus",
    "Pepper.Type": "Rotating",
    "DoorLogs.DataProtectionPolicy": {"Name": "mask"},
    "DoorErrors.EvaluateLowSampleCountPercentile": "ignore",
    "Board.Tags": [{"Key": "room", "Value": "board"}],
}


def test_every_dropped_property_is_named_in_one_go(site: Site, every_kind: Template) -> None:
    for path, value in PLANTED.items():
        logical_id, name = path.split(".")
        every_kind["Resources"][logical_id]["Properties"][name] = value

    with pytest.raises(PropertyDropped) as caught:
        site.build(every_kind)

    named = {line.partition(":")[0].partition("[")[0] for line in caught.value.lines}
    assert {".".join(path.split(".")[:2]) for path in named} == PLANTED.keys()


def test_a_dropped_member_of_a_function_is_named(site: Site, every_kind: Template) -> None:
    every_kind["Resources"]["Raw"] = {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Handler": "raw.handler",
            "Runtime": "python3.13",
            "Role": {"Fn::GetAtt": ["DoorRole", "Arn"]},
            "Code": {"ZipFile": "#"},
            "DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": ["DeadLetters", "Arn"]}},
        },
    }

    with pytest.raises(PropertyDropped) as caught:
        site.build(every_kind)

    (line,) = caught.value.lines
    assert line.startswith('Raw.DeadLetterConfig: declared {"TargetArn": "arn:aws:sqs:')
    assert line.endswith("engine has nothing")


def test_a_value_changed_behind_the_template_is_named(site: Site, one_table: Template) -> None:
    name = site.build(one_table).outputs["ShelfName"]
    site.client("dynamodb").update_table(
        TableName=name,
        BillingMode="PROVISIONED",
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
    )

    with pytest.raises(PropertyDropped) as caught:
        site.build(one_table)

    assert caught.value.lines == (
        'Shelf.BillingMode: declared "PAY_PER_REQUEST", engine has "PROVISIONED"',
    )
    assert "1 property of the template did not take effect" in str(caught.value)


def test_what_the_engine_forgot_and_we_can_set_is_set_again(
    site: Site, one_table: Template
) -> None:
    name = site.build(one_table).outputs["ShelfName"]
    off = {"AttributeName": "expires_at", "Enabled": False}
    site.client("dynamodb").update_time_to_live(TableName=name, TimeToLiveSpecification=off)

    site.build(one_table)

    ttl = site.client("dynamodb").describe_time_to_live(TableName=name)
    assert ttl["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"


def test_a_resource_that_vanished_is_named(site: Site, one_table: Template) -> None:
    name = site.build(one_table).outputs["ShelfName"]
    site.client("dynamodb").delete_table(TableName=name)

    with pytest.raises(PropertyDropped, match=r"Shelf: declared .*AWS::DynamoDB::Table"):
        site.build(one_table)


def test_a_kind_of_resource_nobody_can_read_back_is_refused(
    site: Site, one_table: Template
) -> None:
    one_table["Resources"]["Megaphone"] = {"Type": "AWS::SNS::Topic"}

    with pytest.raises(PropertyDropped, match=r"a reader for AWS::SNS::Topic"):
        site.build(one_table)
