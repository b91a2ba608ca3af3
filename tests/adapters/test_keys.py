"""Keys on the engine: ids never collide, only digests are stored, and revocation binds at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.furnished import TABLE, Furnished
from webferry.adapters.system import SystemChance
from webferry.domain import keys
from webferry.domain.errors import Forbidden, NotFound, Unauthorized
from webferry.domain.keys import Caller, Scope
from webferry.usecases.authenticate import LAST_USED_RESOLUTION_MS, Authenticate
from webferry.usecases.issue_key import IssueKey


class StoppedClock:
    """A clock that shows one moment."""

    def __init__(self, moment_ms: int) -> None:
        self.moment_ms = moment_ms

    def now_ms(self) -> int:
        return self.moment_ms

    def tick_ms(self) -> float:
        return float(self.moment_ms)


def test_a_key_is_its_account_and_its_scopes(furnished: Furnished) -> None:
    caller = furnished.open_account("ada@example.com")

    issued = furnished.house.issue_key(caller, " Mine ", [Scope.RUNS_READ, Scope.RUNS_READ])

    assert issued.key.name == "Mine"
    assert furnished.house.authenticate(issued.text) == Caller(
        caller.account_id, issued.key.id, (Scope.RUNS_READ,)
    )


@pytest.mark.promise("key.hashed")
def test_nothing_stored_contains_the_key(furnished: Furnished) -> None:
    text = furnished.key_of("ada@example.com")

    answer = furnished.session.client("dynamodb").scan(TableName=TABLE, ConsistentRead=True)

    secret = text.removeprefix(keys.KEY_PREFIX)[8:-6]
    assert secret not in repr(answer["Items"])
    assert keys.digest(text, b"p" * 64) in repr(answer["Items"])


@pytest.mark.promise("key.mint.scope")
def test_a_key_cannot_grant_what_it_lacks(furnished: Furnished) -> None:
    narrow = replace(furnished.open_account("ada@example.com"), scopes=(Scope.KEYS_WRITE,))

    with pytest.raises(Forbidden):
        furnished.house.issue_key(narrow, "Key", [Scope.KEYS_WRITE, Scope.TOOLS_RUN])
    assert furnished.house.list_keys(narrow.account_id) == []


@pytest.mark.promise("key.mint.default")
def test_a_key_made_without_scopes_gets_its_makers(furnished: Furnished) -> None:
    narrow = replace(furnished.open_account("ada@example.com"), scopes=(Scope.KEYS_WRITE,))

    assert furnished.house.issue_key(narrow, "Key").key.scopes == (Scope.KEYS_WRITE,)


@pytest.mark.promise("dialect.id.keys")
def test_thirty_two_keys_of_one_millisecond_get_thirty_two_ids(furnished: Furnished) -> None:
    house = furnished.house
    callers = [furnished.open_account(f"{name}@example.com") for name in ("ada", "bob")]
    clock = StoppedClock(1_710_000_000_000)
    issue = IssueKey(house._keys, house._pepper, SystemChance(), clock)

    with ThreadPoolExecutor(32) as pool:
        issued = list(pool.map(lambda number: issue(callers[number % 2], "Key"), range(32)))

    ids = sorted(each.key.id for each in issued)
    assert ids == [f"key-{1_710_000_000_000 + step}" for step in range(32)]
    listed = [key for caller in callers for key in house.list_keys(caller.account_id)]
    assert sorted(key.id for key in listed) == ids


def test_keys_are_listed_newest_first_and_masked(furnished: Furnished) -> None:
    caller = furnished.open_account("ada@example.com")
    texts = [furnished.house.issue_key(caller, f"Key {number}").text for number in range(3)]

    listed = furnished.house.list_keys(caller.account_id)

    assert [key.name for key in listed] == ["Key 2", "Key 1", "Key 0"]
    assert [key.masked for key in listed] == [f"scr_live_****{text[-4:]}" for text in texts[::-1]]


@pytest.mark.promise("key.revoke")
def test_a_revoked_key_is_refused_at_its_next_use(furnished: Furnished) -> None:
    house, caller = furnished.house, furnished.open_account("ada@example.com")
    issued, other = house.issue_key(caller, "Key"), house.issue_key(caller, "Other")

    house.revoke_key(caller.account_id, issued.key.id)

    with pytest.raises(Unauthorized):
        house.authenticate(issued.text)
    with pytest.raises(NotFound):
        house.revoke_key(caller.account_id, issued.key.id)
    assert [key.id for key in house.list_keys(caller.account_id)] == [other.key.id]


def test_somebody_elses_key_cannot_be_revoked(furnished: Furnished) -> None:
    ada, bob = furnished.open_account("ada@example.com"), furnished.open_account("bob@example.com")
    issued = furnished.house.issue_key(ada, "Key")

    with pytest.raises(NotFound):
        furnished.house.revoke_key(bob.account_id, issued.key.id)

    assert furnished.house.authenticate(issued.text).account_id == ada.account_id


def test_a_key_that_was_never_issued_is_refused(furnished: Furnished) -> None:
    caller = furnished.open_account("ada@example.com")

    with pytest.raises(Unauthorized):
        furnished.house.authenticate(keys.mint(caller.account_id, "x" * 32))


@pytest.mark.promise("key.listed")
def test_the_last_use_is_remembered_to_some_minutes_and_never_revives_a_key(
    furnished: Furnished,
) -> None:
    house, caller = furnished.house, furnished.open_account("ada@example.com")
    issued = house.issue_key(caller, "Key")
    clock = StoppedClock(1_710_000_000_000)
    authenticate = Authenticate(house._keys, house._pepper, clock)

    def last_used_ms() -> list[int | None]:
        return [key.last_used_at_ms for key in house.list_keys(caller.account_id)]

    assert last_used_ms() == [None]
    authenticate(issued.text)
    assert last_used_ms() == [1_710_000_000_000]
    clock.moment_ms += LAST_USED_RESOLUTION_MS
    authenticate(issued.text)
    assert last_used_ms() == [1_710_000_000_000]
    clock.moment_ms += 1
    authenticate(issued.text)
    assert last_used_ms() == [clock.moment_ms]
    house.revoke_key(caller.account_id, issued.key.id)
    house._keys.touch(caller.account_id, keys.digest(issued.text, b"p" * 64), clock.moment_ms)
    assert last_used_ms() == []
