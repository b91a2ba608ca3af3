"""The state directory refuses what would hurt it, in words that help."""

import json
from pathlib import Path

import pytest

from webferry_local.launcher.data_directory import DataDirectory, NotRunning
from webferry_local.launcher.refusal import LaunchRefused
from webferry_local.launcher.settings import LocalSettings


def test_the_access_key_is_twelve_digits_and_stays_the_same(tmp_path: Path) -> None:
    first = DataDirectory.claim(tmp_path / "data")
    first.release()
    again = DataDirectory.claim(tmp_path / "data")
    assert len(first.access_key) == 12
    assert first.access_key.isdigit()
    assert again.access_key == first.access_key
    again.release()


def test_two_launchers_never_share_a_directory(tmp_path: Path) -> None:
    held = DataDirectory.claim(tmp_path)
    with pytest.raises(LaunchRefused, match="already runs"):
        DataDirectory.claim(tmp_path)
    held.release()


def test_data_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text(json.dumps({"format": 99, "accessKey": "1" * 12}))
    with pytest.raises(LaunchRefused, match="newer Webferry"):
        DataDirectory.claim(tmp_path)


def test_a_damaged_identity_is_not_silently_replaced(tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text("{")
    with pytest.raises(LaunchRefused, match="damaged"):
        DataDirectory.claim(tmp_path)


def test_a_file_in_the_place_of_the_directory_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(LaunchRefused, match="WEBFERRY_DATA"):
        DataDirectory.claim(tmp_path / "data")


def test_secrets_on_disk_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    data = DataDirectory.claim(tmp_path / "data")
    data.write_running(port=1)
    for name in ("identity.json", "running.json"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o077 == 0
    data.release()


def test_a_directory_nobody_runs_on_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotRunning):
        DataDirectory.visit(tmp_path)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "3000x", "³"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(LaunchRefused, match="WEBFERRY_PORT"):
        LocalSettings.from_env({"WEBFERRY_PORT": port})


def test_the_engine_lives_at_a_fixed_distance_from_the_front_door() -> None:
    assert LocalSettings.from_env({}).engine_port == 4566
    assert LocalSettings.from_env({"WEBFERRY_PORT": "65000"}).engine_port == 63434
