"""Loaded by the generator: sense for good requests, a stricter rule for faults, one safe key."""

import os
from typing import Any

import schemathesis

from tests.fuzz.sense import sensible, tool_input

PAGE = os.environ["WEBFERRY_FUZZ_PAGE"]
OWN_KEY = os.environ["WEBFERRY_FUZZ_KEY_ID"]


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Edit what is about to be sent; the generator looks again what is valid after."""
    del context, kwargs
    if case.path_parameters and case.path_parameters.get("key_id") == OWN_KEY:
        case.path_parameters = {"key_id": "key-1"}
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    # Only a list says which cursors lead on in it.
    if case.query and "cursor" in case.query:
        case.query = {name: value for name, value in case.query.items() if name != "cursor"}
    if isinstance(case.body, dict):
        method, path = case.method.lower(), case.operation.path
        body = sensible(method, path, dict(case.body), PAGE)
        if "input" in body and path.endswith("/execute"):
            body["input"] = tool_input(case.path_parameters.get("slug", ""), PAGE)
        case.body = body


@schemathesis.check
def named_fault(ctx: Any, response: Any, case: Any) -> None:
    """A 5xx is one that the operation itself names, and never our own crash."""
    del ctx
    if response.status_code >= 500:
        named = case.operation.definition.raw["responses"]
        assert str(response.status_code) in named, f"{response.status_code} is not documented"
