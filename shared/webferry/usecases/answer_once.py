"""Answers a request that carries a key of its caller's once, and repeats that answer after."""

import logging
import zlib
from dataclasses import dataclass

from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.once import ANSWER_LIFETIME_MS, Answer, Claim, Once, StillAnswering
from webferry.ports import Chance, Clock
from webferry.traffic_ports import Answers, Vault

_HOLDER_LENGTH = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerOnce:
    """Claim, answer, keep: who dies in between leaves a claim that lapses."""

    answers: Answers
    vault: Vault
    chance: Chance
    clock: Clock

    def begin(self, once: Once, lasts_ms: int) -> Claim | Answer:
        """The claim to answer a request, which lapses after a while; its answer if it has one.

        Raises: Conflict: the key stands for another request, StillAnswering, Unavailable.
        """
        now_ms = self.clock.now_ms()
        claim = Claim(once, self.chance.base62(_HOLDER_LENGTH), now_ms + lasts_ms)
        try:
            met = self.answers.claim(claim, now_ms)
        except NotFound as error:
            raise Unavailable("The first answer to this request cannot be read") from error
        if met is None:
            return claim
        once.check(met.fingerprint)
        if met.sealed is None:
            raise StillAnswering("A request with that Idempotency-Key is still being answered")
        return _opened(self.vault.unseal(met.sealed, owner=once.name))

    def keep(self, claim: Claim, answer: Answer) -> None:
        """Have the answer repeated for a day; if that fails, the caller gets it all the same."""
        try:
            sealed = self.vault.seal(_closed(answer), owner=claim.once.name)
            self.answers.keep(claim, sealed, self.clock.now_ms() + ANSWER_LIFETIME_MS)
        except Unavailable:
            _log.warning("an answer was not kept", exc_info=True)

    def release(self, claim: Claim) -> None:
        """Give the claim back: nothing was done, or nobody knows what."""
        try:
            self.answers.release(claim)
        except Unavailable:
            _log.warning("a claim was not released, and lapses", exc_info=True)


def _closed(answer: Answer) -> bytes:
    head = f"{answer.status} {answer.media_type}\n".encode()
    return zlib.compress(head + answer.body, level=6)


def _opened(closed: bytes) -> Answer:
    head, _, body = zlib.decompress(closed).partition(b"\n")
    status, _, media_type = head.decode().partition(" ")
    return Answer(int(status), media_type, body)
