from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.inclusion import StraightLine, WalkingNetwork, walking_network

NODES = pl.DataFrame(
    {"id": ["a", "b", "c", "d"], "x_m": [0.0, 300.0, 300.0, 9000.0], "y_m": [0.0, 0.0, 400.0, 0.0]}
)
# A street from a to b to c; d lies apart.
EDGES = pl.DataFrame({"a": ["a", "b"], "b": ["b", "c"], "length_m": [320.0, 400.0]})


def at(*places: tuple[float, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array(places, dtype=np.float64)


def street(**changed: object) -> WalkingNetwork:
    return walking_network(NODES, EDGES, **changed)  # type: ignore[arg-type]


def test_a_network_follows_its_streets_and_counts_the_way_to_it() -> None:
    near = street().near(at((0, 10)), at((300, 430)), 1000)
    assert near.nearest_m == pytest.approx([10 + 320 + 400 + 30])
    assert near.distance_m == pytest.approx([760])


def test_a_straight_line_takes_the_shortest_way() -> None:
    near = StraightLine().near(at((0, 0)), at((300, 400), (30, 40)), 400)
    assert near.nearest_m.tolist() == [50]
    assert (near.origin.tolist(), near.target.tolist(), near.distance_m.tolist()) == ([0], [1], [50])


def test_the_nearest_target_is_the_one_with_the_shortest_way() -> None:
    near = street().near(at((0, 0), (300, 0)), at((300, 400), (300, 100)), 450)
    # The second target joins b, 100 m away, and so does the way to it.
    assert near.nearest_m == pytest.approx([420, 100])
    assert list(zip(near.origin.tolist(), near.target.tolist(), near.distance_m.tolist(), strict=True)) == [
        (0, 1, 420),
        (1, 0, 400),
        (1, 1, 100),
    ]


def test_a_place_without_a_path_is_infinitely_far_and_one_off_the_network_is_not_known() -> None:
    near = street().near(at((9000, 0), (0, 5000)), at((0, 0)), 1000)
    assert np.isinf(near.nearest_m[0])
    assert np.isnan(near.nearest_m[1])
    assert len(near.origin) == 0


def test_targets_off_the_network_cannot_be_reached() -> None:
    near = street().near(at((0, 0)), at((0, 5000)), 10_000)
    assert np.isinf(near.nearest_m).all()
    assert len(near.origin) == 0


def test_the_shortest_of_two_paths_between_the_same_nodes_counts_also_of_no_length() -> None:
    nodes = pl.DataFrame({"id": [1, 2, 3], "x_m": [0.0, 0.0, 60.0], "y_m": [0.0, 0.0, 0.0]})
    edges = pl.DataFrame({"a": [1, 2, 3], "b": [2, 3, 2], "length_m": [0.0, 90.0, 70.0]})
    near = walking_network(nodes, edges).near(at((0, 0)), at((60, 0)), 100)
    assert near.nearest_m.tolist() == [70]


points = st.tuples(st.floats(0, 2000), st.floats(0, 2000))


@given(st.data())
def test_a_way_along_a_network_is_never_shorter_than_the_straight_line(data: st.DataObject) -> None:
    where = data.draw(st.lists(points, min_size=2, max_size=12))
    ends = st.integers(0, len(where) - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends, st.floats(1, 3)), min_size=1, max_size=30))
    lengths = [float(np.hypot(*np.subtract(where[a], where[b]))) * detour for a, b, detour in pairs]
    nodes = pl.DataFrame(
        {"id": list(range(len(where))), "x_m": [x for x, _ in where], "y_m": [y for _, y in where]}
    )
    edges = pl.DataFrame({"a": [a for a, _, _ in pairs], "b": [b for _, b, _ in pairs], "length_m": lengths})
    origins = np.array(data.draw(st.lists(points, min_size=1, max_size=5)))
    targets = np.array(data.draw(st.lists(points, min_size=1, max_size=5)))
    walked = walking_network(nodes, edges, off_network_m=500).near(origins, targets, 1500)
    flown = StraightLine().near(origins, targets, 1500)
    told = ~np.isnan(walked.nearest_m)
    assert (walked.nearest_m[told] >= flown.nearest_m[told] - 1e-6).all()
    straight = np.hypot(*(origins[walked.origin] - targets[walked.target]).T)
    assert (walked.distance_m >= straight - 1e-6).all()
    for origin in set(walked.origin.tolist()):
        nearest = walked.distance_m[walked.origin == origin].min()
        assert nearest == pytest.approx(walked.nearest_m[origin])


@pytest.mark.parametrize(
    ("nodes", "edges", "words"),
    [
        (
            NODES,
            EDGES.with_columns(length_m=pl.lit(-5.0)),
            "from a to b of the walking network has the negative length",
        ),
        (NODES, EDGES.with_columns(length_m=pl.lit(None, pl.Float64)), "has no length"),
        (NODES, EDGES.with_columns(length_m=pl.lit(250.0)), "is 250.0 m: shorter than the straight line"),
        (NODES, EDGES.with_columns(b=pl.lit("z")), "an edge to node z, which is not among its nodes"),
        (NODES, EDGES.drop("length_m"), "the edges of the walking network lack length_m"),
        (NODES.drop("x_m"), EDGES, "the nodes of the walking network lack x_m"),
        (NODES.clear(), EDGES, "the nodes of the walking network lack rows"),
        (NODES.with_columns(id=pl.lit("a")), EDGES, "node a of the walking network has no id of its own"),
        (
            NODES.with_columns(y_m=pl.lit(None, pl.Float64)),
            EDGES,
            "node a of the walking network has no coordinates",
        ),
    ],
)
def test_it_refuses_a_network_that_cannot_be(nodes: pl.DataFrame, edges: pl.DataFrame, words: str) -> None:
    with pytest.raises(InputError, match=words):
        walking_network(nodes, edges)
