"""Reads secrets back from the engine; a generated one is judged by what it is made of."""

import string
from collections.abc import Mapping
from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed

_EXCLUDABLE = {
    "ExcludeLowercase": string.ascii_lowercase,
    "ExcludeUppercase": string.ascii_uppercase,
    "ExcludeNumbers": string.digits,
    "ExcludePunctuation": string.punctuation,
}


def read_secret(cloud: Cloud, placed: Placed) -> Answer | None:
    answer = cloud.ask("secretsmanager", "describe_secret", SecretId=placed.physical_id)
    if answer is None:
        return None
    if "GenerateSecretString" in placed.declared:
        value = _value(cloud, placed)
        made = placed.declared["GenerateSecretString"]
        answer["GenerateSecretString"] = {name: _judge(name, made, value) for name in made}
    if "SecretString" in placed.declared:
        answer["SecretString"] = _value(cloud, placed)
    return answer


def _value(cloud: Cloud, placed: Placed) -> str:
    secret = cloud.ask("secretsmanager", "get_secret_value", SecretId=placed.physical_id)
    return str(secret["SecretString"]) if secret else ""


def _judge(name: str, made: Mapping[str, Any], value: str) -> object:
    """The option as this value shows it; None when it shows nothing of it."""
    if name == "PasswordLength":
        return len(value)
    if name == "ExcludeCharacters":
        return made[name] if not set(made[name]) & set(value) else None
    if name in _EXCLUDABLE:
        return not set(_EXCLUDABLE[name]) & set(value)
    if name == "RequireEachIncludedType":
        return made[name]
    return None
