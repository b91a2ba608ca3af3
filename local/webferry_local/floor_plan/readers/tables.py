"""Reads DynamoDB tables back from the engine."""

from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed, present


def read_table(cloud: Cloud, placed: Placed) -> Answer | None:
    name = placed.physical_id
    answer = cloud.ask("dynamodb", "describe_table", TableName=name)
    if answer is None:
        return None
    table = answer["Table"]
    return present(
        {
            **table,
            "BillingMode": table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
            "TableClass": table.get("TableClassSummary", {}).get("TableClass"),
            "SSESpecification": _encryption(table.get("SSEDescription", {})),
            "TimeToLiveSpecification": _time_to_live(cloud, name),
            "PointInTimeRecoverySpecification": _point_in_time_recovery(cloud, name),
            "Tags": _tags(cloud, placed, table["TableArn"]),
        }
    )


def _encryption(description: dict[str, Any]) -> Answer | None:
    if description.get("Status") != "ENABLED":
        return None
    return {
        "SSEEnabled": True,
        "SSEType": description.get("SSEType"),
        "KMSMasterKeyId": description.get("KMSMasterKeyArn"),
    }


def _time_to_live(cloud: Cloud, name: str) -> Answer | None:
    answer = cloud.call("dynamodb", "describe_time_to_live", TableName=name)
    description = answer["TimeToLiveDescription"]
    if description["TimeToLiveStatus"] not in {"ENABLED", "ENABLING"}:
        return None
    return {"Enabled": True, "AttributeName": description.get("AttributeName")}


def _point_in_time_recovery(cloud: Cloud, name: str) -> Answer | None:
    answer = cloud.call("dynamodb", "describe_continuous_backups", TableName=name)
    description = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    if description["PointInTimeRecoveryStatus"] != "ENABLED":
        return None
    days = description.get("RecoveryPeriodInDays")
    return present({"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": days})


def _tags(cloud: Cloud, placed: Placed, arn: str) -> object:
    if "Tags" not in placed.declared:
        return None
    return cloud.call("dynamodb", "list_tags_of_resource", ResourceArn=arn)["Tags"]
