"""Writes the options of a scrape into its job, and reads them there: what is private is sealed."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace

from webferry.domain.scrapes import PrivateWords, ScrapeOptions
from webferry.ports import Sealer


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Headers, cookies and a proxy's password are for the worker alone, and for this account's."""

    sealer: Sealer

    def write(self, options: ScrapeOptions, account_id: str) -> str:
        """The text to store.

        Raises: Unavailable.
        """
        text = options.text()
        if not options.private:
            return text
        sealed = self.sealer.seal(options.private.text(), owner=_owner(account_id))
        return json.dumps(json.loads(text) | {"sealed": b64encode(sealed).decode()})

    def read(self, text: str, account_id: str) -> ScrapeOptions:
        """Raises: Unavailable, InternalError: stored by another account."""
        options, sealed = ScrapeOptions.of(text), json.loads(text).get("sealed")
        if not sealed:
            return options
        private = self.sealer.unseal(b64decode(sealed), owner=_owner(account_id))
        return replace(options, private=PrivateWords.of(private))


def _owner(account_id: str) -> str:
    return f"{account_id}/scrape-options"
