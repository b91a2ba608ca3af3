"""First answers as items; one too large for an item lies in the bucket.

Items of the `Traffic` table that are ours, by partition key and sort key:

    once#<digest>   answer   who answers a request, and until when; then the sealed answer, or where
"""

from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.adapters.s3 import S3Bodies
from webferry.domain.errors import Unavailable
from webferry.domain.once import Claim
from webferry.traffic_ports import Met

MAX_INLINE_BYTES = 200_000
# DynamoDB may take days to delete what has expired, so a claim looks at the time itself.
_FREE = (
    "attribute_not_exists(#expires_at) OR #expires_at < :now_s"
    " OR (#until_ms < :now_ms AND attribute_not_exists(#size))"
)
_CLAIM = (
    "SET #fingerprint = :fingerprint, #holder = :holder, #until_ms = :until_ms,"
    " #expires_at = :expires_at REMOVE #size, #sealed, #place"
)
_OURS = "#holder = :holder AND attribute_not_exists(#size)"
_CLAIM_KEPT_S = 3600


class DynamoAnswers:
    """A claim is one conditional update, which brings the answer if there is one already."""

    def __init__(self, table: WideTable, bodies: S3Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def claim(self, claim: Claim, now_ms: int) -> Met | None:
        """Lay a claim where there is none that still counts, else what was met.

        Raises: Unavailable.
        """
        met = self._table.move(
            _key(claim),
            _FREE,
            _CLAIM,
            now_s=now_ms // 1000,
            now_ms=now_ms,
            fingerprint=claim.once.fingerprint,
            holder=claim.holder,
            until_ms=claim.until_ms,
            expires_at=claim.until_ms // 1000 + _CLAIM_KEPT_S,
        )
        if met.moved:
            return None
        sealed = met.item.get("sealed")
        if "place" in met.item:
            sealed = self._bodies.get(met.item["place"], 0, met.item["size"])
        return Met(met.item["fingerprint"], sealed)

    def keep(self, claim: Claim, sealed: bytes, until_ms: int) -> None:
        """Store the answer of a request, unless somebody else has claimed it meanwhile.

        Raises: Unavailable.
        """
        where: dict[str, object] = {"sealed": sealed}
        if len(sealed) > MAX_INLINE_BYTES:
            where = {"place": self._put(claim, sealed)}
        [name] = where
        self._table.change(
            _key(claim),
            _OURS,
            f"SET #{name} = :{name}, #size = :size, #expires_at = :expires_at",
            **where,
            holder=claim.holder,
            size=len(sealed),
            expires_at=until_ms // 1000,
        )

    def release(self, claim: Claim) -> None:
        """Raises: Unavailable."""
        self._table.change(
            _key(claim), _OURS, "SET #until_ms = :until_ms", holder=claim.holder, until_ms=0
        )

    def _put(self, claim: Claim, sealed: bytes) -> str:
        # The holder's own name: whoever comes too late must not overwrite what another has kept.
        place = f"answers/{claim.once.name}/{claim.holder}"
        try:
            self._bodies.put(place, sealed)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("A large answer cannot be kept") from error
        return place


def _key(claim: Claim) -> Key:
    return Key(f"once#{claim.once.name}", "answer")
