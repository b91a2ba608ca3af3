"""What the pool is told about a function, about one invocation, and what came of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Code:
    """Where a handler's code lies, in the order Lambda would search it."""

    handler: str
    directory: Path
    layers: tuple[Path, ...] = ()

    @property
    def search_path(self) -> tuple[Path, ...]:
        return (self.directory, *self.layers)


@dataclass(frozen=True, slots=True)
class FunctionSettings:
    """The function as the engine has it now: name, limits and resolved environment."""

    name: str
    arn: str
    timeout_s: int
    memory_mb: int
    reserved_concurrency: int | None
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, or an error with its Lambda type; and what the handler printed meanwhile."""

    payload: bytes
    error_type: str | None
    lines: tuple[str, ...]
    duration_ms: float
    stream: str

    @property
    def failed(self) -> bool:
        return self.error_type is not None

    def body(self) -> Any:
        return json.loads(self.payload) if self.payload else None


def failure_payload(error_type: str, message: str) -> bytes:
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()
