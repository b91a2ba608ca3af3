"""Both signatures over the same bytes, with one secret and with two."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from webferry.domain.signatures import SigningSecrets, signature_headers
from webferry.domain.webhooks import signing_secret

OLD, NEW = signing_secret(b"o" * 32), signing_secret(b"n" * 32)
BODY = '{"text":"Grüße, 世界"}'.encode()
AT_S = 1_795_215_262


def headers(secrets: SigningSecrets, body: bytes = BODY) -> dict[str, str]:
    return dict(signature_headers(secrets, "msg_1", AT_S, body))


@pytest.mark.promise("tools.webhook.signature")
def test_the_documented_signature_is_the_hex_hmac_of_the_raw_body() -> None:
    expected = hmac.new(OLD.encode(), BODY, sha256).hexdigest()

    assert headers(SigningSecrets(OLD))["X-Mapiok-Signature"] == f"sha256={expected}"


@pytest.mark.promise("webhook.standard-headers")
def test_the_standard_signature_covers_id_timestamp_and_body() -> None:
    signed = headers(SigningSecrets(OLD))
    key = b64decode(OLD.removeprefix("whsec_"))
    expected = hmac.new(key, b"msg_1.1795215262." + BODY, sha256).digest()

    assert signed["webhook-id"] == "msg_1"
    assert signed["webhook-timestamp"] == "1795215262"
    assert signed["webhook-signature"] == "v1," + b64encode(expected).decode()


def test_one_changed_byte_changes_both_signatures() -> None:
    first, other = headers(SigningSecrets(OLD)), headers(SigningSecrets(OLD), BODY + b" ")

    assert first["X-Mapiok-Signature"] != other["X-Mapiok-Signature"]
    assert first["webhook-signature"] != other["webhook-signature"]


def test_during_an_overlap_both_secrets_sign_and_the_old_one_keeps_its_header() -> None:
    both = headers(SigningSecrets(OLD, NEW, 2))
    old, new = headers(SigningSecrets(OLD)), headers(SigningSecrets(NEW))

    assert both["X-Mapiok-Signature"] == old["X-Mapiok-Signature"]
    assert both["X-Mapiok-Signature-Next"] == new["X-Mapiok-Signature"]
    assert both["webhook-signature"].split() == [
        old["webhook-signature"],
        new["webhook-signature"],
    ]


def test_when_the_overlap_ends_the_next_secret_signs_alone() -> None:
    secrets = SigningSecrets(OLD, NEW, next_alone_at_ms=1000)

    assert secrets.at(999) == secrets
    assert secrets.at(1000) == SigningSecrets(NEW)
    assert "X-Mapiok-Signature-Next" not in headers(secrets.at(1000))
