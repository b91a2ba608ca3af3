"""The demo account: made once, its key and secrets written where only the user can read them."""

import json
import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

from webferry.domain.errors import Conflict
from webferry_local.engine.session import EngineSession
from webferry_local.launcher.data_directory import DataDirectory, write_private
from webferry_local.launcher.settings import LocalSettings
from webferry_local.operators import Operator

EMAIL = "demo@example.com"
KNOCK_PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class DemoLetter:
    api_key: str


def ensure(settings: LocalSettings, data: DataDirectory, outputs: Mapping[str, str]) -> DemoLetter:
    """The letter of the last start if its key still opens the door, else a new account."""
    operator = Operator.of_stack(EngineSession(settings.engine_endpoint, data.access_key), outputs)
    letter = _read(data)
    if letter is None or not operator.accepts(letter["apiKey"]):
        letter = _new(operator)
    write_private(data.demo_file, {**letter, "baseUrl": settings.base_url})
    return DemoLetter(letter["apiKey"])


def knock(base_url: str) -> None:
    """One call through the whole house, so that the first user does not wait for imports."""
    address = base_url.removeprefix("http://")
    with closing(HTTPConnection(address, timeout=KNOCK_PATIENCE_S)) as connection:
        connection.request("GET", "/v1/health")
        connection.getresponse().read()


def _read(data: DataDirectory) -> dict[str, str] | None:
    try:
        letter = json.loads(data.demo_file.read_text())
        return {
            name: str(letter[name]) for name in ("apiKey", "email", "password", "webhookSecret")
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _new(operator: Operator) -> dict[str, str]:
    password = secrets.token_urlsafe(18)
    try:
        account = operator.open_account(EMAIL, password)
    except Conflict:
        # The letter was lost, and nobody can read the account's secrets any more.
        account = operator.open_account(f"demo-{secrets.token_hex(4)}@example.com", password)
    return {
        "apiKey": account.api_key,
        "email": account.email,
        "password": password,
        "webhookSecret": account.webhook_secret,
    }
