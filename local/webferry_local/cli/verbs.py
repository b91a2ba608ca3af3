"""The verbs of `webferry` that talk to a deployed stack."""

import argparse
import getpass
import json
import secrets
import sys
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from webferry.domain.errors import WebferryError
from webferry_local.cli import function_logs, invocation, stack_status
from webferry_local.cli.mcp_config import FILES, claude_command, configurations
from webferry_local.cli.remote import CommandFailed, Remote, connect
from webferry_local.operators import Operator

Verb = Callable[[Remote, argparse.Namespace], int]


def carry_out(options: argparse.Namespace) -> int:
    """Raises: CommandFailed."""
    try:
        return VERBS[options.verb](connect(options.stack), options)
    except WebferryError as error:
        raise CommandFailed(str(error)) from error
    except (BotoCoreError, ClientError) as error:
        raise CommandFailed(f"the stack does not answer: {error}") from error


def show(options: argparse.Namespace, value: Any, text: str) -> int:
    print(json.dumps(value) if options.json else text)
    return 0


def operator(remote: Remote) -> Operator:
    return Operator.of_stack(remote.session, remote.outputs)


def account(remote: Remote, options: argparse.Namespace) -> int:
    if options.act == "create":
        return _create_account(remote, options)
    enabled = options.act == "enable"
    account_id = operator(remote).switch(options.account, enabled=enabled)
    word = "enabled" if enabled else "disabled"
    return show(options, {"id": account_id, "status": word}, f"{account_id} is {word}")


def _create_account(remote: Remote, options: argparse.Namespace) -> int:
    password, made_up = _password(options)
    opened = operator(remote).open_account(options.email, password)
    value = {
        "id": opened.id,
        "email": opened.email,
        "apiKey": opened.api_key,
        "webhookSecret": opened.webhook_secret,
    }
    if made_up:
        value["password"] = password
    width = max(map(len, value))
    return show(options, value, "\n".join(f"{k:<{width}}  {v}" for k, v in value.items()))


def _password(options: argparse.Namespace) -> tuple[str, bool]:
    if options.password is not None:
        return options.password, False
    typed = getpass.getpass("Password (empty: make one up): ") if sys.stdin.isatty() else ""
    return (typed, False) if typed else (secrets.token_urlsafe(18), True)


def keys(remote: Remote, options: argparse.Namespace) -> int:
    if options.act == "create":
        return _create_key(remote, options)
    if options.act == "revoke":
        operator(remote).revoke_key(options.account, options.key)
        return show(options, {"id": options.key, "revoked": True}, f"{options.key} is revoked")
    found = operator(remote).list_keys(options.account)
    rows = [
        {"id": key.id, "name": key.name, "key": key.masked, "scopes": list(key.scopes)}
        for key in found
    ]
    lines = [f"{row['id']}  {row['key']}  {row['name']}" for row in rows]
    return show(options, rows, "\n".join(lines) or "no keys")


def _create_key(remote: Remote, options: argparse.Namespace) -> int:
    scopes = None if options.scopes is None else [s.strip() for s in options.scopes.split(",")]
    issued = operator(remote).issue_key(options.account, options.name, scopes)
    value = {"id": issued.key.id, "key": issued.text, "scopes": list(issued.key.scopes)}
    return show(options, value, f"{issued.key.id}  {issued.text}")


def credits(remote: Remote, options: argparse.Namespace) -> int:
    if options.act == "verify":
        return _verify_credits(remote, options)
    desk = operator(remote)
    if options.act == "refund":
        taken, balance = desk.refund_credits(options.account, options.amount, options.reference)
        back = {"account": desk.account_id(options.account), "taken": taken, "balance": balance}
        return show(options, back, f"{taken} credits taken back, {balance} are left")
    balance = desk.grant_credits(options.account, options.amount, options.reference)
    value = {"account": desk.account_id(options.account), "balance": balance}
    return show(options, value, f"{value['account']} has {balance} credits")


def _verify_credits(remote: Remote, options: argparse.Namespace) -> int:
    verdicts = operator(remote).verify_credits(options.account)
    rows = [
        {"account": each.account_id, "entries": each.entries, **each.pots, "faults": each.faults}
        for each in verdicts
    ]
    lines = [
        f"{each.account_id}  {each.entries} entries  {'; '.join(each.faults) or 'right'}"
        for each in verdicts
    ]
    wrong = sum(bool(each.faults) for each in verdicts)
    lines.append(f"{len(verdicts)} ledgers added up, {wrong} of them wrong")
    show(options, rows, "\n".join(lines))
    return 1 if wrong else 0


def logs(remote: Remote, options: argparse.Namespace) -> int:
    for line in function_logs.follow(remote, options.function, endlessly=options.follow):
        if line:
            print(line)
        else:
            sys.stdout.flush()
    return 0


def invoke(remote: Remote, options: argparse.Namespace) -> int:
    answer, succeeded = invocation.invoke(remote, options.function, options.event)
    print(answer)
    return 0 if succeeded else 1


def status(remote: Remote, options: argparse.Namespace) -> int:
    report = stack_status.status(remote)
    return show(options, report, "\n".join(stack_status.lines(report)))


def mcp_config(remote: Remote, options: argparse.Namespace) -> int:
    if "McpUrl" not in remote.outputs:
        raise CommandFailed(f"the stack {remote.stack_name} has no MCP server: deploy it again")
    url = remote.outputs["McpUrl"]
    files = {
        client: json.dumps(told, indent=2)
        for client, told in configurations(url, options.key).items()
    }
    if options.client:
        print(files[options.client])
        return 0
    print(f"# Claude Code\n{claude_command(url, options.key)}")
    for client, text in files.items():
        print(f"\n# {FILES[client]}\n{text}")
    return 0


VERBS: dict[str, Verb] = {
    "account": account,
    "keys": keys,
    "credits": credits,
    "logs": logs,
    "invoke": invoke,
    "status": status,
    "mcp-config": mcp_config,
}
