"""Paging: pages join to the list, in its order, whatever the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.errors import InvalidRequest
from webferry.web.paging import Cut


@given(st.sets(st.text(max_size=20)), st.integers(1, 100))
def test_pages_join_to_the_whole_list(names: set[str], limit: int) -> None:
    items = sorted(names, reverse=True)
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(len(items) + 1):
        page, cursor = Cut(limit, cursor).of(items, str)
        assert len(page) <= limit
        seen += page
        if cursor is None:
            break
    assert seen == items


@given(st.text(min_size=1))
def test_any_cursor_is_a_page_or_a_clear_refusal(cursor: str) -> None:
    try:
        page, _ = Cut(10, cursor).of(["b", "a"], str)
    except InvalidRequest:
        return
    assert set(page) <= {"a", "b"}


def test_an_item_added_meanwhile_moves_no_page() -> None:
    page, cursor = Cut(2, None).of(["d", "c", "b", "a"], str)
    following, _ = Cut(2, cursor).of(["e", "d", "c", "b", "a"], str)

    assert (page, following) == (["d", "c"], ["b", "a"])


def test_a_cursor_of_another_make_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        Cut(10, "not base64!").of(["a"], str)
