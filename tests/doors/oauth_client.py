"""An application and its user, as the doors see them: forms, cookies, redirects."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import accounts_api.handler
import mcp_server.handler
from tests.doors.knocking import Answer, knock
from tests.furnished import PASSWORD
from webferry.access_wiring import gatehouse
from webferry.wiring import house

ISSUER = "https://api.example.com"
RESOURCE = f"{ISSUER}/mcp"
HOME = "https://app.example/callback"
LOCAL = "http://127.0.0.1:8123/callback"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


_SOURCES = count()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The door, each time from another place: limits for one stranger have tests of their own."""
    event["requestContext"]["http"]["sourceIp"] = f"2001:db8::{next(_SOURCES):x}"
    return accounts_api.handler.handler(event, context)


def send(event: str, fields: Any = (), **more: Any) -> Answer:
    """A form, posted."""
    return knock(handler, event, body=urlencode(fields, doseq=True).encode(), **more)


def register(**metadata: Any) -> Answer:
    told = {"client_name": "Lamp Reader", "redirect_uris": [HOME, LOCAL]} | metadata
    return knock(handler, "oauth_register", body=told)


def inputs(page: Answer) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
    return {unescape(name): unescape(value) for name, value in found}


def told(answer: Answer) -> dict[str, str]:
    """What a redirect carries."""
    return {
        name: one for name, [one] in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }


def without(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Flow:
    """One user's browser, and one application."""

    client_id: str
    cookie: str

    def wish(self, **changed: Any) -> dict[str, Any]:
        return without(
            {
                "response_type": "code",
                "client_id": self.client_id,
                "redirect_uri": HOME,
                "scope": "scrape:run flows:read",
                "state": "st ate",
                "code_challenge": CHALLENGE,
                "code_challenge_method": "S256",
                "resource": RESOURCE,
                **changed,
            }
        )

    def ask(self, *, cookie: bool = True, **changed: Any) -> Answer:
        headers = {"cookie": self.cookie} if cookie else {}
        query = urlencode(self.wish(**changed), doseq=True)
        return knock(handler, "oauth_authorize", query=query, headers=headers)

    def decide(self, decision: str = "allow", headers: Any = None, **changed: Any) -> Answer:
        page = self.ask(**{name: value for name, value in changed.items() if name != "proof"})
        fields = inputs(page) | {"decision": decision} | changed
        return send(
            "oauth_consent", without(fields), headers={"cookie": self.cookie, **(headers or {})}
        )

    def code(self, **changed: Any) -> str:
        return told(self.decide(**changed))["code"]

    def redeem(self, code: str, /, **changed: Any) -> Answer:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.client_id,
            "redirect_uri": HOME,
            "code_verifier": VERIFIER,
            "resource": RESOURCE,
            **changed,
        }
        return send("oauth_token", without(fields))

    def tokens(self, **changed: Any) -> dict[str, Any]:
        answer = self.redeem(self.code(**changed))
        assert answer.status == 200, answer.text
        return dict(answer.json)

    def refresh(self, token: str, **changed: Any) -> Answer:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": self.client_id,
            **changed,
        }
        return send("oauth_token", without(fields))

    def revoke(self, token: str, **changed: Any) -> Answer:
        return send("oauth_revoke", {"token": token, "client_id": self.client_id, **changed})


def sign_in(email: str) -> Answer:
    return send("sign_in", {"email": email, "password": PASSWORD})


def flow_of(email: str) -> Flow:
    """A new application, and a browser in which this account is signed in."""
    entered = sign_in(email)
    assert entered.status == 303, entered.text
    return Flow(register().json["client_id"], entered.cookies[0].partition(";")[0])


def call(token: str | None, tool: str = "list_flows", **more: Any) -> Answer:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": tool, "arguments": more.pop("arguments", {})}
    bearer = {"authorization": None if token is None else f"Bearer {token}"}
    headers = bearer | more.pop("headers", {})
    return knock(
        mcp_server.handler.handler,
        "mcp_call",
        body={**body, "params": params},
        headers=headers,
        **more,
    )


def is_refused(answer: Answer, error: str, status: int = 400) -> bool:
    assert (answer.status, answer.json["error"]) == (status, error), answer.text
    assert set(answer.json) == {"error", "error_description"}
    return True


def forget_houses() -> None:
    """Settings are read again."""
    house.cache_clear()
    gatehouse.cache_clear()
