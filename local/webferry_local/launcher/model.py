"""The language model of the user's own choosing: its key goes where AWS would keep it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import boto3

from webferry_local.launcher.kept_secret import keep
from webferry_local.launcher.refusal import LaunchRefused

SECRET = "webferry-model-key"  # noqa: S105 - its name
VENDORS = ("bedrock", "openai")


def vendor_of(name: str, setting: str, example: str) -> str:
    """Whose model this is; empty without one. Raises: LaunchRefused."""
    vendor, _, model = name.partition(":")
    if name and (vendor not in VENDORS or not model):
        raise LaunchRefused(
            f"{setting} must be openai:MODEL or bedrock:MODEL, for example {example}, not {name!r}."
        )
    return vendor


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """`WEBFERRY_MODEL`, `WEBFERRY_MODEL_URL` and `WEBFERRY_MODEL_KEY`, checked."""

    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        vendor = vendor_of(self.name, "WEBFERRY_MODEL", "openai:gpt-5-mini")
        address = urlsplit(self.url)
        if self.url and (address.scheme not in ("http", "https") or "@" in address.netloc):
            raise LaunchRefused(
                "WEBFERRY_MODEL_URL must be an http or https address without a password in it."
            )
        # The functions' own cloud credentials are for the engine, which has no models.
        if vendor == "bedrock" and not (self.url and self.key):
            raise LaunchRefused(
                "WEBFERRY_MODEL=bedrock:… on this computer needs a Bedrock API key in "
                "WEBFERRY_MODEL_KEY, and in WEBFERRY_MODEL_URL the address of a region: "
                "https://bedrock-runtime.us-east-1.amazonaws.com"
            )

    def parameters(self, session: boto3.Session) -> dict[str, str]:
        """The template's parameters for it."""
        secret = keep(session, SECRET, self.key if self.name else "")
        return {"Model": self.name, "ModelUrl": self.url, "ModelKeySecret": secret}


NO_MODEL = ModelSettings()
