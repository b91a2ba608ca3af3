"""Lets the engine itself resolve what a template declares: one output holds every Ref and GetAtt.

An output is a string, so all answers are joined into one. What is behind a condition is asked for
under that condition, because the engine refuses attributes of resources that do not exist.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed

OUTPUT = "FloorPlanProbe"
_SEPARATOR = "\N{SYMBOL FOR UNIT SEPARATOR}"
_STRING_VALUED = {"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::FindInMap"}
_NO_VALUE = {"Ref": "AWS::NoValue"}
_NOTHING = object()


def with_probe(template: Template) -> Template:
    questions = [question for _, question in _questions(template)]
    output = {"Value": {"Fn::Join": [_SEPARATOR, questions]}}
    return {**template, "Outputs": {**template.get("Outputs", {}), OUTPUT: output}}


class Declarations:
    """What the template declares, with every intrinsic function replaced by its value."""

    def __init__(self, template: Template, probed: str) -> None:
        self._template = template
        questions = _questions(template)
        values = probed.split(_SEPARATOR) if questions else []
        if len(values) != len(questions):
            raise DeployFailed("the engine did not resolve the references of the template")
        self._answers: dict[str, str] = {}
        for (expression, _), value in zip(questions, values, strict=True):
            # One expression may stand behind several conditions; those that fail answer nothing.
            self._answers[expression] = self._answers.get(expression) or value

    def exists(self, logical_id: str) -> bool:
        condition = self._template["Resources"][logical_id].get("Condition")
        return condition is None or self._holds(condition)

    def properties(self, logical_id: str) -> dict[str, Any]:
        declared = self._template["Resources"][logical_id].get("Properties", {})
        resolved = self._resolve(declared)
        return resolved if isinstance(resolved, dict) else {}

    def _holds(self, condition: str) -> bool:
        return self._answers[_spelled(_truth(condition))] == "true"

    def _resolve(self, value: object) -> object:
        if isinstance(value, list):
            items = [self._resolve(item) for item in value]
            return [item for item in items if item is not _NOTHING]
        if not isinstance(value, dict):
            return value
        if value == _NO_VALUE:
            return _NOTHING
        function = _function_of(value)
        if function == "Fn::If":
            condition, then, otherwise = value[function]
            return self._resolve(then if self._holds(condition) else otherwise)
        if function is not None:
            answer = self._answers[_spelled(value)]
            return answer.split(",") if value in _lists(self._template) else answer
        members = {name: self._resolve(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not _NOTHING}


def _questions(template: Template) -> list[tuple[str, object]]:
    """Each expression, spelled out, with a question whose answer is its value."""
    questions: dict[str, tuple[str, object]] = {}
    for resource in template["Resources"].values():
        condition = resource.get("Condition")
        if condition is not None:
            questions[_spelled(_truth(condition))] = _spelled(_truth(condition)), _truth(condition)
        for expression, guarded in _intrinsics(resource.get("Properties", {})):
            question = guarded
            if condition is not None:
                question = {"Fn::If": [condition, guarded, ""]}
            asked = _as_text(question, _lists(template))
            questions[_spelled(question)] = _spelled(expression), asked
    return list(questions.values())


def _lists(template: Template) -> list[object]:
    """The references that stand for lists: an output is one text, so these are asked joined."""
    declared = template.get("Parameters", {}).items()
    return [{"Ref": name} for name, each in declared if each["Type"] == "CommaDelimitedList"]


def _as_text(question: object, lists: list[object]) -> object:
    if question in lists:
        return {"Fn::Join": [",", question]}
    if isinstance(question, dict) and "Fn::If" in question:
        return {"Fn::If": [_as_text(part, lists) for part in question["Fn::If"]]}
    return question


def _intrinsics(value: object) -> Iterator[tuple[object, object]]:
    """Every outermost intrinsic, with the question that is safe to ask for it."""
    if isinstance(value, list):
        for item in value:
            yield from _intrinsics(item)
    elif isinstance(value, dict) and value != _NO_VALUE:
        function = _function_of(value)
        if function == "Fn::If":
            yield from _branches(*value[function])
        elif function is not None:
            yield value, value
        else:
            yield from _intrinsics(list(value.values()))


def _branches(condition: str, then: object, otherwise: object) -> Iterator[tuple[object, object]]:
    yield _truth(condition), _truth(condition)
    for expression, question in _intrinsics(then):
        yield expression, {"Fn::If": [condition, question, ""]}
    for expression, question in _intrinsics(otherwise):
        yield expression, {"Fn::If": [condition, "", question]}


def _function_of(value: Mapping[str, Any]) -> str | None:
    name = next(iter(value)) if len(value) == 1 else ""
    if name == "Fn::If" or name in _STRING_VALUED:
        return name
    if name.startswith("Fn::"):
        raise DeployFailed(f"{name} is not resolved by the floor plan; use Sub, Join or If")
    return None


def _truth(condition: str) -> object:
    return {"Fn::If": [condition, "true", "false"]}


def _spelled(expression: object) -> str:
    return json.dumps(expression, sort_keys=True)
