"""The API-key page as a browser sees it: what it shows, what its forms send."""

import re
from html import unescape
from secrets import token_hex
from typing import Any

import flows_api.handler
from tests.doors.knocking import Answer, knock
from tests.doors.oauth_client import handler, inputs, send, sign_in
from tests.furnished import Furnished
from webferry.domain.keys import Scope

EVERYTHING = [str(scope) for scope in Scope]
SIGNING = "/account/webhook-secret"


def cookie_of(email: str) -> str:
    [cookie] = sign_in(email).cookies
    return cookie.partition(";")[0]


def stranger(furnished: Furnished) -> str:
    """The cookie of somebody new."""
    furnished.open_account(email := f"{token_hex(8)}@example.com")
    return cookie_of(email)


def listed(key: str) -> Answer:
    """The keys of an account, as the API tells them."""
    return knock(flows_api.handler.handler, "keys_list", key=key)


def page(cookie: str, query: str = "") -> Answer:
    return knock(handler, "keys_page", query=query, headers={"cookie": cookie})


def post(cookie: str, fields: Any, path: str = "/account/keys", **headers: str | None) -> Answer:
    proof = {"proof": inputs(page(cookie)).get("proof", "")} if cookie else {}
    headers = {"cookie": cookie, **{name.replace("_", "-"): one for name, one in headers.items()}}
    return send("keys_page_make", proof | fields, path=path, headers=headers)


def make(cookie: str, name: str = "Reader", scopes: Any = EVERYTHING, **headers: Any) -> Answer:
    return post(cookie, {"name": name, "scope": scopes}, **headers)


def shown(answer: Answer) -> list[str]:
    """The keys and secrets that a page shows in full."""
    return [unescape(word) for word in re.findall(r'class="secret"[^>]*>([^<]*)<', answer.text)]


def ids(answer: Answer) -> list[str]:
    return re.findall(r'name="key" value="([^"]*)"', answer.text)


def ticked(answer: Answer) -> list[str]:
    return re.findall(r'name="scope" value="([^"]*)" checked', answer.text)
