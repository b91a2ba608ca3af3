"""Secrets that the user's shell tells: kept where AWS would keep them, and gone when not told."""

from contextlib import suppress

import boto3


def keep(session: boto3.Session, name: str, text: str) -> str:
    """The ARN of the secret of that name; without a text, no trace of an earlier one."""
    secrets = session.client("secretsmanager")
    if not text:
        with suppress(secrets.exceptions.ResourceNotFoundException):
            secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        return ""
    try:
        made = secrets.create_secret(Name=name, SecretString=text)
    except secrets.exceptions.ResourceExistsException:
        made = secrets.put_secret_value(SecretId=name, SecretString=text)
    return str(made["ARN"])
