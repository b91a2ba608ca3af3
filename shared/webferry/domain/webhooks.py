"""Webhook signing secrets: their form."""

from base64 import b64encode

STANDARD_PREFIX = "whsec_"
SECRET_BYTES = 32


def signing_secret(random_bytes: bytes) -> str:
    """The secret made of these bytes, in the form that Standard Webhooks libraries read."""
    return STANDARD_PREFIX + b64encode(random_bytes).decode()
