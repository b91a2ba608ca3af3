"""Planted violations: one file for each house rule, and the line lint must answer with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """A file that breaks one rule, and what lint says about it."""

    rule: str
    path: str
    text: str
    answer: str

    @property
    def source(self) -> str:
        return f'"""Planted."""\n\n{self.text}\n'


def long_function() -> str:
    return "def planted() -> None:\n" + "\n".join(f"    print({line})" for line in range(40))


def room(name: str) -> str:
    return f"shared/webferry/{name}/planted.py"


PLANTS = (
    Plant(
        "an upward import",
        room("domain"),
        "import webferry.usecases",
        "webferry.domain is not allowed to import webferry.usecases",
    ),
    Plant(
        "a sideways import",
        room("usecases"),
        "import webferry.adapters",
        "webferry.usecases is not allowed to import webferry.adapters",
    ),
    Plant("a module without a room", "shared/webferry/stray.py", "", "webferry.stray"),
    Plant(
        "a door behind a door",
        "functions/scrape_api/planted.py",
        "import tools_api",
        "scrape_api is not allowed to import tools_api",
    ),
    Plant(
        "a door that calls the cloud",
        "functions/flows_api/planted.py",
        "import boto3",
        "flows_api is not allowed to import boto3",
    ),
    Plant(
        "a door in the workbench",
        "functions/flows_api/planted_too.py",
        "import webferry.content",
        "flows_api is not allowed to import webferry.content",
    ),
    Plant(
        "a use case that knows a vendor",
        "shared/webferry/usecases/planted_too.py",
        "import httpcore",
        "webferry.usecases is not allowed to import httpcore",
    ),
    Plant(
        "the hallway in the settings",
        room("web"),
        "import webferry.settings",
        "webferry.web.planted -> webferry.settings",
    ),
    Plant(
        "the product in the workshop",
        room("wiring").replace("/planted", "_planted"),
        "import webferry_local",
        "webferry is not allowed to import webferry_local",
    ),
    Plant(
        "a second door to the parser",
        room("content"),
        "import turbohtml",
        "webferry.content.planted -> turbohtml",
    ),
    Plant(
        "a vendor in the domain",
        "shared/webferry/domain/planted_too.py",
        "import pydantic",
        "the domain imports pydantic",
    ),
    Plant(
        "a function of 41 lines",
        "local/webferry_local/planted.py",
        long_function(),
        "planted has 41 lines",
    ),
    Plant(
        "a file of 251 lines",
        "local/webferry_local/planted_file.py",
        "X = 1\n" * 248,
        "251 lines, 250 are allowed",
    ),
    Plant(
        "a handler of 61 lines",
        "functions/console/planted/handler.py",
        "X = 1\n" * 58,
        "61 lines, 60 are allowed",
    ),
    Plant("a shapeless name", "local/webferry_local/utils.py", "", "the name utils says nothing"),
    Plant(
        "the environment outside the settings",
        "shared/webferry/usecases/planted_environment.py",
        'import os\n\nPLACE = os.environ["HOME"]',
        "Only webferry/settings.py reads the environment",
    ),
    Plant(
        "a clock outside the system adapter",
        "shared/webferry/adapters/planted_clock.py",
        "import time\n\nNOW = time.time()",
        "Only webferry/adapters/system.py reads the clock",
    ),
    Plant(
        "randomness outside the system adapter",
        "shared/webferry/adapters/planted_dice.py",
        "import random\n\nDICE = random.random",
        "Only webferry/adapters/system.py draws random numbers",
    ),
    Plant(
        "seven parameters",
        "local/webferry_local/planted_parameters.py",
        "def f(a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> None: ...",
        "Too many arguments in function definition (7 > 6)",
    ),
    Plant(
        "a function with nine paths",
        "local/webferry_local/planted_paths.py",
        "def f(a: int) -> None:\n" + "    if a:\n        print(a)\n" * 8,
        "`f` is too complex (9 > 8)",
    ),
    Plant(
        "a positional boolean",
        "local/webferry_local/planted_boolean.py",
        "def f(flag: bool) -> None: ...",
        "Boolean-typed positional argument",
    ),
)
