"""How far it is on foot: in a straight line, or along a walking network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.inclusion.answer import inclusion_assumptions
from ongedeeld.measures.inclusion.homes import Floats, points

# How far rounding of coordinates may make a path look shorter than the straight line between its ends.
_ROUNDING_M = 1.0
_TARGETS_AT_ONCE = 64
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Near:
    """How far each origin is from the targets.

    `nearest_m` has shape (origins,): infinite where no target can be reached, nan where the origin does not
    lie on the network. `origin`, `target` and `distance_m` have one entry for every pair that lies within
    the distance asked.
    """

    nearest_m: Floats
    origin: Integers
    target: Integers
    distance_m: Floats


class Ways(Protocol):
    """Something that knows distances on foot: :class:`StraightLine` or a :class:`WalkingNetwork`."""

    @property
    def name(self) -> str:
        """`straight_line` or `network`."""

    def near(self, origins: Floats, targets: Floats, within_m: float) -> Near:
        """Distances from points to points, both of shape (n, 2) in metres."""


@dataclass(frozen=True)
class StraightLine:
    """Distances as the crow flies; on foot it is about a third farther in most cities."""

    name: str = "straight_line"

    def near(self, origins: Floats, targets: Floats, within_m: float) -> Near:
        """Distances from points to points, both of shape (n, 2) in metres."""
        tree = KDTree(targets)
        nearest, _ = tree.query(origins)
        found = tree.query_ball_point(origins, within_m, return_sorted=True)
        origin = np.repeat(np.arange(len(origins)), [len(each) for each in found])
        target = np.array([number for each in found for number in each], dtype=np.int64)
        return Near(
            np.asarray(nearest, dtype=np.float64),
            origin,
            target,
            np.hypot(*(origins[origin] - targets[target]).T),
        )


@dataclass(frozen=True)
class WalkingNetwork:
    """A network of paths to walk along, in both directions. Make one with :func:`walking_network`.

    A place is joined to the nearest node in a straight line, the length of which counts; a place farther than
    `off_network_m` from every node does not lie on the network.
    """

    nodes: Floats
    paths: Any
    off_network_m: float
    name: str = "network"

    def near(self, origins: Floats, targets: Floats, within_m: float) -> Near:
        """Distances from points to points, both of shape (n, 2) in metres, along the shortest path."""
        from_node, from_m = self._joined(origins)
        to_node, to_m = self._joined(targets)
        on = np.flatnonzero(np.isfinite(to_m))
        nearest = from_m + self._nearest(to_node[on], to_m[on])[from_node]
        nearest[np.isinf(from_m)] = np.nan
        pairs = [
            self._pairs(from_node, from_m, to_node, to_m, on[start : start + _TARGETS_AT_ONCE], within_m)
            for start in range(0, max(len(on), 1), _TARGETS_AT_ONCE)
        ]
        origin, target, distance = (np.concatenate(part) for part in zip(*pairs, strict=True))
        order = np.lexsort((target, origin))
        return Near(nearest, origin[order], target[order], distance[order])

    def _joined(self, places: Floats) -> tuple[Integers, Floats]:
        """The node that each place is joined to, and how far that is: infinite where it is too far."""
        away, node = KDTree(self.nodes).query(places)
        return np.asarray(node, dtype=np.int64), np.where(away <= self.off_network_m, away, np.inf)

    def _nearest(self, node: Integers, away_m: Floats) -> Floats:
        """The distance of every node to the nearest target.

        One run from an extra node that leads to each target, over as many metres as the target lies off the
        network.
        """
        count = len(self.nodes)
        if not len(node):
            return np.full(count, np.inf)
        least = np.full(count, np.inf)
        np.minimum.at(least, node, away_m)
        ends = np.flatnonzero(np.isfinite(least))
        inner = self.paths.tocoo()
        rows = np.concatenate([inner.coords[0], np.full(len(ends), count)])
        columns = np.concatenate([inner.coords[1], ends])
        lengths = np.concatenate([inner.data, least[ends]])
        extended = csr_array((lengths, (rows, columns)), shape=(count + 1, count + 1))
        return np.asarray(dijkstra(extended, indices=count)[:count], dtype=np.float64)

    def _pairs(
        self,
        from_node: Integers,
        from_m: Floats,
        to_node: Integers,
        to_m: Floats,
        some: Integers,
        within_m: float,
    ) -> tuple[Integers, Integers, Floats]:
        along = dijkstra(self.paths, indices=to_node[some], limit=within_m)
        distance = along[:, from_node] + from_m[None, :] + to_m[some][:, None]
        target, origin = np.nonzero(distance <= within_m)
        return origin.astype(np.int64), some[target], distance[target, origin]


def walking_network(
    nodes: pl.DataFrame, edges: pl.DataFrame, off_network_m: float | None = None
) -> WalkingNetwork:
    """A walking network from its nodes and edges, checked.

    Parameters
    ----------
    nodes
        `id`, and `x_m` and `y_m` in metres in EPSG:28992.
    edges
        `a` and `b`, which are ids of nodes, and `length_m`, at least the straight line between the two.
        Edges are walked in both directions; of several between the same nodes the shortest counts.
    off_network_m
        How far a place may lie from the nearest node and still be joined to it; that of the assumptions by
        default.

    Raises
    ------
    InputError
        For a column that lacks, a node without coordinates or with a double id, an edge to a node that is
        not there, or a length that is missing, negative or shorter than the straight line.

    Examples
    --------
    >>> nodes = pl.DataFrame({"id": ["a", "b"], "x_m": [0.0, 300.0], "y_m": [0.0, 400.0]})
    >>> edges = pl.DataFrame({"a": ["a"], "b": ["b"], "length_m": [600.0]})
    >>> network = walking_network(nodes, edges)
    >>> network.near(np.array([[0.0, 0.0]]), np.array([[300.0, 400.0]]), 1000).nearest_m.tolist()
    [600.0]
    """
    _refuse_columns("nodes", nodes, ("id", "x_m", "y_m"))
    _refuse_columns("edges", edges, ("a", "b", "length_m"))
    ids = nodes["id"].cast(pl.String)
    _refuse_nodes(nodes, ids)
    numbered = _with_numbers(edges, ids)
    where = points(nodes.select(pl.col("x_m", "y_m").cast(pl.Float64)))
    _refuse_lengths(numbered, where)
    joined_within = inclusion_assumptions()["off_network_m"].value if off_network_m is None else off_network_m
    return WalkingNetwork(where, _paths(numbered, len(where)), float(joined_within))


def _with_numbers(edges: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The edges with the row of each of their nodes, `a_number` and `b_number`."""
    numbers = pl.DataFrame({"id": ids, "number": pl.arange(len(ids), eager=True)})
    for end in ("a", "b"):
        ends = edges.select(id=pl.col(end).cast(pl.String))
        joined = ends.join(numbers, on="id", how="left", maintain_order="left")
        unknown = joined.filter(pl.col("number").is_null())
        if len(unknown):
            raise InputError(
                N_("the walking network has an edge to node {node}, which is not among its nodes"),
                remedy=N_("add the node, or leave the edge out"),
                node=unknown["id"][0],
            )
        edges = edges.with_columns(joined["number"].alias(f"{end}_number"))
    return edges


