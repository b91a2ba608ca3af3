"""What the environment says: the only module that reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


class MissingSettings(RuntimeError):
    """The environment lacks names that nothing can be done without."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of what the house is plumbed to."""

    accounts_table: str
    key_pepper_secret: str
    egress_allow: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises: MissingSettings, naming all that is missing."""
        required = ("WEBFERRY_ACCOUNTS_TABLE", "WEBFERRY_KEY_PEPPER_SECRET")
        missing = [name for name in required if not env.get(name)]
        if missing:
            raise MissingSettings(f"not set in the environment: {', '.join(missing)}")
        return cls(
            accounts_table=env["WEBFERRY_ACCOUNTS_TABLE"],
            key_pepper_secret=env["WEBFERRY_KEY_PEPPER_SECRET"],
            egress_allow=env.get("WEBFERRY_EGRESS_ALLOW", ""),
        )

    @classmethod
    def of_process(cls) -> Self:
        """Raises: MissingSettings."""
        return cls.from_env(os.environ)


def is_traced() -> bool:
    """Whether X-Ray has chosen the invocation that is running now."""
    return os.environ.get("WEBFERRY_ENVIRONMENT") == "aws" and "Sampled=1" in os.environ.get(
        "_X_AMZN_TRACE_ID", ""
    )
