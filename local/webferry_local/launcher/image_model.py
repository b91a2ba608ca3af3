"""The image model of the user's own choosing: its key goes where AWS would keep it."""

from dataclasses import dataclass, field

import boto3

from webferry_local.launcher.kept_secret import keep
from webferry_local.launcher.model import VENDORS
from webferry_local.launcher.refusal import LaunchRefused

SECRET = "webferry-image-model-key"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True)
class ImageModelSettings:
    """`WEBFERRY_IMAGE_MODEL`, `WEBFERRY_IMAGE_MODEL_URL` and `WEBFERRY_IMAGE_MODEL_KEY`."""

    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        vendor, _, model = self.name.partition(":")
        if self.name and (vendor not in VENDORS or not model):
            raise LaunchRefused(
                "WEBFERRY_IMAGE_MODEL must be openai:MODEL or bedrock:MODEL, "
                f"for example openai:gpt-image-1, not {self.name!r}."
            )
        # The functions' own cloud credentials are for the engine, which has no models.
        if vendor == "bedrock" and not (self.url and self.key):
            raise LaunchRefused(
                "WEBFERRY_IMAGE_MODEL=bedrock:… on this computer needs a Bedrock API key in "
                "WEBFERRY_IMAGE_MODEL_KEY, and in WEBFERRY_IMAGE_MODEL_URL the address of a region."
            )

    def parameters(self, session: boto3.Session) -> dict[str, str]:
        """The template's parameters for it."""
        secret = keep(session, SECRET, self.key if self.name else "")
        return {
            "ImageModel": self.name,
            "ImageModelUrl": self.url,
            "ImageModelKeySecret": secret,
        }


NO_IMAGE_MODEL = ImageModelSettings()
