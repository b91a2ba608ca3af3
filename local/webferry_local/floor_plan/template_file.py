"""Reads a template's YAML with CloudFormation's short tags written out."""

from pathlib import Path
from typing import Any

import yaml

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed

# The C parser is seven times faster, and missing from some builds of PyYAML.
_FastestLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastestLoader):  # type: ignore[misc, valid-type]
    """A safe loader of its own, so that the tags below stay ours."""


def read_template(source: bytes, path: Path) -> Template:
    template = read_yaml(source, path)
    if not isinstance(template, dict) or "Resources" not in template:
        raise DeployFailed(f"{path} is not a template: it has no Resources")
    return template


def read_yaml(source: bytes, path: Path) -> Any:
    try:
        return yaml.load(source, _Loader)  # noqa: S506 - a safe loader underneath
    except yaml.YAMLError as error:
        raise DeployFailed(f"{path} is not valid YAML: {error}") from error


def _written_out(loader: Any, suffix: str, node: yaml.Node) -> Template:
    value = _value(loader, node)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    return {name: value}


def _value(loader: Any, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


_Loader.add_multi_constructor("!", _written_out)
# `Version: 2012-10-17` in a policy is a word to CloudFormation, never a date.
_Loader.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node)
)
