"""What the environment says: the only module that reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from webferry.domain.credits import Billing
from webferry.domain.rates import Rate, RateKind
from webferry.shop_settings import ShopSettings

_MB_FOR_A_PROCESSOR = 1769
_PROCESS_MODELS = ("auto", "single", "multi")
_DEFAULT_RATE_LIMITS = "120/60,1200/300"
_LEAD_TO_A_BROWSER = (
    "BROWSER_PATH",
    "PATH",
    "HOME",
    "USERPROFILE",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "LOCALAPPDATA",
)


class MissingSettings(RuntimeError):
    """The environment lacks a name that something cannot be done without."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of what the house is plumbed to; each function is told those that it needs."""

    env: Mapping[str, str]

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """The settings as they are now; later changes of the environment change nothing."""
        told = {name: value for name, value in env.items() if name.startswith("WEBFERRY_")}
        return cls(told | {name: env[name] for name in _LEAD_TO_A_BROWSER if name in env})

    @classmethod
    def of_process(cls) -> Self:
        """The settings of this process."""
        return cls.from_env(os.environ)

    @property
    def accounts_table(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_ACCOUNTS_TABLE")

    @property
    def key_pepper_secret(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_KEY_PEPPER_SECRET")

    @property
    def jobs_table(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_JOBS_TABLE")

    @property
    def traffic_table(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_TRAFFIC_TABLE")

    @property
    def flows_table(self) -> str:
        """The table of flows; empty where nothing is done with them."""
        return self.env.get("WEBFERRY_FLOWS_TABLE", "")

    @property
    def grants_table(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_GRANTS_TABLE")

    @property
    def pages_bucket(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_PAGES_BUCKET")

    @property
    def page_tasks_queue(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_PAGE_TASKS_QUEUE")

    @property
    def webhook_sender(self) -> str:
        """The function that makes attempts.

        Raises: MissingSettings.
        """
        return self._told("WEBFERRY_WEBHOOK_SENDER")

    @property
    def webhook_delivery(self) -> str:
        """The state machine that drives retries.

        Raises: MissingSettings.
        """
        return self._told("WEBFERRY_WEBHOOK_DELIVERY")

    @property
    def event_bus(self) -> str:
        """Raises: MissingSettings."""
        return self._told("WEBFERRY_EVENT_BUS")

    @property
    def public_url(self) -> str:
        """Where callers reach the doors.

        Raises: MissingSettings.
        """
        return self._told("WEBFERRY_PUBLIC_URL")

    def own_address(self, domain: str) -> str:
        """The address of the doors: as we were told, else the gateway's own."""
        return self.env.get("WEBFERRY_PUBLIC_URL", "").rstrip("/") or f"https://{domain}"

    @property
    def is_sign_up_open(self) -> bool:
        """Whether strangers may make themselves an account."""
        return self.env.get("WEBFERRY_SIGN_UP", "open") != "closed"

    def own_hosts(self, domain: str) -> list[str]:
        """The names under which callers may reach the doors: the gateway's, and those we have."""
        told = urlsplit(self.env.get("WEBFERRY_PUBLIC_URL", "")).netloc
        local = ["127.0.0.1:*", "localhost:*", "[::1]:*"] if self.browser_search else []
        return [host for host in (domain, told, *local) if host]

    @property
    def billing(self) -> Billing:
        """Which work costs credits.

        Raises: MissingSettings: a way of billing that does not exist.
        """
        told = self.env.get("WEBFERRY_BILLING", "") or Billing.TOOLS
        if told not in list(Billing):
            raise MissingSettings(f"WEBFERRY_BILLING is none of {', '.join(Billing)}")
        return Billing(told)

    @property
    def rate_limits(self) -> Mapping[RateKind, Rate]:
        """How often a key may ask: `work,read`, each as requests a minute and at once.

        Raises: MissingSettings: not two rates.
        """
        told = self.env.get("WEBFERRY_RATE_LIMITS", "") or _DEFAULT_RATE_LIMITS
        try:
            work, read = map(Rate.parse, told.split(","))
        except ValueError as error:
            raise MissingSettings("WEBFERRY_RATE_LIMITS reads like 120/60,1200/300") from error
        return {RateKind.WORK: work, RateKind.READ: read}

    @property
    def egress_allow(self) -> str:
        """What the egress guard lets through; nothing unless told."""
        return self.env.get("WEBFERRY_EGRESS_ALLOW", "")

    @property
    def browser_function(self) -> str:
        """The function that renders pages; empty where there is none."""
        return self.env.get("WEBFERRY_BROWSER_FUNCTION", "")

    @property
    def browser_memory_mb(self) -> int:
        """What the browser function has; 0 for those that need not reckon with it."""
        return int(self.env.get("WEBFERRY_BROWSER_MEMORY") or 0)

    @property
    def browser_search(self) -> Mapping[str, str] | None:
        """Where a browser may lie; None where functions do not run on this machine."""
        return self.env if self.env.get("WEBFERRY_ENVIRONMENT") == "local" else None

    @property
    def model(self) -> str:
        """The language model to ask, as `vendor:model`; empty where there is none."""
        return self.env.get("WEBFERRY_MODEL", "")

    @property
    def model_url(self) -> str:
        """Where the model answers; empty for its vendor's own address."""
        return self.env.get("WEBFERRY_MODEL_URL", "")

    @property
    def model_key_secret(self) -> str:
        """The secret that holds the model's API key; empty where it needs none."""
        return self.env.get("WEBFERRY_MODEL_KEY_SECRET", "")

    @property
    def shop(self) -> ShopSettings:
        """What concerns tools and their sale."""
        return ShopSettings(self.env)

    def _told(self, name: str) -> str:
        if not self.env.get(name):
            raise MissingSettings(f"not set in the environment: {name}")
        return self.env[name]


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """How the browser function starts its browsers."""

    search: Mapping[str, str]
    process_model: str
    sandboxed: bool
    memory_mb: int
    egress_allow: str

    @classmethod
    def of_process(cls) -> Self:
        """Raises: MissingSettings: a process model that does not exist."""
        env = os.environ
        model = env.get("BROWSER_PROCESS_MODEL") or "auto"
        if model not in _PROCESS_MODELS:
            raise MissingSettings(f"BROWSER_PROCESS_MODEL is none of {', '.join(_PROCESS_MODELS)}")
        in_lambda = env.get("WEBFERRY_ENVIRONMENT") == "aws"
        # Lambda has no user namespaces, and Chromium's sandbox refuses root.
        can_be_sandboxed = not in_lambda and hasattr(os, "geteuid") and os.geteuid() != 0
        return cls(
            search={name: env[name] for name in _LEAD_TO_A_BROWSER if name in env},
            process_model=model,
            sandboxed=can_be_sandboxed and env.get("BROWSER_SANDBOX") != "off",
            memory_mb=int(env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") or 2048),
            egress_allow=env.get("WEBFERRY_EGRESS_ALLOW", ""),
        )

    @property
    def lanes(self) -> int:
        """Pages at a time: two for each processor, which Lambda gives by memory."""
        return lanes_of(self.memory_mb)

    @property
    def lane_memory_mb(self) -> int:
        """What one page may take: its share of all but what we and a reserve need."""
        return int(self.memory_mb * 0.7) // self.lanes


def lanes_of(memory_mb: int) -> int:
    """How many pages a function of that size renders at a time."""
    return max(1, 2 * memory_mb // _MB_FOR_A_PROCESSOR)


def is_traced() -> bool:
    """Whether X-Ray has chosen the invocation that is running now."""
    return os.environ.get("WEBFERRY_ENVIRONMENT") == "aws" and "Sampled=1" in os.environ.get(
        "_X_AMZN_TRACE_ID", ""
    )
