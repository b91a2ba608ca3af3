"""Settings: all that is missing is named at once."""

import pytest

from webferry.settings import MissingSettings, Settings

COMPLETE = {"WEBFERRY_ACCOUNTS_TABLE": "t", "WEBFERRY_KEY_PEPPER_SECRET": "s"}


def test_a_complete_environment_is_read() -> None:
    assert Settings.from_env(COMPLETE) == Settings("t", "s", egress_allow="")
    opened = Settings.from_env({**COMPLETE, "WEBFERRY_EGRESS_ALLOW": "localhost"})
    assert opened.egress_allow == "localhost"


def test_every_missing_name_is_told() -> None:
    with pytest.raises(MissingSettings, match=r"WEBFERRY_ACCOUNTS_TABLE, WEBFERRY_KEY_PEPPER"):
        Settings.from_env({"WEBFERRY_ACCOUNTS_TABLE": ""})
