"""The secrets of accounts, each account's in one item of the `Flows` table: acc_x, `secrets`."""

from webferry.adapters.dynamodb.table import put_new
from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.domain.flow_secrets import Pouch, SealedSecret


class DynamoPouches:
    """A pouch is changed only where nobody changed it first."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def of(self, account_id: str) -> Pouch:
        """Raises: Unavailable."""
        key = Key(account_id, "secrets")
        item = self._table.get_together(*key).get(key.sk)
        if item is None:
            return Pouch(account_id)
        columns = zip(item["names"], item["sealed"], item["updated_at_ms"], strict=True)
        return Pouch(account_id, tuple(SealedSecret(*each) for each in columns), item["version"])

    def replace(self, pouch: Pouch) -> bool:
        """Store a pouch where the version before it stands; False if it does not.

        Raises: Unavailable.
        """
        item = {
            **Key(pouch.account_id, "secrets")._asdict(),
            "version": pouch.version,
            "names": tuple(each.name for each in pouch.secrets),
            "sealed": tuple(each.sealed for each in pouch.secrets),
            "updated_at_ms": tuple(each.updated_at_ms for each in pouch.secrets),
        }
        if pouch.version == 1:
            return not self._table.transact(put_new(**item))
        return self._table.put_one(item, pouch.version - 1) is None
