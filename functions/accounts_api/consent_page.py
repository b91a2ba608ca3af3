"""The page on which a user sees who asks, for what, and where the answer goes."""

from fastapi import Response

from accounts_api.page import hidden, text
from accounts_api.page import page as rendered
from accounts_api.requests import Fields
from webferry.domain.clients import redirect_host
from webferry.domain.grants import Wish
from webferry.domain.keys import Scope
from webferry.domain.sessions import Visitor

MEANINGS = {
    Scope.FLOWS_READ: "See your flows",
    Scope.FLOWS_WRITE: "Create and change your flows",
    Scope.RUNS_READ: "See runs and their results",
    Scope.RUNS_WRITE: "Start and cancel runs",
    Scope.TOOLS_READ: "See tools and jobs",
    Scope.TOOLS_RUN: "Run tools, which may use your credits",
    Scope.SCRAPE_RUN: "Read web pages for you",
    Scope.EXTRACT_RUN: "Extract data from pages for you",
    Scope.CREDITS_READ: "See your credits",
    Scope.KEYS_READ: "List your API keys, without showing them",
    Scope.KEYS_WRITE: "Make and revoke API keys",
    Scope.WEBHOOKS_READ: "See which webhooks were delivered",
    Scope.WEBHOOKS_WRITE: "Send webhooks again, and see and replace what signs them",
}
_HANDED_ON = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "resource",
)


def page(wish: Wish, visitor: Visitor, asked: Fields) -> Response:
    """The page; the application that it leads to may send its user on to a page of its own."""
    fields = [(name, value) for name in _HANDED_ON for value in asked.get(name, [])]
    scopes = "".join(f"<li>{text(MEANINGS[scope])}</li>" for scope in wish.scopes)
    return rendered(
        "consent",
        f"{wish.client.name} asks for access",
        leads_to=_onward(wish.redirect_uri),
        name=text(wish.client.name),
        host=text(redirect_host(wish.redirect_uri)),
        local="" if wish.redirect_uri.startswith("https:") else _LOCAL,
        email=text(visitor.email),
        scopes=scopes,
        fields=hidden([*fields, ("proof", visitor.form_proof)]),
    )


_LOCAL = " (a program on your own computer)"


def _onward(uri: str) -> str:
    """Where the form may lead: browsers hold each hop after the first against the form as well."""
    return "https:" if uri.startswith("https:") else "https: http:"
