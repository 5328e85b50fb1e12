"""Protect a table: hold it against what was published before, hide, round, and say what was done.

**The promise.** Take everybody to know this table and all earlier ones in the ledger, how their cells add
up, the rounding, the rule of `min_count`, the relations given, what no count can exceed, and that counts are
whole and not negative. Then

- of a hidden count below `min_count`, nobody can exclude 0, nor `min_count`: nobody knows it to be small;
- of a hidden count X with too few households or one that dominates, nobody can exclude a count that is
  w = max(`min_count`, largest / `dominance` - X) lower (or 0), nor one that is w higher;
- the lowest and highest possible value of every hidden count lie at least `min_count` apart;
- a cell in no table that is part of what is published counts as small, unless it is at least `min_count`
  for certain;
- all this goes for cells hidden in earlier tables too, by the limit of then if that was higher, and they stay
  hidden.

Where earlier tables, relations or what a count can be already tell more, bounds stay as wide as those leave,
and the report counts these cells as `eased`. Each bound is kept by a table of whole numbers that agrees with
everything published, so that reckoning in whole numbers helps nobody. Not promised is protection from
somebody who knows counts of their own (a household knows its own part: give `households` and `largest`, also
with a later table of the same counts), from guesses by chance (the middle of the bounds can be likelier than
their ends), or from conclusions out of which cells are hidden.

**The method.** One linear programme for each cell that is not vague enough yet hides what costs least, where
the cost of a cell is log2(1 + count); what is hidden without need is then shown again. In a table of at most
60 counts that may be shown, an integer programme hides the least there is; the report says whether that is
proven. Where it is, the steps alone had lost 7 % more on average in 75 tables of 4 x 3 with totals.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.case import Case, among, problem_of
from ongedeeld.measures.disclosure.least import hide_least
from ongedeeld.measures.disclosure.ledger import Ledger
from ongedeeld.measures.disclosure.names import new_names
from ongedeeld.measures.disclosure.publication import Publication, dimensions, read_relations
from ongedeeld.measures.disclosure.report import Protected, Report
from ongedeeld.measures.disclosure.rounding import rounded
from ongedeeld.measures.disclosure.search import Search
from ongedeeld.measures.disclosure.sensitive import Sensitive, find_sensitive, read_table
from ongedeeld.measures.disclosure.structure import Nested, read_structure
from ongedeeld.measures.disclosure.totals import refuse_untold_totals


def protect(
    table: pl.DataFrame,
    min_count: int = 10,
    round_to: int = 5,
    *,
    nested: Nested | None = None,
    relations: pl.DataFrame | None = None,
    ledger: Ledger | None = None,
    dominance: float = 0.5,
    rounded_to: int = 1,
) -> Protected:
    """Hide and round what must be, so that no hidden count can be derived, and as little more as can be.

    A hidden count stays vague by `min_count`, and of a small one nobody can exclude 0; the whole promise
    stands with this module.

    Parameters
    ----------
    table
        One row for each cell: `count`, whole numbers from 0, and columns that name the cell (area, period,
        reason, and so on), all of which are dimensions. If wanted `households`, how many caused the count;
        `largest`, how much of it one household caused at most; `most`, what everybody knows the count not to
        exceed, such as the homes of a complex; and `status`, suppressed where the supplier hid it. A table
        that counts something else, or a selection, must say so in a column. Give zeros a row.
    min_count
        Counts below this are hidden, zero included: a zero tells of everybody in the row that they are not in
        the column.
    round_to
        The base to which shown counts are rounded, each by itself; 1 is not at all.
    nested
        How codes add up, by dimension: a frame of `code` and `parent` (all codes; the top has an empty
        parent; an area in two overlapping ones has two rows), or the code of the total. A dimension that an
        earlier table lacks is taken as its total. A code that looks like a total must stand in it: where it
        is none, in a frame, without a parent and as nobody's parent.
    relations
        What else is known: rows of `relation`, `coefficient`, the dimensions of a cell and, if wanted,
        `constant` and `margin`, the same within a relation. The sum of coefficient x count is `constant`,
        give or take `margin`. For two dates: present then + in - out - present now = 0.
    ledger
        What was published before, by yourself or by others. Call `publish` of the result when the table goes
        out.
    dominance
        The share of a count above which one household dominates it: the (1, k) rule.
    rounded_to
        To what the supplier had rounded the counts.

    Returns
    -------
    Protected
        The table to publish, in the order of its codes (an order by count would tell of hidden ones), the
        report, the reasons (both for inside use) and the publication.

    Raises
    ------
    InputError
        For counts, parts, relations or names that are not as described, a total that nobody told of, totals
        that contradict their parts or an earlier table, and `min_count` below 1.

    References
    ----------
    - Fischetti, M. and Salazar-González, J.J. (2001). Solving the cell suppression problem on tabular data
      with linear constraints. *Management Science* 47(7), 1008-1027: the attacker, the levels, the integer
      programme.
    - Kelly, J.P., Golden, B.L. and Assad, A.A. (1992). Cell suppression: disclosure protection for sensitive
      tabular data. *Networks* 22(4), 397-417: one programme for each cell.
    - Hundepool, A. and others (2012). *Statistical Disclosure Control*. Wiley: the rules and their levels.
    - De Wolf, P.P. (2002). HiTaS: a heuristic approach to cell suppression in hierarchical tables. In
      *Inference Control in Statistical Databases*, LNCS 2316, Springer: hierarchies, as in tau-ARGUS.

    Examples
    --------
    >>> import polars as pl
    >>> table = pl.DataFrame({"area": ["Noord", "Oost", "Zuid", "stad"], "count": [3, 14, 41, 58]})
    >>> result = protect(table, round_to=1, nested={"area": "stad"})
    >>> result.table["count"].to_list()
    [None, None, 41, 58]
    >>> result.report.small, result.report.secondary
    (1, 1)
    """
    _refuse_settings(min_count, round_to, rounded_to, dominance)
    names = dimensions(table)
    # In the order in which a table by count comes, a hidden count would lie between its neighbours.
    table = table.sort(names) if names else table
    cells = read_table(table, rounded_to)
    structure, known = read_structure(nested, table), read_relations(relations)
    nothing = cells.cells.with_columns(pl.lit(None, pl.Int64).alias("count"))
    now = Publication("", nothing, min_count, round_to, rounded_to, structure, known)
    earlier = list(ledger or ())
    refuse_untold_totals(earlier, now, cells.counts, nested)
    case = among(earlier, now, cells)
    sensitive = find_sensitive(cells, case.width[case.place], dominance)
    problem = problem_of(case, sensitive)
    search = Search(problem)
    search.settle()
    search.show_again()
    least = hide_least(problem, search)
    report = _report(table, case, sensitive, search)
    report = replace(report, least=least, new_names=new_names(earlier, now))
    return _result(table, case, sensitive, search, report, ledger)


def _refuse_settings(min_count: int, round_to: int, rounded_to: int, dominance: float) -> None:
    settings: dict[str, object] = {"min_count": min_count, "round_to": round_to, "rounded_to": rounded_to}
    for name, value in settings.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise InputError(
                N_("{name} is {value}"), expected=N_("a whole number from 1"), name=name, value=value
            )
    if not 0 < dominance <= 1:
        raise InputError(
            N_("{name} is {value}"),
            expected=N_("a share above 0, up to 1"),
            name="dominance",
            value=dominance,
        )


def _report(table: pl.DataFrame, case: Case, sensitive: Sensitive, search: Search) -> Report:
    secondary = search.hidden[case.place]
    kept = case.kept[case.place] & ~sensitive.any()
    worth = np.log2(1 + np.maximum(case.cells.counts, 0))
    combinations = math.prod(table[name].n_unique() for name in dimensions(table))
    return Report(
        cells=len(table),
        small=int(sensitive.small.sum()),
        few_households=int(sensitive.few_households.sum()),
        dominated=int(sensitive.dominated.sum()),
        hidden_before=int(kept.sum()),
        secondary=int(secondary.sum()),
        eased=int(search.eased().sum()),
        loss=float(worth[secondary].sum() / worth.sum()) if worth.any() else 0.0,
        absent=combinations - len(table),
        min_count=case.now.min_count,
        round_to=case.now.round_to,
    )


def _result(
    table: pl.DataFrame,
    case: Case,
    sensitive: Sensitive,
    search: Search,
    report: Report,
    ledger: Ledger | None,
) -> Protected:
    secondary = search.hidden[case.place]
    kept = case.kept[case.place] & ~sensitive.any()
    hidden = sensitive.any() | kept | secondary
    shown = pl.Series("count", rounded(case.cells.counts, case.now.round_to)).set(pl.Series(hidden), None)
    status = pl.Series("status", np.where(hidden, "suppressed", "observed"), dtype=pl.String)
    reason = np.full(len(hidden), "", dtype=object)
    for name, flags in (*sensitive.by_name().items(), ("hidden_before", kept), ("secondary", secondary)):
        reason[flags] = name
    codes = table.select(dimensions(table))
    reasons = codes.with_columns(
        pl.Series("hidden_because", reason.tolist(), dtype=pl.String),
        pl.Series("eased", search.eased()[case.place]),
    )
    return Protected(
        codes.with_columns(shown, status),
        report,
        reasons.filter(pl.Series(hidden)),
        replace(case.now, table=case.cells.cells.with_columns(shown)),
        ledger,
    )
