"""Works off errands of pages, and remembers the pages of the whole batch at once."""

from collections.abc import Collection
from dataclasses import dataclass

from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.page_cache import PageCache
from webferry.usecases.run_errands import RunErrands


@dataclass(frozen=True, slots=True)
class RunPageErrands:
    """Results are counted first: a page that is not remembered is only fetched again."""

    run: RunErrands
    cache: PageCache

    async def __call__(
        self, errands: Collection[ErrandRef], *, time_left_ms: int, memory_mb: int
    ) -> set[ErrandRef]:
        """The errands whose letters should come again: nobody knows whether they are done.

        Raises: Unavailable: none of them has been begun.
        """
        try:
            return await self.run(errands, time_left_ms=time_left_ms, memory_mb=memory_mb)
        finally:
            await self.cache.flush()
