"""The template made ready for the engine, kept on disk so that an unchanged one costs nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import boto3.session

from webferry_local.floor_plan.deployment import FunctionPlan, Template
from webferry_local.floor_plan.errors import DeployFailed
from webferry_local.floor_plan.localise import localise
from webferry_local.floor_plan.lower import lower
from webferry_local.floor_plan.probe import with_probe
from webferry_local.floor_plan.translate import translate

DEFINITIONS = "functions/**/*.asl.yaml"


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A CloudFormation template the engine understands, and the code behind its functions."""

    template: Template
    functions: Mapping[str, FunctionPlan]  # by logical id


def blueprint_of(
    template_path: Path,
    parameters: Mapping[str, str],
    session: boto3.session.Session,
    cache_directory: Path,
) -> Blueprint:
    source = _read(template_path)
    root = template_path.parent.resolve()
    cached = cache_directory / f"floor-plan-{_fingerprint(source, root, parameters)}.json"
    found = _load(cached)
    if found is None:
        found = _draw(source, template_path, parameters, session)
        _store(found, cached)
    return found


def _read(template_path: Path) -> bytes:
    try:
        return template_path.read_bytes()
    except OSError as error:
        raise DeployFailed(f"cannot read the template {template_path}: {error}") from error


def _draw(
    source: bytes,
    template_path: Path,
    parameters: Mapping[str, str],
    session: boto3.session.Session,
) -> Blueprint:
    # Imported here because only a changed template needs a YAML parser.
    from webferry_local.floor_plan.definitions import with_definitions
    from webferry_local.floor_plan.function_plans import plan_functions
    from webferry_local.floor_plan.template_file import read_template

    root = template_path.parent.resolve()
    template = with_definitions(read_template(source, template_path), root)
    functions = plan_functions(template, root)
    translated = translate(localise(template), parameters, session)
    return Blueprint(with_probe(lower(translated)), functions)


def _fingerprint(source: bytes, root: Path, parameters: Mapping[str, str]) -> str:
    """All that a blueprint depends on: the translator reads parameter values too."""
    digest = hashlib.sha256(source)
    digest.update(json.dumps([str(root), dict(parameters)], sort_keys=True).encode())
    digest.update(version("aws-sam-translator").encode())
    for file in (*sorted(Path(__file__).parent.glob("*.py")), *sorted(root.glob(DEFINITIONS))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _load(cached: Path) -> Blueprint | None:
    try:
        stored = json.loads(cached.read_bytes())
    except (OSError, ValueError):
        return None
    return Blueprint(
        stored["template"],
        {name: _plan_from(plan) for name, plan in stored["functions"].items()},
    )


def _plan_from(stored: Template) -> FunctionPlan:
    return FunctionPlan(
        logical_id=stored["logical_id"],
        handler=stored["handler"],
        code_directory=Path(stored["code_directory"]),
        layer_directories=tuple(Path(layer) for layer in stored["layer_directories"]),
        package_type=stored["package_type"],
    )


def _store(blueprint: Blueprint, cached: Path) -> None:
    functions = {name: asdict(plan) for name, plan in blueprint.functions.items()}
    stored = json.dumps({"template": blueprint.template, "functions": functions}, default=str)
    cached.parent.mkdir(parents=True, exist_ok=True)
    for outdated in cached.parent.glob("floor-plan-*.json"):
        outdated.unlink(missing_ok=True)
    draft = cached.with_suffix(".draft")
    draft.write_text(stored, encoding="utf-8")
    draft.replace(cached)
