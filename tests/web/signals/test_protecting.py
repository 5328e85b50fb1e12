"""Counts that leave the team: nobody derives a small group, whatever they see in full themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.measures.disclosure import Ledger
from ongedeeld.web.signals.counting.areas import ALL, CountedAreas, Counts
from ongedeeld.web.signals.counting.protecting import hidden_in, protected
from tests.web.signals.attacking import bounds_for, small_groups, told

KINDS = ("concern", "nuisance")
LEAVES = {"N1": "W1", "N2": "W1", "N3": "W2", "N4": "W2", "N5": "W2"}
AREAS = CountedAreas(
    {ALL: None, "W1": ALL, "W2": ALL, **LEAVES},
    {leaf: frozenset({leaf, district, "G"}) for leaf, district in LEAVES.items()},
)
NOBODY: frozenset[str] = frozenset()


def _counts(*rows: tuple[str, str, str, int]) -> Counts:
    return {(area, complex_, kind): count for area, complex_, kind, count in rows}


def _shown(counts: Counts, reaches: list[frozenset[str]], folder: Path) -> dict[tuple[str, str], int | None]:
    found = protected(AREAS, counts, KINDS, reaches, Ledger.open(folder / "ledger.json"))
    return {
        (area, kind): count for area, kind, count in found.table.select("area", "kind", "count").iter_rows()
    }


FEW_NEXT_DOOR = _counts(
    ("N1", "A", "nuisance", 60), ("N2", "B", "nuisance", 3), ("N3", "C", "nuisance", 40),
    ("N4", "D", "nuisance", 35), ("N5", "E", "nuisance", 30), ("N3", "C", "concern", 30),
    ("N1", "A", "concern", 40), ("N2", "B", "concern", 25), ("N4", "D", "concern", 30),
    ("N5", "E", "concern", 20),
)  # fmt: skip


def test_it_rounds_what_is_large_and_hides_what_is_small(tmp_path: Path) -> None:
    shown = _shown(FEW_NEXT_DOOR, [], tmp_path)
    assert shown["N3", "nuisance"] == 40
    assert shown["N2", "nuisance"] is None
    assert shown[ALL, "nuisance"] == 170


def test_without_the_team_next_door_the_district_would_tell(tmp_path: Path) -> None:
    # W1 had 63 reports of nuisance: whoever works in N1 and knows of 60 would know of the other 3.
    naive = protected(AREAS, FEW_NEXT_DOOR, KINDS, [], Ledger.open(tmp_path / "ledger.json"))
    reach = frozenset({"N1"})
    small = small_groups(AREAS, FEW_NEXT_DOOR, KINDS, reach)
    assert ("W1", "nuisance") not in hidden_in(naive)
    assert told(bounds_for(naive, AREAS, FEW_NEXT_DOOR, KINDS, reach), small)


def test_it_hides_a_district_from_whoever_would_subtract_their_own_part(tmp_path: Path) -> None:
    shown = _shown(FEW_NEXT_DOOR, [frozenset({"N1"})], tmp_path)
    assert shown["W1", "nuisance"] is None
    # Nor can both others be shown, of which it is the difference.
    assert None in (shown[ALL, "nuisance"], shown["W2", "nuisance"])


def test_two_roles_of_one_person_count_together(tmp_path: Path) -> None:
    few = {**FEW_NEXT_DOOR, ("N5", "E", "nuisance"): 6, ("N2", "B", "nuisance"): 25}
    here, there = frozenset({"N3"}), frozenset({"N4"})
    both = here | there
    small = small_groups(AREAS, few, KINDS, both)
    assert ("W2", "nuisance") in small
    apart = protected(AREAS, few, KINDS, [here, there], Ledger.open(tmp_path / "ledger.json"))
    assert told(bounds_for(apart, AREAS, few, KINDS, both), small)
    together = protected(AREAS, few, KINDS, [here, there, both], Ledger.open(tmp_path / "ledger.json"))
    assert not told(bounds_for(together, AREAS, few, KINDS, both), small)


counts_of_a_quarter = st.dictionaries(
    st.tuples(st.sampled_from(sorted(LEAVES)), st.sampled_from(["", "A", "B"]), st.sampled_from(KINDS)),
    st.one_of(st.integers(0, 14), st.integers(0, 90)),
    max_size=30,
)
reaches_of_people = st.lists(
    st.frozensets(st.sampled_from([*LEAVES, "W1", "W2", "A", "B"]), min_size=1, max_size=4), max_size=4
)


@pytest.mark.soak
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(counts=counts_of_a_quarter, reaches=reaches_of_people)
def test_no_reader_with_roles_of_their_own_derives_a_small_group(
    counts: Counts, reaches: list[frozenset[str]], tmp_path: Path
) -> None:
    found = protected(AREAS, counts, KINDS, reaches, Ledger.open(tmp_path / "ledger.json"))
    for reach in [NOBODY, *reaches]:
        bounds = bounds_for(found, AREAS, counts, KINDS, reach)
        assert not told(bounds, small_groups(AREAS, counts, KINDS, reach))
