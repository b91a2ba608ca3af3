"""Reads from a template where each function's code and layers lie in the working tree."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from webferry_local.floor_plan.deployment import FunctionPlan, Template
from webferry_local.floor_plan.errors import DeployFailed

FUNCTION = "AWS::Serverless::Function"
LAYER = "AWS::Serverless::LayerVersion"


def plan_functions(template: Template, root: Path) -> dict[str, FunctionPlan]:
    """Plans by logical id; `root` is the directory of the template."""
    shared: Mapping[str, Any] = template.get("Globals", {}).get("Function", {})
    return {
        logical_id: _plan(logical_id, {**shared, **resource["Properties"]}, template, root)
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == FUNCTION
    }


def _plan(
    logical_id: str, properties: Mapping[str, Any], template: Template, root: Path
) -> FunctionPlan:
    if properties.get("PackageType") == "Image":
        return _image_plan(logical_id, properties, template, root)
    return FunctionPlan(
        logical_id=logical_id,
        handler=properties["Handler"],
        code_directory=(root / properties["CodeUri"]).resolve(),
        layer_directories=tuple(
            _layer_directory(layer, template, root) for layer in properties.get("Layers", [])
        ),
        package_type="Zip",
    )


def _image_plan(
    logical_id: str, properties: Mapping[str, Any], template: Template, root: Path
) -> FunctionPlan:
    metadata = template["Resources"][logical_id].get("Metadata", {})
    command = properties.get("ImageConfig", {}).get("Command", [])
    if len(command) != 1 or not {"DockerContext", "Dockerfile"} <= metadata.keys():
        raise DeployFailed(
            f"{logical_id} is an image: it needs ImageConfig.Command with its handler, "
            "and Metadata with DockerContext and Dockerfile"
        )
    folder = PurePosixPath(metadata["Dockerfile"]).parent
    package = command[0].split(".")[0]
    # A Dockerfile lies in its function's folder, and that folder is the package.
    code = folder.parent if folder.name == package else folder
    return FunctionPlan(
        logical_id=logical_id,
        handler=command[0],
        code_directory=(root / metadata["DockerContext"] / code).resolve(),
        layer_directories=(),
        package_type="Image",
    )


def _layer_directory(layer: object, template: Template, root: Path) -> Path:
    name = layer.get("Ref") if isinstance(layer, dict) else None
    resource = template["Resources"].get(name, {})
    if resource.get("Type") != LAYER:
        raise DeployFailed(f"the layer {layer} is not one of this template's own layers")
    return Path(root / resource["Properties"]["ContentUri"]).resolve()
