"""Log groups: finding lines, following them, and what functions print."""

import json
import time
from typing import Any

from tests.engine.account import Account
from tests.engine.answers import code_of
from tests.engine.waiting import wait_until

GROUP = "/webferry/probe"


def test_a_pattern_of_words_finds_the_lines_that_hold_them_all(account: Account) -> None:
    write(account, "job 1 failed", "job 2 ended", "page 1 ended")

    assert found(account, "job") == ["job 1 failed", "job 2 ended"]
    assert found(account, "1 ended") == ["page 1 ended"]
    assert found(account, '"2 ended"') == ["job 2 ended"]
    assert found(account, "ended -page") == ["job 2 ended"]


def test_words_match_in_any_case(account: Account) -> None:
    """On AWS patterns are case-sensitive: ERROR would not find `error`."""
    write(account, "an error")

    assert found(account, "ERROR") == ["an error"]


def test_a_pattern_on_json_fields_finds_everything(account: Account) -> None:
    """On AWS only the second line would match: filter fields in our own code."""
    lines = [json.dumps({"level": level}) for level in ("INFO", "ERROR")]
    write(account, *lines)

    assert found(account, '{ $.level = "ERROR" }') == lines


def test_a_limited_answer_does_not_say_that_there_is_more(account: Account) -> None:
    """On AWS `nextToken` leads on: here whoever follows a log has to go on by time."""
    write(account, "first", "second", "third")

    answer = account.client("logs").filter_log_events(logGroupName=GROUP, limit=2)

    assert [event["message"] for event in answer["events"]] == ["first", "second"]
    assert "nextToken" not in answer


def test_a_log_is_followed_by_asking_from_the_last_time_on(account: Account) -> None:
    first, second, third = write(account, "first", "second", "third")

    def since(moment_ms: int) -> list[tuple[str, int]]:
        answer = account.client("logs").filter_log_events(logGroupName=GROUP, startTime=moment_ms)
        return [(event["message"], event["timestamp"]) for event in answer["events"]]

    assert since(second) == [("second", second), ("third", third)]
    assert since(third + 1) == []
    assert len(since(first)) == 3


def test_every_event_has_an_id_of_its_own(account: Account) -> None:
    write(account, "the same", "the same")

    events = account.client("logs").filter_log_events(logGroupName=GROUP)["events"]

    assert len({event["eventId"] for event in events}) == 2


def test_an_unknown_group_is_not_found(account: Account) -> None:
    answer = code_of(lambda: account.client("logs").filter_log_events(logGroupName="/none"))

    assert answer == "ResourceNotFoundException"


def test_what_a_function_prints_is_in_its_log_group(account: Account) -> None:
    account.function("speak", name="speaker")
    account.client("lambda").invoke(
        FunctionName="speaker", Payload=json.dumps({"say": "quack quack"})
    )

    group = "/aws/lambda/speaker"
    wait_until(lambda: found(account, "REPORT", group), 5)
    start, *printed, end, report = found(account, "", group)
    assert printed == ["quack quack"]
    assert start.startswith("START RequestId: ")
    assert end.startswith("END RequestId: ")
    assert report.startswith("REPORT RequestId: ")


def write(account: Account, *messages: str) -> list[int]:
    """One line a second, the last one now; returns their times."""
    logs: Any = account.client("logs")
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName="probe")
    now_ms = int(time.time() * 1000)
    times = [now_ms - 1000 * age for age in reversed(range(len(messages)))]
    events = [
        {"timestamp": moment, "message": message}
        for moment, message in zip(times, messages, strict=True)
    ]
    logs.put_log_events(logGroupName=GROUP, logStreamName="probe", logEvents=events)
    return times


def found(account: Account, pattern: str, group: str = GROUP) -> list[str]:
    answer = account.client("logs").filter_log_events(logGroupName=group, filterPattern=pattern)
    return [event["message"].strip() for event in answer["events"]]
