"""Secrets that steps write into pages: how they are named, how a text asks for one, how many."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from webferry.domain.errors import Conflict, InvalidRequest, NotFound
from webferry.domain.flow_steps import Step, StepType

MAX_SECRETS = 50
MAX_SECRET_LENGTH = 1000
# What is shorter stands on every page by chance, and could not be hidden there.
MIN_SECRET_LENGTH = 4
NAME_PATTERN = r"[A-Za-z0-9_-]{1,64}"
_ASKED = re.compile(rf"\{{\{{\s*secrets\.({NAME_PATTERN})\s*\}}\}}")


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A secret as it is stored."""

    name: str
    sealed: bytes
    updated_at_ms: int


@dataclass(frozen=True, slots=True)
class Pouch:
    """All secrets of an account, by their names; each change makes another version of it."""

    account_id: str
    secrets: tuple[SealedSecret, ...] = ()
    version: int = 0

    def holding(self, secret: SealedSecret) -> Self:
        """With this one, in place of what had its name. Raises: Conflict: it is full."""
        others = tuple(each for each in self.secrets if each.name != secret.name)
        if len(others) >= MAX_SECRETS:
            raise Conflict(f"An account has at most {MAX_SECRETS} secrets")
        named = sorted((*others, secret), key=lambda each: each.name)
        return replace(self, secrets=tuple(named), version=self.version + 1)

    def without(self, name: str) -> Self:
        """Without the one of this name. Raises: NotFound: there is none."""
        others = tuple(each for each in self.secrets if each.name != name)
        if len(others) == len(self.secrets):
            raise NotFound("Secret not found")
        return replace(self, secrets=others, version=self.version + 1)


def names_in(text: str) -> list[str]:
    """The secrets that a text asks for."""
    return _ASKED.findall(text)


def names_in_steps(steps: Iterable[Step]) -> set[str]:
    """The secrets that some steps ask for."""
    written = (step.text for step in steps if step.type is StepType.TYPE)
    return {name for text in written for name in names_in(text or "")}


def filled(text: str, secrets: Mapping[str, str]) -> str:
    """A text with its secrets in it. Raises: InvalidRequest: one is not known."""
    unknown = [name for name in names_in(text) if name not in secrets]
    if unknown:
        raise InvalidRequest(f"There is no secret named {unknown[0]}")
    return _ASKED.sub(lambda asked: secrets[asked[1]], text)


def owner_of(account_id: str, name: str) -> str:
    """For whom a secret is sealed: under another name, or in another account, it does not open."""
    return f"secret:{account_id}/{name}"
