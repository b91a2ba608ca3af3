"""Downloads of what runs brought: JSON, JSON lines, CSV."""

import csv
import io
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from fastapi import Response

Items = Sequence[dict[str, Any]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class OutputFormat(StrEnum):
    """The forms in which a run's items can be had."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """What it is called on the web."""
        return _MEDIA_TYPES[self]

    @staticmethod
    def documented() -> dict[str, Any]:
        """All forms, for the OpenAPI document."""
        return {media_type: {"schema": {}} for media_type in _MEDIA_TYPES.values()}


_MEDIA_TYPES = {
    OutputFormat.JSON: "application/json",
    OutputFormat.JSONL: "application/x-ndjson",
    OutputFormat.CSV: "text/csv",
}


def output(run_id: str, items: Items, sources: Items | None, form: OutputFormat) -> Response:
    """The items as a download; with sources, each item beside them."""
    if sources is not None:
        pairs = zip(items, sources, strict=True)
        items = [{"item": item, "sources": source} for item, source in pairs]
    write = {OutputFormat.JSON: _json, OutputFormat.JSONL: _jsonl, OutputFormat.CSV: _csv}[form]
    named = f'attachment; filename="{run_id}.{form}"'
    media_type = (
        f"{form.media_type}; charset=utf-8" if form is OutputFormat.CSV else form.media_type
    )
    return Response(write(items), media_type=media_type, headers={"Content-Disposition": named})


def _json(items: Items) -> str:
    return json.dumps({"data": list(items)}, ensure_ascii=False, separators=(",", ":"))


def _jsonl(items: Items) -> str:
    lines = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    return "".join(line + "\n" for line in lines)


def _csv(items: Items) -> str:
    file = io.StringIO()
    columns = list(dict.fromkeys(key for item in items for key in item))
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(item.get(column)) for column in columns] for item in items)
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, str) and value.startswith(_FORMULA):
        # A spreadsheet would run it: a page must not do that to whoever opens the file.
        return "'" + value
    return value
