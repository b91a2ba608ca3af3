"""A model of the user's own: refused in words that help, its key kept as AWS would keep it."""

from typing import Any, Protocol

import pytest

from webferry_local.launcher.model import SECRET, ModelSettings
from webferry_local.launcher.refusal import LaunchRefused
from webferry_local.launcher.settings import LocalSettings

KEY = "sk-of-mine"


class Engine(Protocol):
    """What these tests use of the engine fixture."""

    def session(self) -> Any: ...


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"WEBFERRY_MODEL": "gpt"}, "openai:MODEL or bedrock:MODEL"),
        ({"WEBFERRY_MODEL": "openai:"}, "openai:MODEL or bedrock:MODEL"),
        ({"WEBFERRY_MODEL": "openai:m", "WEBFERRY_MODEL_URL": "file:///x"}, "http or https"),
        ({"WEBFERRY_MODEL": "openai:m", "WEBFERRY_MODEL_URL": "http://a:b@c"}, "password"),
        ({"WEBFERRY_MODEL": "bedrock:m"}, "Bedrock API key"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(environment: dict[str, str], said: str) -> None:
    with pytest.raises(LaunchRefused, match=said):
        LocalSettings.from_env(environment)


def test_the_key_lies_in_a_secret_and_is_gone_when_it_is_no_longer_told(engine: Engine) -> None:
    session = engine.session()
    told = LocalSettings.from_env({"WEBFERRY_MODEL": "openai:m", "WEBFERRY_MODEL_KEY": KEY}).model
    secrets = session.client("secretsmanager")

    assert KEY not in repr(told)
    for _ in range(2):
        parameters = told.parameters(session)
        assert KEY not in parameters.values()
        kept = secrets.get_secret_value(SecretId=parameters["ModelKeySecret"])
        assert kept["SecretString"] == KEY
    assert ModelSettings().parameters(session) == {
        "Model": "",
        "ModelUrl": "",
        "ModelKeySecret": "",
    }
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.get_secret_value(SecretId=SECRET)
