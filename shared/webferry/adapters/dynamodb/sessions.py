"""Sessions beside their account, so that one read says both who it is and whether they may."""

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.table import delete
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.domain.accounts import Account
from webferry.domain.sessions import Session

# Read in place of an account that is not there, so that both answers take the same time.
_NOBODY = "acc_nobody"


class DynamoSessions:
    """An item for each sign-in; `sessions_after_ms` of the account voids those before it."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def start(self, session: Session, digest: str) -> None:
        """Raises: Unavailable."""
        item = {
            "pk": session.account_id,
            "sk": f"session#{digest}",
            "created_at_ms": session.created_at_ms,
            "expires_at_ms": session.expires_at_ms,
            "expires_at": session.expires_at_ms // 1000,
        }
        self._table.put_many([item])

    def find(self, account_id: str, digest: str) -> tuple[Session, Account] | None:
        """Raises: Unavailable."""
        items = self._table.get_together(account_id, "account", f"session#{digest}")
        if len(items) < 2:
            return None
        found, account = items[f"session#{digest}"], items["account"]
        if found["created_at_ms"] <= account.get("sessions_after_ms", 0):
            return None
        session = Session(account_id, found["created_at_ms"], found["expires_at_ms"])
        return session, _account(account)

    def end(self, account_id: str, digest: str) -> None:
        """Raises: Unavailable."""
        self._table.transact(delete(account_id, f"session#{digest}"))

    def end_all(self, account_id: str, now_ms: int) -> None:
        """Raises: Unavailable."""
        self._table.set(account_id, "account", sessions_after_ms=now_ms)


class DynamoCredentials:
    """Emails and password hashes."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def find(self, email: str) -> tuple[Account, str] | None:
        """Raises: Unavailable."""
        named = self._table.get(f"email#{email}", "email")
        item = self._table.get(named["account_id"] if named else _NOBODY, "account")
        return (_account(item), item["password_hash"]) if item else None


def _account(item: Values) -> Account:
    return Account(item["pk"], item["email"], item["created_at_ms"], item["enabled"])
