"""Why a floor plan could not be built.

DeployFailed            the template, or the engine, is at fault; the text says what to do
├── EngineRefused       the engine answered a call with an error code
└── PropertyDropped     the stack is up, but not as the template says
"""

from collections.abc import Iterable


class DeployFailed(Exception):
    """The stack is not up; the message is meant for the person at the terminal."""


class EngineRefused(DeployFailed):
    """One call to the engine failed; `code` is the service's own word for it."""

    def __init__(self, operation: str, code: str, message: str) -> None:
        super().__init__(f"{operation}: {code}: {message}")
        self.code = code
        self.message = message


class PropertyDropped(DeployFailed):
    """Declared properties did not take effect; one line for each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        count = len(self.lines)
        noun = "property of the template" if count == 1 else "properties of the template"
        super().__init__("\n  ".join([f"{count} {noun} did not take effect:", *self.lines]))
