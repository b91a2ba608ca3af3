"""The promise list: every sentence of the public documents, joined in one tuple."""

from tests.promises import commands, contract, flows, scrape, tools
from tests.promises.promise import Promise

PROMISES: tuple[Promise, ...] = (
    *scrape.PROMISES,
    *tools.PROMISES,
    *flows.PROMISES,
    *contract.PROMISES,
    *commands.PROMISES,
)
