"""Puts the state machines' definitions, which lie in files of their own, into the template."""

from pathlib import Path

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed
from webferry_local.floor_plan.template_file import read_yaml

MACHINE = "AWS::Serverless::StateMachine"


def with_definitions(template: Template, root: Path) -> Template:
    """A copy that no longer refers to files below `root`, the directory of the template."""
    resources = {
        logical_id: _with_definition(resource, root) if resource["Type"] == MACHINE else resource
        for logical_id, resource in template["Resources"].items()
    }
    return {**template, "Resources": resources}


def _with_definition(resource: Template, root: Path) -> Template:
    properties = dict(resource["Properties"])
    if "DefinitionUri" not in properties:
        return resource
    path = root / properties.pop("DefinitionUri")
    try:
        properties["Definition"] = read_yaml(path.read_bytes(), path)
    except OSError as error:
        raise DeployFailed(f"cannot read the definition {path}: {error}") from error
    return {**resource, "Properties": properties}
