"""The code of the scrape document as it is printed: its commands, and the answers it shows."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.product import Product

HOST = "https://small-giraffe-45.convex.site"
TEXT = (Path(__file__).parent / "documents" / "scrape_api.txt").read_text()
_COMMAND = re.compile(r"curl (?:[^\n]*\\\n)*[^\n']*(?:'[^']*')?")
# In print, the line break after a backslash is gone in one place.
_LOST_BREAK = (" \\ -H", " \\\n -H")


@dataclass(frozen=True)
class Documented:
    """One command, and the answer that stands below it if any does."""

    command: str
    answer: Any = None

    def run(self, product: Product, **swapped: str) -> Any:
        """Run it by the shell as it stands, but for host, key and what a test swaps."""
        command = self.command.replace(HOST, product.base_url)
        command = command.replace("YOUR_API_KEY", product.demo["apiKey"])
        for name, value in swapped.items():
            command = command.replace(STAND_INS[name], value)
        shell = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=60)
        return json.loads(shell.stdout)


STAND_INS = {
    "org": "https://example.org",
    "com": "https://example.com",
    "job": "job_456",
}


def shape(value: Any) -> Any:
    """Keys and types of JSON, whatever the values."""
    match value:
        case dict():
            return {key: shape(each) for key, each in value.items()}
        case list():
            return [shape(value[0])] if value else []
        case _:
            return type(value).__name__


def _documented() -> list[Documented]:
    found = []
    for chunk in re.split(r"(?=curl )", TEXT.replace(*_LOST_BREAK)):
        command = _COMMAND.match(chunk)
        if command:
            shown = chunk[command.end() :].replace("\n# ", "\n")
            start = shown.find("{")
            answer = json.JSONDecoder().raw_decode(shown[start:])[0] if start >= 0 else None
            found.append(Documented(command[0], answer))
    return found


HEALTH, SCRAPE, SUBMIT, PROMPT, STATUS, RESULTS = _documented()
