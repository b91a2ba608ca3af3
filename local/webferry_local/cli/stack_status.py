"""`webferry status`: what is up, what waits in queues, what died in them."""

import os
from typing import Any
from urllib.parse import urlsplit

from webferry.adapters.browser.finder import find_browser
from webferry_local.cli.remote import Remote

QUEUE_FIGURES = {
    "waiting": "ApproximateNumberOfMessages",
    "inFlight": "ApproximateNumberOfMessagesNotVisible",
    "delayed": "ApproximateNumberOfMessagesDelayed",
}


def status(remote: Remote) -> dict[str, Any]:
    return {
        "stack": remote.stack_name,
        "url": remote.outputs.get("ApiUrl"),
        "functions": _functions(remote),
        "queues": _queues(remote),
        "tables": _tables(remote),
        "browser": _browser() if remote.is_local else None,
    }


def lines(report: dict[str, Any]) -> list[str]:
    """The report for people."""
    text = [f"stack     {report['stack']}  {report['url'] or ''}".rstrip()]
    text.extend(
        f"function  {function['name']:<16} {function['state']:<8} {function['memoryMb']} MB"
        for function in report["functions"]
    )
    for queue in report["queues"]:
        figures = "  ".join(f"{name} {queue[name]}" for name in QUEUE_FIGURES)
        mark = "  dead letters" if queue["deadLetters"] else ""
        text.append(f"queue     {queue['name']:<16} {figures}{mark}")
    text.extend(
        f"table     {table['name']:<16} {table['items']} items" for table in report["tables"]
    )
    text.append(f"browser   {report['browser'] or 'none'}")
    return text


def _browser() -> str | None:
    found = find_browser(os.environ)
    return str(found) if found else None


def _functions(remote: Remote) -> list[dict[str, Any]]:
    client = remote.client("lambda")
    found = []
    for logical, name in sorted(remote.resources("AWS::Lambda::Function").items()):
        function = client.get_function_configuration(FunctionName=name)
        state, memory = function.get("State", "Active"), function["MemorySize"]
        found.append({"name": logical, "state": state, "memoryMb": memory})
    return found


def _queues(remote: Remote) -> list[dict[str, Any]]:
    client = remote.client("sqs")
    urls = remote.resources("AWS::SQS::Queue")
    figures = {
        logical: client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        for logical, url in sorted(urls.items())
    }
    redrives = " ".join(attributes.get("RedrivePolicy", "") for attributes in figures.values())
    return [
        {
            "name": logical,
            "deadLetters": urlsplit(urls[logical]).path.rsplit("/", 1)[-1] in redrives,
            **{name: int(attributes.get(key, 0)) for name, key in QUEUE_FIGURES.items()},
        }
        for logical, attributes in figures.items()
    ]


def _tables(remote: Remote) -> list[dict[str, Any]]:
    client = remote.client("dynamodb")
    return [
        {
            "name": logical,
            "items": client.describe_table(TableName=name)["Table"]["ItemCount"],
        }
        for logical, name in sorted(remote.resources("AWS::DynamoDB::Table").items())
    ]
