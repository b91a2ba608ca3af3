"""Grants as items of their account: what a family owns dies with the one item of the family.

acc_x        code#<digest>    what was agreed to, for its application to fetch once
acc_x        app#<family>     one connected application
acc_x        token#<digest>   an access or refresh token of a family; good while that stands
client#<id>  client           an application that has registered, or described itself
gate#<name>  <window>         how often something was done in that window
"""

from collections.abc import Sequence

from webferry.access_ports import KeptToken, Standing
from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.table import Write, delete, put_new
from webferry.adapters.dynamodb.wide_table import Key, WideTable, changing
from webferry.domain.grants import CODE_MEMORY_MS, REFRESH_LIFE_MS, Code, Grant
from webferry.domain.keys import Scope
from webferry.domain.tokens import TokenKind

_UNSPENT = "attribute_exists(#pk) AND attribute_not_exists(#spent)"


class DynamoGrants:
    """What must be true together is written in one transaction."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def offer(self, code: Code, digest: str) -> None:
        """Raises: Unavailable."""
        item = {
            "pk": code.account_id,
            "sk": f"code#{digest}",
            "family": code.family,
            "client_id": code.client_id,
            "client_name": code.client_name,
            "redirect_uri": code.redirect_uri,
            "scopes": code.scopes,
            "resource": code.resource,
            "challenge": code.challenge,
            "expires_at_ms": code.expires_at_ms,
            "expires_at": (code.expires_at_ms + CODE_MEMORY_MS) // 1000,
        }
        self._table.put_many([item])

    def code(self, account_id: str, digest: str) -> Code | None:
        """Raises: Unavailable."""
        item = self._table.get(account_id, f"code#{digest}")
        if item is None:
            return None
        return Code(
            account_id=account_id,
            family=item["family"],
            client_id=item["client_id"],
            client_name=item["client_name"],
            redirect_uri=item["redirect_uri"],
            scopes=_scopes(item),
            resource=item["resource"],
            challenge=item["challenge"],
            expires_at_ms=item["expires_at_ms"],
            is_spent="spent" in item,
        )

    def redeem(self, digest: str, grant: Grant, tokens: Sequence[KeptToken]) -> bool:
        """Raises: Unavailable."""
        begin = put_new(
            grant.account_id,
            f"app#{grant.family}",
            client_id=grant.client_id,
            client_name=grant.client_name,
            scopes=grant.scopes,
            resource=grant.resource,
            created_at_ms=grant.created_at_ms,
            last_used_at_ms=grant.last_used_at_ms,
            expires_at=_end_of(grant),
        )
        spend = _spend(grant.account_id, f"code#{digest}")
        return not self._table.transact(spend, begin, *_puts(grant, tokens))

    def rotate(self, digest: str, grant: Grant, tokens: Sequence[KeptToken]) -> bool:
        """Raises: Unavailable."""
        go_on = changing(
            Key(grant.account_id, f"app#{grant.family}"),
            "attribute_exists(#pk)",
            "SET #last_used_at_ms = :used, #expires_at = :end",
            used=grant.last_used_at_ms,
            end=_end_of(grant),
        )
        spend = _spend(grant.account_id, f"token#{digest}")
        return not self._table.transact(spend, go_on, *_puts(grant, tokens))

    def standing(self, account_id: str, family: str, digest: str) -> Standing | None:
        """Raises: Unavailable."""
        items = self._table.get_together(account_id, f"app#{family}", f"token#{digest}")
        if len(items) < 2 or items[f"token#{digest}"]["family"] != family:
            return None
        item = items[f"token#{digest}"]
        token = KeptToken(TokenKind(item["kind"]), digest, _scopes(item), item["expires_at_ms"])
        return Standing(token, "spent" in item, _grant(items[f"app#{family}"]))

    def drop(self, account_id: str, digest: str) -> None:
        """Raises: Unavailable."""
        self._table.transact(delete(account_id, f"token#{digest}"))

    def list(self, account_id: str) -> list[Grant]:
        """Raises: Unavailable."""
        return [_grant(item) for item in self._table.query(account_id, "app#")]

    def revoke(self, account_id: str, family: str) -> bool:
        """Raises: Unavailable."""
        return not self._table.transact(delete(account_id, f"app#{family}"))


def _spend(pk: str, sk: str) -> Write:
    return changing(Key(pk, sk), _UNSPENT, "SET #spent = :yes", yes=True)


def _puts(grant: Grant, tokens: Sequence[KeptToken]) -> list[Write]:
    return [
        put_new(
            grant.account_id,
            f"token#{token.digest}",
            kind=token.kind,
            family=grant.family,
            scopes=token.scopes,
            expires_at_ms=token.expires_at_ms,
            # A spent refresh token is remembered as long as it could have been used.
            expires_at=token.expires_at_ms // 1000,
        )
        for token in tokens
    ]


def _end_of(grant: Grant) -> int:
    return (grant.last_used_at_ms + REFRESH_LIFE_MS) // 1000


def _scopes(item: Values) -> tuple[Scope, ...]:
    return tuple(Scope(scope) for scope in item["scopes"])


def _grant(item: Values) -> Grant:
    return Grant(
        account_id=item["pk"],
        family=item["sk"].removeprefix("app#"),
        client_id=item["client_id"],
        client_name=item["client_name"],
        scopes=_scopes(item),
        resource=item["resource"],
        created_at_ms=item["created_at_ms"],
        last_used_at_ms=item["last_used_at_ms"],
    )
