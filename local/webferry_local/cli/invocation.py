"""`webferry invoke`: one event from the letterbox handed to one function."""

import json
import sys
from pathlib import Path

from webferry_local.cli.functions import find_functions
from webferry_local.cli.remote import CommandFailed, Remote


def invoke(remote: Remote, function: str, event_file: str | None) -> tuple[str, bool]:
    """The function's answer as text, and whether it succeeded."""
    payload = _event(event_file)
    (name,) = find_functions(remote, function).values()
    answer = remote.client("lambda").invoke(FunctionName=name, Payload=payload)
    return answer["Payload"].read().decode(), "FunctionError" not in answer


def _event(event_file: str | None) -> bytes:
    try:
        text = sys.stdin.read() if event_file == "-" else Path(event_file or "").read_text()
        json.loads(text)
    except OSError as error:
        raise CommandFailed(f"cannot read the event {event_file}: {error.strerror}") from error
    except ValueError as error:
        raise CommandFailed(f"{event_file} is not JSON: {error}") from error
    return text.encode()
