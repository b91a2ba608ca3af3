"""Webhooks over TLS: only to who can prove to be the receiver."""

from pathlib import Path

from tests.adapters.certificates import write_certificate
from tests.adapters.test_http_poster import post, poster
from tests.receivers import receiver, says


def test_a_certificate_must_be_the_hosts_own_and_vouched_for(tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path / "certificate.pem")
    with receiver(says("200 OK"), certificate) as running:
        trusted = post(poster(running.host, roots=certificate), running.url)
        nobodys = post(poster(running.host), running.url)
        port = running.host.rpartition(":")[2]
        others = post(poster(running.host, roots=certificate), f"https://local.test:{port}/")

        assert trusted.status == 200
        assert (nobodys.status, others.status) == (None, None)
        assert len(running.heard) == 1


def test_a_certificate_that_has_expired_vouches_for_nobody(tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path / "expired.pem", days=-1)
    with receiver(says("200 OK"), certificate) as running:
        posted = post(poster(running.host, roots=certificate), running.url)

        assert (posted.status, posted.error) == (None, "The receiver could not be connected to")
        assert running.heard == []
