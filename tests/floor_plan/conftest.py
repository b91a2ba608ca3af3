"""A building site: deploys any template into a fresh account of the engine."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from webferry_local.floor_plan import Deployment, deploy
from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.template_file import read_template

EVERY_KIND = Path(__file__).parent / "every_kind.yaml"


class Engine(Protocol):
    """What these tests use of the engine fixture."""

    endpoint: str

    def session(self) -> Any: ...


class Site:
    """One account of the engine, and the directory its templates are written to."""

    def __init__(self, engine: Engine, directory: Path) -> None:
        self.directory = directory
        self.endpoint = engine.endpoint
        self.session = engine.session()

    def build(
        self, template: Template | Path, parameters: Mapping[str, str] | None = None
    ) -> Deployment:
        path = template if isinstance(template, Path) else self._written(template)
        return deploy(
            path,
            self.session,
            self.endpoint,
            parameters or {},
            cache_directory=self.directory / "cache",
        )

    def client(self, service: str) -> Any:
        return self.session.client(service)

    def _written(self, template: Template) -> Path:
        path = self.directory / "template.yaml"
        path.write_text(json.dumps(template), encoding="utf-8")  # JSON is YAML
        return path


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Site:
    return Site(engine, tmp_path)


@pytest.fixture
def every_kind() -> Template:
    """The template with every kind of resource, free to be changed."""
    return copy.deepcopy(read_template(EVERY_KIND.read_bytes(), EVERY_KIND))


@pytest.fixture
def one_table() -> Template:
    """The smallest template whose data can be lost."""
    return {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Shelf": {
                "Type": "AWS::DynamoDB::Table",
                "Properties": {
                    "BillingMode": "PAY_PER_REQUEST",
                    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                    "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
                },
            }
        },
        "Outputs": {"ShelfName": {"Value": {"Ref": "Shelf"}}},
    }
