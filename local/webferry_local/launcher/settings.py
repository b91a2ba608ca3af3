"""The workshop's only reader of the environment: the interface of the two commands."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from webferry_local.launcher.image_model import NO_IMAGE_MODEL, ImageModelSettings
from webferry_local.launcher.model import NO_MODEL, ModelSettings
from webferry_local.launcher.payment import NO_PAYMENT, PaymentSettings
from webferry_local.launcher.refusal import LaunchRefused

DEFAULT_PORT = 3000
ENGINE_PORT_OFFSET = 1566
LAST_PORT = 65_535
# Out of reach on one's own machine, and still on every answer.
RATE_LIMITS = "60000/5000,60000/5000"
PROJECT = Path(__file__).resolve().parents[3]
HANDED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "BROWSER_PATH",
    "BROWSER_PROCESS_MODEL",
    "BROWSER_SANDBOX",
    "SSL_CERT_FILE",
)


@dataclass(frozen=True, slots=True)
class LocalSettings:
    port: int
    data_directory: Path
    egress_allow: str
    billing: str
    tool_sites: str
    rate_limits: str
    sign_up: str
    handed_on: Mapping[str, str]
    model: ModelSettings = NO_MODEL
    image_model: ImageModelSettings = NO_IMAGE_MODEL
    payment: PaymentSettings = NO_PAYMENT

    @property
    def engine_port(self) -> int:
        above = self.port + ENGINE_PORT_OFFSET
        return above if above <= LAST_PORT else self.port - ENGINE_PORT_OFFSET

    @property
    def engine_endpoint(self) -> str:
        return f"http://127.0.0.1:{self.engine_port}"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "LocalSettings":
        return cls(
            port=_port(environment.get("WEBFERRY_PORT", "")),
            data_directory=Path(environment.get("WEBFERRY_DATA") or ".webferry").absolute(),
            egress_allow=environment.get("WEBFERRY_EGRESS_ALLOW", ""),
            billing=environment.get("WEBFERRY_BILLING") or "tools",
            tool_sites=environment.get("WEBFERRY_TOOL_SITES", ""),
            sign_up=environment.get("WEBFERRY_SIGN_UP") or "open",
            model=ModelSettings(
                environment.get("WEBFERRY_MODEL", ""),
                environment.get("WEBFERRY_MODEL_URL", ""),
                environment.get("WEBFERRY_MODEL_KEY", ""),
            ),
            image_model=ImageModelSettings(
                environment.get("WEBFERRY_IMAGE_MODEL", ""),
                environment.get("WEBFERRY_IMAGE_MODEL_URL", ""),
                environment.get("WEBFERRY_IMAGE_MODEL_KEY", ""),
            ),
            payment=PaymentSettings(
                environment.get("WEBFERRY_STRIPE_KEY", ""),
                environment.get("WEBFERRY_STRIPE_WEBHOOK_SECRET", ""),
                environment.get("WEBFERRY_STRIPE_URL", ""),
            ),
            rate_limits=environment.get("WEBFERRY_RATE_LIMITS") or RATE_LIMITS,
            handed_on={name: environment[name] for name in HANDED_ON if name in environment},
        )


def _port(text: str) -> int:
    if not text:
        return DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PORT:
        raise LaunchRefused(f"WEBFERRY_PORT must be a port number from 1 to 65535, not {text!r}.")
    return int(text)
