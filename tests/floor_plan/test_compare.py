"""What was declared is contained in what is there, however a service spells it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry_local.floor_plan.compare import NOTHING, differences

scalars = st.booleans() | st.integers() | st.text(min_size=1, alphabet="abcdef ")
declarations = st.recursive(
    scalars,
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.sampled_from("ABCDE"), children, max_size=3)
    ),
    max_leaves=12,
)


@given(declarations)
def test_everything_holds_itself(declared: object) -> None:
    assert not list(differences("X", declared, declared))


@given(st.dictionaries(st.sampled_from("ABCDE"), scalars, min_size=1), st.data())
def test_a_missing_member_is_the_difference(
    declared: dict[str, object], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(declared)))
    found = {key: value for key, value in declared.items() if key != name}

    (difference,) = differences("X", declared, found)

    assert difference.path == f"X.{name}"
    assert difference.declared == declared[name]
    assert difference.found is NOTHING


@given(st.lists(scalars, unique_by=str), st.randoms(use_true_random=False))
def test_lists_hold_in_any_order(declared: list[object], shuffler: object) -> None:
    found = [*declared, "zz"]
    shuffler.shuffle(found)  # type: ignore[attr-defined]

    assert not list(differences("X", declared, found))


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        (5, "5"),
        ("5", 5.0),
        (True, "true"),
        ({"a": 1}, json.dumps({"a": 1, "b": 2})),
        ('{"a": [1]}', {"a": [1]}),
        ("dynamodb:GetItem", ["dynamodb:GetItem"]),
        ("", NOTHING),
        ([], None),
    ],
)
def test_the_same_said_differently_is_the_same(declared: object, found: object) -> None:
    assert not list(differences("X", declared, found))


@pytest.mark.parametrize(
    ("declared", "found", "line"),
    [
        (5, 6, "X: declared 5, engine has 6"),
        ({"A": {"B": 1}}, {"A": {}}, "X.A.B: declared 1, engine has nothing"),
        ([1, 1], [1], "X[1]: declared 1, engine has [1]"),
        (False, NOTHING, "X: declared false, engine has nothing"),
        ("", "x", 'X: declared "", engine has "x"'),
    ],
)
def test_a_difference_is_one_readable_line(declared: object, found: object, line: str) -> None:
    (difference,) = differences("X", declared, found)

    assert str(difference) == line
