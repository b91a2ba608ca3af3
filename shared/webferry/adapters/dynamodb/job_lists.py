"""Lists of tool jobs: an index that only knows their names, so it changes once in a job's life."""

from webferry.adapters.dynamodb.job_items import job_key
from webferry.adapters.dynamodb.wide_table import WideTable


class DynamoJobLists:
    """The index is a moment behind; what the jobs themselves say is read where they lie."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def page(
        self, account_id: str, after: tuple[int, str] | None, limit: int
    ) -> list[tuple[int, str]]:
        """Raises: Unavailable."""
        start = None
        if after:
            created_at_ms, job_id = after
            start = {
                "listed_for": account_id,
                "created_at_ms": created_at_ms,
                **job_key(job_id)._asdict(),
            }
        items = self._table.listed(account_id, start, limit)
        return [(item["created_at_ms"], item["pk"]) for item in items]
