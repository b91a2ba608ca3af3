"""One dialect of a running product, asked by the generator."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.product import Product

HERE = Path(__file__).parent
DIALECTS = {"scrape": "/v1", "tools": "/api/v1", "flows": "/api"}
CREDITS = "100000"
_COUNTED = re.compile(r"^\s+(\d+) generated", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """How many requests were made, what was found, and all that was said about it."""

    cases: int
    spotless: bool
    said: str


def open_purse(product: Product, email: str) -> str:
    """A key of an account that can pay for all that will be asked."""
    key: str = product.command_json("account", "create", email)["apiKey"]
    product.command("credits", "grant", email, CREDITS)
    return key


def ask(product: Product, key: str, dialect: str, page: str, *options: str) -> Asked:
    """Every check on one dialect."""
    with product.client(key) as client:
        own = client.get("/api/keys").json()["data"]
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(HERE / "schemathesis.toml")),
        *("run", f"{product.base_url}{DIALECTS[dialect]}/openapi.json"),
        *("--header", f"Authorization: Bearer {key}"),
        *("--checks", "all", "--no-color", *options),
    ]
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
        "WEBFERRY_FUZZ_PAGE": page,
        "WEBFERRY_FUZZ_KEY_ID": own[0]["id"],
        "PYTHONPATH": str(HERE.parents[1]),
    }
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, cwd=product.data, check=False
    )
    counted = _COUNTED.search(done.stdout)
    return Asked(int(counted[1]) if counted else 0, done.returncode == 0, done.stdout + done.stderr)
