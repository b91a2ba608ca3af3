"""The floor plan on the embedded engine: deploys template.yaml and proves that all of it holds."""

from webferry_local.floor_plan.deploy import deploy
from webferry_local.floor_plan.deployment import Deployment, FunctionPlan
from webferry_local.floor_plan.errors import DeployFailed, PropertyDropped
from webferry_local.floor_plan.limits import cannot_report

__all__ = [
    "DeployFailed",
    "Deployment",
    "FunctionPlan",
    "PropertyDropped",
    "cannot_report",
    "deploy",
]
