"""Secrets that steps write into pages: named, kept, never shown again."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from pydantic import Field, StrictStr

from flows_api.schemas import ErrorBody, Message, iso_seconds
from webferry.domain.errors import ErrorCode
from webferry.domain.flow_secrets import (
    MAX_SECRET_LENGTH,
    MIN_SECRET_LENGTH,
    NAME_PATTERN,
    SealedSecret,
)
from webferry.domain.keys import Caller, Scope
from webferry.domain.plain_text import LONGER_LINE_PATTERN
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import Wire, answer
from webferry.wiring import house

_ACCESS_ERRORS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"password": {"value": {"value": "open sesame"}}}
Name = Annotated[str, Path(pattern=f"^{NAME_PATTERN}$")]

router = APIRouter(prefix="/api", route_class=JsonRoute)


class PutSecret(Wire):
    """A secret's value."""

    value: Annotated[
        StrictStr,
        Field(
            min_length=MIN_SECRET_LENGTH,
            max_length=MAX_SECRET_LENGTH,
            pattern=LONGER_LINE_PATTERN,
            description="One line; what is shorter could not be hidden in what runs show.",
        ),
    ]


class ListedSecret(Wire):
    """A secret, without its value."""

    name: str
    updated_at: str

    @classmethod
    def of(cls, secret: SealedSecret) -> "ListedSecret":
        """Its name, and when it was set."""
        return cls(name=secret.name, updated_at=iso_seconds(secret.updated_at_ms))


class SecretAnswer(Wire):
    """The secret that was set."""

    data: ListedSecret


class SecretList(Wire):
    """All secrets of the account, by name."""

    data: list[ListedSecret]
    total: int


@router.get("/secrets", response_model=SecretList, responses=documented(ErrorBody, *_ACCESS_ERRORS))
async def list_secrets(caller: Annotated[Caller, needs(Scope.FLOWS_READ)]) -> Response:
    """The names of the account's secrets; their values are shown to nobody."""
    secrets = house().flow_desk.secrets.list(caller.account_id)
    listed = [ListedSecret.of(secret) for secret in secrets]
    return answer(SecretList(data=listed, total=len(listed)))


@router.put(
    "/secrets/{name}",
    response_model=SecretAnswer,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.INVALID_REQUEST, ErrorCode.CONFLICT),
)
async def put_secret(
    name: Name,
    caller: Annotated[Caller, needs(Scope.FLOWS_WRITE)],
    asked: Annotated[PutSecret, Body(openapi_examples=_EXAMPLE)],
) -> Response:
    """Keep a secret, or change it: `{{secrets.name}}` in a `type` step stands for its value."""
    kept = house().flow_desk.secrets.put(caller.account_id, name, asked.value)
    return answer(SecretAnswer(data=ListedSecret.of(kept)))


@router.delete(
    "/secrets/{name}",
    response_model=Message,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.NOT_FOUND),
)
async def remove_secret(name: str, caller: Annotated[Caller, needs(Scope.FLOWS_WRITE)]) -> Response:
    """Forget a secret: steps that name it fail from now on."""
    house().flow_desk.secrets.remove(caller.account_id, name)
    return answer(Message(message=f"Secret {name} deleted successfully"))
