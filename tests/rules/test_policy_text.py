"""Local policy written as the file that is read."""

from __future__ import annotations

import tomllib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.rules.policy_text import Entry, policy_text

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(0, 10_000_000),
    st.floats(0, 1),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.lists(TEXTS).map(tuple),
    st.lists(st.integers(0, 99)).map(tuple),
)


@given(holder=TEXTS, remark=TEXTS, value=VALUES)
def test_what_is_written_is_what_is_read(holder: str, remark: str, value: object) -> None:
    text = policy_text(holder, [Entry("urgency", {"field": value}, remark)] * 2)  # type: ignore[dict-item]
    read = tomllib.loads(text)
    told = list(value) if isinstance(value, tuple) else value
    assert read == {"holder": holder, "urgency": [{"field": told}] * 2}