def _paths(edges: pl.DataFrame, nodes: int) -> Any:
    """The edges as a sparse matrix, both ways; SciPy would add up two edges between the same nodes."""
    both = pl.concat(
        edges.select(a=pl.col(f"{one}_number"), b=pl.col(f"{other}_number"), length_m="length_m")
        for one, other in (("a", "b"), ("b", "a"))
    )
    shortest = both.group_by("a", "b").agg(pl.col("length_m").cast(pl.Float64).min()).sort("a", "b")
    ends = (shortest["a"].to_numpy(), shortest["b"].to_numpy())
    return csr_array((shortest["length_m"].to_numpy(), ends), shape=(nodes, nodes))


def _refuse_columns(what: str, frame: pl.DataFrame, columns: tuple[str, ...]) -> None:
    absent = [column for column in columns if column not in frame.columns]
    if absent or frame.is_empty():
        raise InputError(
            N_("the {what} of the walking network lack {absent}"),
            expected=N_("rows with the columns {columns}"),
            what=what,
            absent=", ".join(absent) or "rows",
            columns=", ".join(columns),
        )


def _refuse_nodes(nodes: pl.DataFrame, ids: pl.Series) -> None:
    placed = nodes.select(
        pl.all_horizontal(pl.col("x_m", "y_m").cast(pl.Float64).is_finite().fill_null(value=False))
    ).to_series()
    for wrong, problem in (
        (ids.is_null() | ids.is_duplicated(), N_("node {node} of the walking network has no id of its own")),
        (~placed, N_("node {node} of the walking network has no coordinates")),
    ):
        if wrong.any():
            raise InputError(
                problem,
                expected=N_("one row for each node, with id, x_m and y_m in metres in EPSG:28992"),
                node=ids.filter(wrong)[0],
            )


def _refuse_lengths(edges: pl.DataFrame, where: Floats) -> None:
    length = edges["length_m"].cast(pl.Float64)
    straight = np.hypot(*(where[edges["a_number"].to_numpy()] - where[edges["b_number"].to_numpy()]).T)
    finite = length.is_finite().fill_null(value=False)
    for wrong, problem in (
        (~finite, N_("the edge from {a} to {b} of the walking network has no length")),
        (
            (length < 0).fill_null(value=False),
            N_("the edge from {a} to {b} of the walking network has the negative length {length}"),
        ),
        (
            (length < pl.Series(straight) - _ROUNDING_M).fill_null(value=False),
            N_(
                "the edge from {a} to {b} of the walking network is {length} m: shorter than the straight "
                "line"
            ),
        ),
    ):
        if wrong.any():
            row = edges.filter(wrong).row(0, named=True)
            raise InputError(
                problem,
                expected=N_("a length in metres, at least the straight line between its nodes"),
                remedy=N_("correct the length; are nodes and lengths in metres (EPSG:28992)?"),
                a=row["a"],
                b=row["b"],
                length=row["length_m"],
            )
