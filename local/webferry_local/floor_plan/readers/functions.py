"""Reads functions, and what hangs on them, back from the engine."""

import json
from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed, in_form_of, present, tag_list


def read_function(cloud: Cloud, placed: Placed) -> Answer | None:
    answer = cloud.ask("lambda", "get_function", FunctionName=placed.physical_id)
    if answer is None:
        return None
    configuration = answer["Configuration"]
    concurrency = answer.get("Concurrency", {})
    return present(
        {
            **configuration,
            "ImageConfig": configuration.get("ImageConfigResponse", {}).get("ImageConfig"),
            "Layers": [layer["Arn"] for layer in configuration.get("Layers", [])],
            "ReservedConcurrentExecutions": concurrency.get("ReservedConcurrentExecutions"),
            "Tags": tag_list(answer.get("Tags", {})),
        }
    )


def read_layer_version(cloud: Cloud, placed: Placed) -> Answer | None:
    answer = cloud.ask("lambda", "get_layer_version_by_arn", Arn=placed.physical_id)
    if answer is None:
        return None
    return {**answer, "LayerName": answer["LayerArn"].rsplit(":", 1)[-1]}


def read_url(cloud: Cloud, placed: Placed) -> Answer | None:
    target = placed.declared["TargetFunctionArn"]
    answer = cloud.ask("lambda", "get_function_url_config", FunctionName=target)
    if answer is None:
        return None
    return {**answer, "TargetFunctionArn": in_form_of(target, answer["FunctionArn"])}


def read_permission(cloud: Cloud, placed: Placed) -> Answer | None:
    function = placed.declared["FunctionName"]
    answer = cloud.ask("lambda", "get_policy", FunctionName=function)
    statements = json.loads(answer["Policy"])["Statement"] if answer else []
    for statement in statements:
        if statement["Sid"] == placed.physical_id:
            return _permission(function, statement)
    return None


def read_event_source_mapping(cloud: Cloud, placed: Placed) -> Answer | None:
    answer = cloud.ask("lambda", "get_event_source_mapping", UUID=placed.physical_id)
    if answer is None:
        return None
    return {
        **answer,
        "Enabled": answer["State"] in {"Creating", "Enabled", "Enabling"},
        "FunctionName": in_form_of(placed.declared.get("FunctionName"), answer["FunctionArn"]),
    }


def _permission(function: str, statement: dict[str, Any]) -> Answer:
    principal = statement["Principal"]
    condition = statement.get("Condition", {})
    equals = condition.get("StringEquals", {})
    return present(
        {
            "FunctionName": function,
            "Action": statement["Action"],
            "Principal": next(iter(principal.values()), None)
            if isinstance(principal, dict)
            else principal,
            "SourceArn": condition.get("ArnLike", {}).get("AWS:SourceArn"),
            "SourceAccount": equals.get("AWS:SourceAccount"),
            "FunctionUrlAuthType": equals.get("lambda:FunctionUrlAuthType"),
            "InvokedViaFunctionUrl": condition.get("Bool", {}).get("lambda:InvokedViaFunctionUrl"),
        }
    )
