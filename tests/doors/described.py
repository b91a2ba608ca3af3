"""What the dialects say of themselves, and requests made from that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import flows_api.handler
import scrape_api.handler
import tools_api.handler
from tests.doors.knocking import Answer, Handler, knock

DIALECTS: dict[str, Handler] = {
    "scrape_openapi": scrape_api.handler.handler,
    "tools_openapi": tools_api.handler.handler,
    "flows_openapi": flows_api.handler.handler,
}


@dataclass(frozen=True)
class Operation:
    """One verb on one path of a dialect."""

    handler: Handler
    method: str
    path: str
    told: Any

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def place(self) -> str:
        """The parameter in its path, if it has one."""
        found = re.search(r"\{(\w+)\}", self.path)
        return found[1] if found else ""

    def ask(self, key: str, name: str = "x", body: object = None) -> Answer:
        """A request, good but for what is given."""
        path = re.sub(r"\{\w+\}", lambda _: name, self.path)
        headers: dict[str, str | None] = {"authorization": f"Bearer {key}", "x-api-key": None}
        if body is None and "requestBody" in self.told:
            [*_, example] = self.told["requestBody"]["content"]["application/json"][
                "examples"
            ].values()
            body = example["value"]
        return knock(
            self.handler,
            "apps_list",
            method=self.method,
            path=path,
            headers=headers,
            body=body,
        )


def operations(name: str) -> Iterator[Operation]:
    """All that a dialect does for whoever has a key, by its own document."""
    handler = DIALECTS[name]
    for path, methods in knock(handler, name).json["paths"].items():
        for method, told in methods.items():
            if "security" in told:
                yield Operation(handler, method.upper(), path, told)
