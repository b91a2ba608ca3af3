"""A declared resource in its place on the engine, and what a reader of it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud


@dataclass(frozen=True, slots=True)
class Placed:
    logical_id: str
    resource_type: str
    physical_id: str
    declared: Mapping[str, Any]


# None: the engine has no such resource.
Reader = Callable[[Cloud, Placed], Answer | None]


def present(properties: Mapping[str, Any]) -> Answer:
    """Without what the service left out, so that it reads as nothing."""
    return {name: value for name, value in properties.items() if value is not None}


def tag_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Some services keep tags as a map where templates write a list."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def in_form_of(declared: object, arn: str) -> str:
    """Templates may name a thing by its ARN or by its name; services answer the ARN."""
    if isinstance(declared, str) and declared.startswith("arn:"):
        return arn
    return arn.rsplit(":", 1)[-1]
