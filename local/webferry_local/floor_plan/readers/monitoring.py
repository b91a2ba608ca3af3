"""Reads log groups, alarms and dashboards back from the engine."""

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed, present, tag_list


def read_log_group(cloud: Cloud, placed: Placed) -> Answer | None:
    name = placed.physical_id
    answer = cloud.call("logs", "describe_log_groups", logGroupNamePrefix=name)
    group = next((group for group in answer["logGroups"] if group["logGroupName"] == name), None)
    if group is None:
        return None
    return present(
        {
            "LogGroupName": name,
            "RetentionInDays": group.get("retentionInDays"),
            "LogGroupClass": group.get("logGroupClass"),
            "KmsKeyId": group.get("kmsKeyId"),
            "Tags": _log_group_tags(cloud, placed, group["arn"].removesuffix(":*")),
        }
    )


def read_alarm(cloud: Cloud, placed: Placed) -> Answer | None:
    answer = cloud.call("cloudwatch", "describe_alarms", AlarmNames=[placed.physical_id])
    alarm: Answer | None = next(iter(answer["MetricAlarms"]), None)
    return alarm


def read_dashboard(cloud: Cloud, placed: Placed) -> Answer | None:
    return cloud.ask("cloudwatch", "get_dashboard", DashboardName=placed.physical_id)


def _log_group_tags(cloud: Cloud, placed: Placed, arn: str) -> list[dict[str, str]] | None:
    if "Tags" not in placed.declared:
        return None
    return tag_list(cloud.call("logs", "list_tags_for_resource", resourceArn=arn)["tags"])
