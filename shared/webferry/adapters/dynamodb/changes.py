"""Changes of the `Jobs` table as its stream brings them: jobs that ended, deliveries to be made."""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any

from webferry.adapters.dynamodb.items import Values, unpacked
from webferry.adapters.dynamodb.job_items import job_of
from webferry.domain.dispatches import DispatchState
from webferry.domain.jobs import JobState
from webferry.webhook_ports import Changes

_ENDED = {state for state in JobState if state.is_final}


def changes_of(records: Iterable[Mapping[str, Any]]) -> Changes:
    """What to act on; the stream's filter has left out most other changes, but need not have."""
    changes = Changes([], [], 0)
    for record in records:
        try:
            _read(record.get("dynamodb", {}), changes)
        except (KeyError, TypeError, ValueError):
            # One change that nobody can read must not hold up the others for ever.
            changes = changes._replace(unreadable=changes.unreadable + 1)
    return changes


def _read(change: Mapping[str, Any], changes: Changes) -> None:
    after = _image(change.get("NewImage"))
    if after.get("sk") == "delivery" and after["state"] == DispatchState.PENDING:
        changes.deliveries.append(after["pk"])
    elif after.get("sk") == "job" and after["state"] in _ENDED:
        before = _image(change.get("OldImage"))
        if before.get("state") not in _ENDED:
            changes.ended.append(job_of(after))


def _image(image: Mapping[str, Any] | None) -> Values:
    """A stream spells bytes in base64, which is no trouble of the items themselves."""
    return unpacked({name: _attribute(value) for name, value in (image or {}).items()})


def _attribute(attribute: Mapping[str, Any]) -> dict[str, Any]:
    if "B" in attribute and isinstance(attribute["B"], str):
        try:
            return {"B": b64decode(attribute["B"], validate=True)}
        except binascii.Error:
            return {"B": b""}
    return dict(attribute)
