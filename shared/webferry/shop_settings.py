"""What the environment says of tools and of their sale; read by `settings.py`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """All of it may be left out."""

    env: Mapping[str, str]

    @property
    def image_model(self) -> str:
        """The image model to ask, as `vendor:model`; empty where there is none."""
        return self.env.get("WEBFERRY_IMAGE_MODEL", "")

    @property
    def image_model_url(self) -> str:
        """Where the image model answers; empty for its vendor's own address."""
        return self.env.get("WEBFERRY_IMAGE_MODEL_URL", "")

    @property
    def image_model_key_secret(self) -> str:
        """The secret that holds the image model's API key; empty where it needs none."""
        return self.env.get("WEBFERRY_IMAGE_MODEL_KEY_SECRET", "")

    @property
    def tool_sites(self) -> Mapping[str, str]:
        """Sites of tools that are elsewhere, told as `instagram=https://…`."""
        told = (pair.partition("=") for pair in self.env.get("WEBFERRY_TOOL_SITES", "").split(","))
        return {name.strip(): url.strip().rstrip("/") for name, _, url in told if url.strip()}

    @property
    def stripe_secret(self) -> str:
        """The secret that holds Stripe's key and webhook secret; empty where nothing is sold."""
        return self.env.get("WEBFERRY_STRIPE_SECRET", "")

    @property
    def stripe_url(self) -> str:
        """Where Stripe answers; empty for its own address."""
        return self.env.get("WEBFERRY_STRIPE_URL", "")
