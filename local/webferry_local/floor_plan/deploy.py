"""Builds the house: template in, running stack out, every declared property proved."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import boto3.session

from webferry_local.floor_plan.blueprint import Blueprint, blueprint_of
from webferry_local.floor_plan.cloud import Cloud
from webferry_local.floor_plan.deployment import Deployment
from webferry_local.floor_plan.errors import DeployFailed, PropertyDropped
from webferry_local.floor_plan.lower import API
from webferry_local.floor_plan.probe import OUTPUT, Declarations
from webferry_local.floor_plan.read_back import mend_and_read_back
from webferry_local.floor_plan.readers.placed import Placed
from webferry_local.floor_plan.stack import Stack


def deploy(
    template_path: Path,
    session: boto3.session.Session,
    endpoint: str,
    parameters: Mapping[str, str],
    *,
    stack_name: str = "webferry",
    cache_directory: Path,
) -> Deployment:
    """Raises DeployFailed, or PropertyDropped with one line for each property without effect."""
    blueprint = blueprint_of(template_path, parameters, session, cache_directory)
    _refuse_unknown(parameters, blueprint)
    with closing(Cloud(session, endpoint)) as cloud:
        stack = Stack(cloud, stack_name)
        stack.bring_up(blueprint.template, parameters)
        outputs = stack.outputs()
        resources = _placed(blueprint, stack.physical_ids(), outputs.pop(OUTPUT))
        dropped = mend_and_read_back(cloud, resources)
    if dropped:
        raise PropertyDropped(dropped)
    return _deployment(blueprint, resources, stack_name, outputs)


def _refuse_unknown(parameters: Mapping[str, str], blueprint: Blueprint) -> None:
    """The engine would take them without a word."""
    unknown = parameters.keys() - blueprint.template.get("Parameters", {}).keys()
    if unknown:
        raise DeployFailed(f"the template has no parameter {', '.join(sorted(unknown))}")


def _placed(blueprint: Blueprint, physical_ids: Mapping[str, str], probed: str) -> list[Placed]:
    declarations = Declarations(blueprint.template, probed)
    return [
        Placed(
            logical_id=logical_id,
            resource_type=resource["Type"],
            physical_id=physical_ids.get(logical_id, ""),
            declared=declarations.properties(logical_id),
        )
        for logical_id, resource in blueprint.template["Resources"].items()
        if declarations.exists(logical_id)
    ]


def _deployment(
    blueprint: Blueprint, resources: list[Placed], stack_name: str, outputs: Mapping[str, str]
) -> Deployment:
    functions = {
        placed.physical_id: blueprint.functions[placed.logical_id]
        for placed in resources
        if placed.logical_id in blueprint.functions
    }
    apis = [placed.physical_id for placed in resources if placed.resource_type == API]
    return Deployment(stack_name, functions, apis[0] if apis else "", outputs)
