"""The code of the flows document as it is printed: commands, scripts, and the answers it shows."""

import json
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.product import Product

HOST = "https://scraper.bot"
KEY = "scr_live_your_key_here"
TEXT = (Path(__file__).parent / "documents" / "flows_api.txt").read_text()
# What a page's own script would have: addresses without a host lead to where the page came from.
_BEFORE = """const plainly = fetch;
let seen;
globalThis.fetch = async (address, options) => {
  const answer = await plainly(new URL(address, "%s"), options);
  seen = { status: answer.status, body: await answer.clone().json() };
  return answer;
};
"""
_AFTER = "\nconsole.log(JSON.stringify(seen));\n"


@dataclass(frozen=True)
class Example:
    """One route: the answer that is shown, the command and the script."""

    answer: Any
    command: str
    script: str

    def by_curl(self, product: Product, **swapped: str) -> Any:
        """What the command says, with host, key and what a test swaps.

        It is taken apart as a shell would, had its address quotation marks: one of them has an `&`.
        """
        command = _swapped(self.command, product, swapped).replace(HOST, product.base_url)
        words = shlex.split(command.replace("\\\n", " "))
        done = subprocess.run([*words, "-sS"], capture_output=True, check=True, timeout=60)
        return json.loads(done.stdout)

    def by_fetch(self, product: Product, node: str, **swapped: str) -> Any:
        """What the script gets, run as it stands."""
        script = _swapped(self.script, product, swapped)
        module = _BEFORE % product.base_url + script + _AFTER
        done = subprocess.run(
            [node, "--input-type=module"],
            input=module,
            capture_output=True,
            check=True,
            timeout=60,
            text=True,
        )
        answer = json.loads(done.stdout.splitlines()[-1])
        assert 200 <= answer["status"] < 300, answer
        return answer["body"]


def _swapped(text: str, product: Product, swapped: dict[str, str]) -> str:
    text = text.replace(KEY, product.demo["apiKey"])
    for name, value in swapped.items():
        assert STAND_INS[name] in text
        text = text.replace(STAND_INS[name], value)
    return text


STAND_INS = {"flow": "flow-1", "run": "run-1", "page": "https://example-store.com/products"}


def keys(value: Any) -> Any:
    """The keys of JSON, whatever the values."""
    match value:
        case dict():
            return {key: keys(each) for key, each in value.items()}
        case list():
            return [keys(value[0])] if value else []
        case _:
            return None


def _examples() -> dict[str, Example]:
    found = {}
    for section in re.split(r"^== ", TEXT, flags=re.MULTILINE)[1:]:
        route, rest = section.split("\n", 1)
        answer, command, script = re.split(r"^-- \w+\n", rest, flags=re.MULTILINE)[1:]
        found[route] = Example(json.loads(answer.replace("[...]", "[]")), command, script)
    return found


EXAMPLES = _examples()
