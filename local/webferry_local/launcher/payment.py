"""The payment service of the user's own choosing: its keys go where AWS would keep them."""

import json
from dataclasses import dataclass, field

import boto3

from webferry_local.launcher.kept_secret import keep
from webferry_local.launcher.refusal import LaunchRefused

SECRET = "webferry-stripe"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True)
class PaymentSettings:
    """`WEBFERRY_STRIPE_KEY`, `WEBFERRY_STRIPE_WEBHOOK_SECRET` and `WEBFERRY_STRIPE_URL`."""

    key: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.key) != bool(self.webhook_secret):
            raise LaunchRefused(
                "WEBFERRY_STRIPE_KEY and WEBFERRY_STRIPE_WEBHOOK_SECRET belong together."
            )

    def parameters(self, session: boto3.Session) -> dict[str, str]:
        """The template's parameters for it."""
        told = {"key": self.key, "webhookSecret": self.webhook_secret}
        secret = keep(session, SECRET, json.dumps(told) if self.key else "")
        return {"StripeSecret": secret, "StripeUrl": self.url}


NO_PAYMENT = PaymentSettings()
