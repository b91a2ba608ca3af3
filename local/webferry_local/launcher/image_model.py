"""The image model of the user's own choosing: its key goes where AWS would keep it."""

from dataclasses import dataclass, field

import boto3

from webferry_local.launcher.kept_secret import keep
from webferry_local.launcher.model import vendor_of
from webferry_local.launcher.refusal import LaunchRefused

SECRET = "webferry-image-model-key"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True)
class ImageModelSettings:
    """`WEBFERRY_IMAGE_MODEL`, `WEBFERRY_IMAGE_MODEL_URL` and `WEBFERRY_IMAGE_MODEL_KEY`."""

    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        vendor = vendor_of(self.name, "WEBFERRY_IMAGE_MODEL", "openai:gpt-image-1")
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
