"""Takes the artefacts out of a template: locally code runs from the working tree."""

import copy

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.function_plans import FUNCTION, LAYER


def localise(template: Template) -> Template:
    """A copy in which no function and no layer needs a build, a bucket or a registry."""
    local = copy.deepcopy(template)
    local.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    for logical_id, resource in local["Resources"].items():
        if resource["Type"] == FUNCTION:
            _localise_function(logical_id, resource)
        elif resource["Type"] == LAYER:
            resource.pop("Metadata", None)
            resource["Properties"]["ContentUri"] = {"Bucket": "working-tree", "Key": logical_id}
    return local


def _localise_function(logical_id: str, resource: Template) -> None:
    resource.pop("Metadata", None)
    properties = resource["Properties"]
    properties.pop("CodeUri", None)
    if properties.get("PackageType") == "Image":
        properties["ImageUri"] = f"working-tree/{logical_id.lower()}:latest"
    else:
        properties["InlineCode"] = "# The pool runs this function from the working tree."
