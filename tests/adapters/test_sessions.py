"""Sessions on the engine: sign in, be known, sign out here or everywhere; guessing has an end."""

import argon2
import pytest

from tests.furnished import PASSWORD, TABLE, Furnished
from webferry.access_wiring import Gatehouse
from webferry.adapters.argon2_passwords import Argon2Passwords
from webferry.domain.errors import RateLimited, Unauthorized, UserDisabled
from webferry.usecases.sign_in import NOBODY

EMAIL = "ada@example.com"
HERE = "198.51.100.7"


@pytest.fixture
def gate(furnished: Furnished) -> Gatehouse:
    furnished.open_account(EMAIL)
    return Gatehouse(furnished.house)


def is_known(gate: Gatehouse, session: str) -> bool:
    try:
        return bool(gate.read_session(session).email == EMAIL)
    except Unauthorized:
        return False


def test_who_signs_in_is_known_until_they_sign_out(gate: Gatehouse) -> None:
    here, there = (gate.sign_in(" Ada@Example.com", PASSWORD, HERE) for _ in range(2))
    assert is_known(gate, here)
    assert gate.read_session(here).form_proof != gate.read_session(there).form_proof

    gate.sign_out(here)

    assert (is_known(gate, here), is_known(gate, there)) == (False, True)
    gate.sign_out(here, everywhere=True)
    assert is_known(gate, there)


def test_who_signs_out_everywhere_is_known_nowhere(gate: Gatehouse) -> None:
    sessions = [gate.sign_in(EMAIL, PASSWORD, HERE) for _ in range(3)]

    gate.sign_out(sessions[0], everywhere=True)

    assert not any(is_known(gate, session) for session in sessions)


def test_a_wrong_password_and_a_stranger_read_the_same(gate: Gatehouse) -> None:
    sentences = set()
    for email, password in ((EMAIL, "wrong"), ("bob@example.com", PASSWORD), ("nonsense", "x")):
        with pytest.raises(Unauthorized) as refused:
            gate.sign_in(email, password, HERE)
        sentences.add(refused.value.message)

    assert len(sentences) == 1


def test_a_stranger_costs_a_comparison_of_the_same_strength() -> None:
    ours = argon2.extract_parameters(Argon2Passwords().hash("x"))
    nobody = argon2.extract_parameters(NOBODY)

    assert (nobody.memory_cost, nobody.time_cost, nobody.parallelism, nobody.hash_len) == (
        ours.memory_cost,
        ours.time_cost,
        ours.parallelism,
        ours.hash_len,
    )
    with pytest.raises(argon2.exceptions.VerifyMismatchError):
        argon2.PasswordHasher().verify(NOBODY, "x")
    assert not Argon2Passwords().matches(NOBODY, "x")


def test_guessing_has_an_end_even_for_who_then_knows(gate: Gatehouse) -> None:
    for _ in range(10):
        with pytest.raises(Unauthorized):
            gate.sign_in(EMAIL, "wrong password", HERE)
    with pytest.raises(RateLimited):
        gate.sign_in(EMAIL, PASSWORD, HERE)

    assert gate.sign_in(EMAIL, PASSWORD, "198.51.100.8")


def test_a_disabled_account_is_refused_at_once(gate: Gatehouse, furnished: Furnished) -> None:
    session = gate.sign_in(EMAIL, PASSWORD, HERE)
    account = furnished.house.find_account(EMAIL)
    furnished.house.disable_account(account.id)

    with pytest.raises(UserDisabled):
        gate.read_session(session)
    with pytest.raises(UserDisabled):
        gate.sign_in(EMAIL, PASSWORD, HERE)


def test_no_session_lies_in_the_table(gate: Gatehouse, furnished: Furnished) -> None:
    session = gate.sign_in(EMAIL, PASSWORD, HERE)

    kept = str(furnished.session.client("dynamodb").scan(TableName=TABLE)["Items"])

    assert session[24:56] not in kept
