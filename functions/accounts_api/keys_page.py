"""How the API-key page looks, with what was just made or refused on top."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlencode

from fastapi import Response

from accounts_api.consent_page import MEANINGS
from accounts_api.page import day, fragment, hidden, text
from accounts_api.page import page as rendered
from accounts_api.requests import Fields
from webferry.domain.errors import WebferryError
from webferry.domain.keys import MAX_NAME_LENGTH, ApiKey, Scope
from webferry.domain.sessions import Visitor
from webferry.domain.signatures import DEFAULT_OVERLAP_MS, SigningSecrets
from webferry.usecases.issue_key import IssuedKey
from webferry.web.statuses import STATUS_OF

ADDRESS = "/account/keys"
SIGNING_ADDRESS = "/account/webhook-secret"
SIGNING_ANCHOR = "signing-secret"
OVERLAPS = {
    "0": "not at all: it has leaked",
    "3600": "for an hour",
    "86400": "for a day",
    "604800": "for a week",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The form for a new key, as it was filled in."""

    name: str = ""
    ticked: frozenset[str] = frozenset(Scope)

    @classmethod
    def of(cls, form: Fields) -> Self:
        """The form again; one that was for something else is as good as new."""
        if "name" not in form:
            return cls()
        return cls(form["name"][0][:MAX_NAME_LENGTH], frozenset(form.get("scope", ())))


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says first: a new key, or why there is none."""

    made: IssuedKey | None = None
    problem: WebferryError | None = None
    draft: Draft = field(default_factory=Draft)

    @property
    def status(self) -> int:
        """How HTTP says it."""
        if self.problem:
            return STATUS_OF[self.problem.code]
        return 201 if self.made else 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """The keys of one page, where the next page begins, and how many there are in all."""

    keys: Sequence[ApiKey]
    next_cursor: str | None
    total: int


def page(visitor: Visitor, shelf: Shelf, secrets: SigningSecrets, said: Said) -> Response:
    """The page."""
    proof = ("proof", visitor.form_proof)
    older = shelf.next_cursor and f"{ADDRESS}?{urlencode({'cursor': shelf.next_cursor})}"
    return rendered(
        "keys",
        "API keys",
        said.status,
        email=text(visitor.email),
        said=_made(said.made) if said.made else _problem(said.problem),
        fields=hidden([proof]),
        name=text(said.draft.name),
        opened="" if said.draft.ticked == set(Scope) else " open",
        ticks="".join(_tick(scope, said.draft) for scope in Scope),
        total=str(shelf.total),
        keys="".join(_row(key, proof) for key in shelf.keys) or fragment("no_keys"),
        older=fragment("older_keys", address=text(older)) if older else "",
        signing=_signing(secrets, proof),
    )


def _made(issued: IssuedKey) -> str:
    return fragment("made_key", name=text(issued.key.name), key=text(issued.text))


def _problem(problem: WebferryError | None) -> str:
    return f'<p class="problem" role="alert">{text(problem.message)}</p>' if problem else ""


def _tick(scope: Scope, draft: Draft) -> str:
    ticked = " checked" if scope in draft.ticked else ""
    return fragment("tick", scope=text(scope), ticked=ticked, meaning=text(MEANINGS[scope]))


def _row(key: ApiKey, proof: tuple[str, str]) -> str:
    used_ms = key.last_used_at_ms
    return fragment(
        "key",
        name=text(key.name),
        masked=text(key.masked),
        made=day(key.created_at_ms),
        used="never used" if used_ms is None else f"last used {day(used_ms)}",
        reach=_reach(key),
        scopes="".join(f"<li>{text(MEANINGS[scope])}</li>" for scope in key.scopes),
        fields=hidden([proof, ("key", key.id)]),
    )


def _reach(key: ApiKey) -> str:
    if set(key.scopes) == set(Scope):
        return "everything"
    return "one thing" if len(key.scopes) == 1 else f"{len(key.scopes)} things"


def _signing(secrets: SigningSecrets, proof: tuple[str, str]) -> str:
    fields = hidden([proof])
    if secrets.next is None or secrets.next_alone_at_ms is None:
        default = str(DEFAULT_OVERLAP_MS // 1000)
        choices = "".join(
            f'<option value="{seconds}"{" selected" if seconds == default else ""}>{words}</option>'
            for seconds, words in OVERLAPS.items()
        )
        return fragment("one_secret", secret=text(secrets.current), fields=fields, choices=choices)
    end = datetime.fromtimestamp(secrets.next_alone_at_ms / 1000, UTC)
    return fragment(
        "two_secrets",
        secret=text(secrets.current),
        following=text(secrets.next),
        end=f"{end.day} {end:%B %Y at %H:%M} UTC",
        fields=fields,
    )
