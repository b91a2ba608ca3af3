"""Settings: each function is told what it needs, and asking for more names what is missing."""

import pytest

from webferry.settings import MissingSettings, Settings

TOLD = {
    "accounts_table": "WEBFERRY_ACCOUNTS_TABLE",
    "key_pepper_secret": "WEBFERRY_KEY_PEPPER_SECRET",
    "jobs_table": "WEBFERRY_JOBS_TABLE",
    "pages_bucket": "WEBFERRY_PAGES_BUCKET",
    "page_tasks_queue": "WEBFERRY_PAGE_TASKS_QUEUE",
}


@pytest.mark.parametrize(("name", "variable"), TOLD.items())
def test_what_is_told_is_read_and_what_is_missing_is_named(name: str, variable: str) -> None:
    assert getattr(Settings.from_env({variable: "x", "PATH": "y"}), name) == "x"
    for env in ({}, {variable: ""}):
        with pytest.raises(MissingSettings, match=variable):
            getattr(Settings.from_env(env), name)


def test_nothing_is_let_through_the_guard_unless_told() -> None:
    assert Settings.from_env({}).egress_allow == ""
    assert Settings.from_env({"WEBFERRY_EGRESS_ALLOW": "localhost"}).egress_allow == "localhost"


def test_the_settings_are_those_of_one_moment() -> None:
    env = {"WEBFERRY_ACCOUNTS_TABLE": "t"}
    settings = Settings.from_env(env)
    env["WEBFERRY_ACCOUNTS_TABLE"] = "u"

    assert settings.accounts_table == "t"


def test_there_is_no_model_unless_one_is_told() -> None:
    nobody, told = Settings.from_env({}), {"": "openai:m", "_URL": "u", "_KEY_SECRET": "s"}
    settings = Settings.from_env({f"WEBFERRY_MODEL{name}": value for name, value in told.items()})

    assert (nobody.model, nobody.model_url, nobody.model_key_secret) == ("", "", "")
    assert (settings.model, settings.model_url, settings.model_key_secret) == ("openai:m", "u", "s")
