"""Reads EventBridge buses, rules and schedules back from the engine."""

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed


def read_event_bus(cloud: Cloud, placed: Placed) -> Answer | None:
    return cloud.ask("events", "describe_event_bus", Name=placed.physical_id)


def read_rule(cloud: Cloud, placed: Placed) -> Answer | None:
    name = placed.physical_id.rsplit("|", 1)[-1]
    bus = placed.declared.get("EventBusName", "default")
    rule = cloud.ask("events", "describe_rule", Name=name, EventBusName=bus)
    if rule is None:
        return None
    targets = cloud.call("events", "list_targets_by_rule", Rule=name, EventBusName=bus)
    return {**rule, "EventBusName": bus, "Targets": targets["Targets"]}


def read_schedule(cloud: Cloud, placed: Placed) -> Answer | None:
    group = placed.declared.get("GroupName", "default")
    return cloud.ask("scheduler", "get_schedule", Name=placed.physical_id, GroupName=group)
