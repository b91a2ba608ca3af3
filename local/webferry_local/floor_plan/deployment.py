"""What goes into a deployment and what it hands over."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Template = dict[str, Any]
PackageType = Literal["Zip", "Image"]


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """Where a function's code lies in the working tree."""

    logical_id: str
    handler: str
    code_directory: Path
    layer_directories: tuple[Path, ...]
    package_type: PackageType


@dataclass(frozen=True, slots=True)
class Deployment:
    """A stack that is up; `functions` maps the engine's function names to their plans."""

    stack_name: str
    functions: Mapping[str, FunctionPlan]
    api_id: str
    outputs: Mapping[str, str]
