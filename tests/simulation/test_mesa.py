"""A city that is written the Mesa way, apart from ours, comes to the same."""

from __future__ import annotations

from bench.simulation import verdict


def test_a_city_the_mesa_way_comes_to_the_same_within_chance() -> None:
    told = verdict(seeds=4)
    assert told.endswith("the same within chance"), told
