"""Reads Step Functions state machines back from the engine."""

from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.compare import differences
from webferry_local.floor_plan.readers.placed import Placed


def read_state_machine(cloud: Cloud, placed: Placed) -> Answer | None:
    arn = placed.physical_id
    answer = cloud.ask("stepfunctions", "describe_state_machine", stateMachineArn=arn)
    if answer is None:
        return None
    return {
        "StateMachineName": answer["name"],
        "StateMachineType": answer["type"],
        "RoleArn": answer["roleArn"],
        **_definition(placed, answer["definition"]),
        "Tags": _tags(cloud, placed),
    }


def _definition(placed: Placed, running: str) -> Answer:
    """The declared text when the machine runs it with its substitutions, else what it runs."""
    substitutions: dict[str, Any] = placed.declared.get("DefinitionSubstitutions", {})
    declared = str(placed.declared.get("DefinitionString", ""))
    expected = declared
    for name, value in substitutions.items():
        expected = expected.replace(f"${{{name}}}", str(value))
    if any(differences("", expected, running)):
        return {"DefinitionString": running}
    return {"DefinitionString": declared, "DefinitionSubstitutions": substitutions}


def _tags(cloud: Cloud, placed: Placed) -> list[dict[str, str]]:
    answer = cloud.call("stepfunctions", "list_tags_for_resource", resourceArn=placed.physical_id)
    return [{"Key": tag["key"], "Value": tag["value"]} for tag in answer["tags"]]
