"""An account's webhook signing secrets: read, replaced with an overlap, and the overlap ended."""

from dataclasses import dataclass

from webferry.domain import webhooks
from webferry.domain.errors import Conflict, InvalidRequest
from webferry.domain.signatures import MAX_OVERLAP_MS, SigningSecrets
from webferry.ports import Chance, Clock, Sealer
from webferry.webhook_ports import SealedSecrets, SecretStore


@dataclass(frozen=True, slots=True)
class ReadSigningSecrets:
    """What signs at this moment."""

    store: SecretStore
    sealer: Sealer
    clock: Clock

    def __call__(self, account_id: str) -> SigningSecrets:
        """Raises: NotFound, Unavailable."""
        sealed = self.store.secrets_of(account_id)
        return self.opened(account_id, sealed).at(self.clock.now_ms())

    def opened(self, account_id: str, sealed: SealedSecrets) -> SigningSecrets:
        """The secrets themselves. Raises: Unavailable."""
        following = sealed.next and self.sealer.unseal(sealed.next, owner=account_id)
        current = self.sealer.unseal(sealed.current, owner=account_id)
        return SigningSecrets(current, following or None, sealed.next_alone_at_ms)


@dataclass(frozen=True, slots=True)
class RotateSigningSecret:
    """While the overlap lasts both secrets sign, so that a receiver can learn the new one."""

    store: SecretStore
    sealer: Sealer
    read: ReadSigningSecrets
    chance: Chance
    clock: Clock

    def __call__(self, account_id: str, overlap_ms: int) -> SigningSecrets:
        """The secrets from now on.

        Raises: InvalidRequest, Conflict: an overlap lasts already, NotFound, Unavailable.
        """
        if not 0 <= overlap_ms <= MAX_OVERLAP_MS:
            why = f"must be from 0 to {MAX_OVERLAP_MS // 1000}"
            raise InvalidRequest(f"overlapSeconds: {why}", overlapSeconds=why)
        before, now_ms = self.store.secrets_of(account_id), self.clock.now_ms()
        signing = self.read.opened(account_id, before).at(now_ms)
        if signing.next is not None:
            raise Conflict("Two secrets sign already; complete that rotation first")
        secret = webhooks.signing_secret(self.chance.octets(webhooks.SECRET_BYTES))
        after = SigningSecrets(signing.current, secret, now_ms + overlap_ms).at(now_ms)
        self._store(account_id, before, after)
        return after

    def complete(self, account_id: str) -> SigningSecrets:
        """End the overlap now: the new secret is the only one.

        Raises: Conflict: only one secret signs, NotFound, Unavailable.
        """
        before, now_ms = self.store.secrets_of(account_id), self.clock.now_ms()
        signing = self.read.opened(account_id, before).at(now_ms)
        if signing.next is None:
            raise Conflict("No rotation is under way")
        after = SigningSecrets(signing.next)
        self._store(account_id, before, after)
        return after

    def _store(self, account_id: str, before: SealedSecrets, after: SigningSecrets) -> None:
        following = after.next and self.sealer.seal(after.next, owner=account_id)
        sealed = SealedSecrets(
            self.sealer.seal(after.current, owner=account_id),
            following or None,
            after.next_alone_at_ms,
        )
        if not self.store.replace_secrets(account_id, before, sealed):
            raise Conflict("The secret was changed by somebody else just now")
