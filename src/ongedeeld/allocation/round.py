"""One round: vacancies x seekers x law x policy give lettings, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from ongedeeld.allocation import _kernel
from ongedeeld.allocation._problem import NOBODY, Outcome, Problem
from ongedeeld.allocation.declines import decline_of
from ongedeeld.allocation.explaining import decided_by, explain, index_of, reservation_of, uses_priority
from ongedeeld.allocation.preparing import Inputs, Plan
from ongedeeld.reasons import Decision
from ongedeeld.rules.binding import RULE as BINDING
from ongedeeld.rules.lettings import Lettings, read_lettings
from ongedeeld.rules.tallies import running_tallies
from ongedeeld.rules.tally import Tally


@dataclass(frozen=True)
class Round:
    """What came of a round; make one with :func:`allocate`.

    Parameters
    ----------
    given
        The tables, as they were read, and the law of the day.
    plan
        The effects of the law and of the policy.
    chances
        Per group the chance without instruments and under the policy.
    so_far
        The lettings before this round, where they were given.
    what_if
        Whether the policy is not lawful on the day, and was run to see what it would do: everything that is
        told or shown of this round must say so.
    """

    given: Inputs
    plan: Plan
    chances: pl.DataFrame
    so_far: Lettings | None
    what_if: bool
    problem: Problem
    outcome: Outcome

    @cached_property
    def lettings(self) -> pl.DataFrame:
        """A row for each home that was let, in their order.

        Returns
        -------
        pl.DataFrame
            `vacancy`, `dwelling`, `complex`, `area`, `seeker`, `rent_cents` as offered, `route`, `candidates`
            (how many stood in the order) and `decided_by`: the rule, instrument or model that put this seeker
            before the next.
        """
        let = np.flatnonzero(self.outcome.winner >= 0)
        homes = self.given.vacancies[let]
        winners = self.given.seekers[self.outcome.winner[let]]
        routes = [self._route(int(vacancy)) for vacancy in let]
        return homes.select(
            "vacancy",
            "dwelling",
            "complex",
            "area",
            winners["seeker"],
            pl.Series("rent_cents", [self.rent_cents(int(vacancy)) for vacancy in let], pl.Int64),
            pl.Series("route", routes, pl.String),
            pl.Series("candidates", self.outcome.candidates[let], pl.Int64),
            pl.Series("decided_by", [decided_by(self, int(vacancy)) for vacancy in let], pl.String),
        )

    @cached_property
    def not_let(self) -> pl.DataFrame:
        """The homes that nobody could take: `vacancy`, `dwelling` and `candidates` who declined."""
        left = np.flatnonzero(self.outcome.winner == NOBODY)
        candidates = pl.Series("candidates", self.outcome.candidates[left], pl.Int64)
        return self.given.vacancies[left].select("vacancy", "dwelling", candidates)

    @cached_property
    def refusals(self) -> pl.DataFrame:
        """How many seekers fell off for each home, and at what: `vacancy`, `stopped_by` and `seekers`.

        `stopped_by` is a rule or instrument, `no_interest` or `other_home`: somebody falls off at the first
        that holds.
        """
        names = [one.condition.name for one in self.plan.requirements]
        names += [one.condition.name for one in self.plan.limits]
        wide = pl.DataFrame(self.outcome.stopped, schema=[str(place) for place in range(len(names) + 2)])
        long = wide.with_columns(self.given.vacancies["vacancy"]).unpivot(
            index="vacancy", variable_name="stopped_by", value_name="seekers"
        )
        told = dict(enumerate([*names, "no_interest", "other_home"]))
        said = pl.col("stopped_by").cast(pl.Int64).replace_strict(told, return_dtype=pl.String)
        summed = (
            long.with_columns(stopped_by=said).group_by("vacancy", "stopped_by").agg(pl.col("seekers").sum())
        )
        return summed.filter(pl.col("seekers") > 0).sort("vacancy", "stopped_by")

    @cached_property
    def declined(self) -> pl.DataFrame:
        """The offers that came to nothing before the home was let, with side and consequence.

        Returns
        -------
        pl.DataFrame
            `vacancy`, `seeker`, `reason`, `side` and `consequence`, in the order in which they were offered.
            What follows is told here and done by people: the round takes nothing from anybody.
        """
        schema = dict.fromkeys(("vacancy", "seeker", "reason", "side", "consequence"), pl.String)
        if self.given.reactions is None:
            return pl.DataFrame(schema=schema)
        refused = self.given.reactions.filter(pl.col("answer").is_in(["declined", "no_show"]))
        answers = {
            (row["vacancy"], row["seeker"]): decline_of(row["answer"], row["reason"])
            for row in refused.iter_rows(named=True)
        }
        rows = [
            (vacancy, seeker, reason.code, reason.side, reason.consequence)
            for vacancy in refused["vacancy"].unique(maintain_order=True)
            for seeker in self._offered(vacancy)
            if (reason := answers.get((vacancy, seeker))) is not None
        ]
        return pl.DataFrame(rows, schema=schema, orient="row")

    @cached_property
    def chain(self) -> pl.DataFrame:
        """The homes that come free because their tenant moved inside the stock: for a later round.

        Returns
        -------
        pl.DataFrame
            `dwelling`, and `by`, the vacancy that was let to its tenant.
        """
        let = np.flatnonzero(self.outcome.winner >= 0)
        winners = self.given.seekers[self.outcome.winner[let]]
        moved = (
            self.given.vacancies[let].select(by="vacancy").with_columns(dwelling=winners["current_dwelling"])
        )
        return moved.drop_nulls("dwelling").select("dwelling", "by")

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """The running tallies after this round; none where the lettings so far were not given."""
        if self.so_far is None:
            return ()
        before = self.so_far.frame
        after = pl.concat([before, self.as_lettings().select(before.columns)])
        return running_tallies(read_lettings(after), self.given.law.law, self.given.law.day)

    def ranked(self, vacancy: str) -> pl.DataFrame:
        """Everybody who stood in the order for a home, the first first.

        Returns
        -------
        pl.DataFrame
            `rank` from 1, `seeker`, and `outcome`: `letting`, `declined` or `passed`.

        Raises
        ------
        AbsentError
            When the vacancy is not in this round.
        """
        place = index_of(self.given.vacancies, "vacancy", vacancy)
        count = len(self.given.seekers)
        stop, class_ = np.empty(count, np.int32), np.empty(count, np.int64)
        key, reacts = np.empty(count, np.uint64), np.zeros(count, np.uint8)
        _kernel.standing(self.problem, self.outcome, place, stop, class_, key, reacts)
        standing = np.flatnonzero(stop < 0)
        ordered = standing[np.lexsort((standing, key[standing], class_[standing]))]
        outcomes = np.where(reacts[ordered] == 2, "declined", "passed").astype(object)
        outcomes[ordered == self.outcome.winner[place]] = "letting"
        return pl.DataFrame(
            {
                "rank": np.arange(1, len(ordered) + 1),
                "seeker": self.given.seekers["seeker"][ordered],
                "outcome": pl.Series(outcomes.tolist(), dtype=pl.String),
            }
        )

    def why(self, vacancy: str, seeker: str) -> Decision:
        """Why a seeker did or did not get a home: every reason, and how to object.

        Parameters
        ----------
        vacancy, seeker
            Their numbers.

        Raises
        ------
        AbsentError
            When one of them is not in this round.
        """
        return explain(
            self,
            index_of(self.given.vacancies, "vacancy", vacancy),
            index_of(self.given.seekers, "seeker", seeker),
        )

    def rent_cents(self, vacancy: int, seeker: int | None = None) -> int:
        """The rent at which the home in this place is offered to a seeker, or to who gets it."""
        whom = self.outcome.winner[vacancy] if seeker is None else seeker
        profile = self.problem.profile[whom]
        return int(
            self.problem.rents[self.problem.rent_of_vacancy[vacancy], self.problem.rent_of_profile[profile]]
        )

    def _route(self, vacancy: int) -> str:
        """By which way the home in this place was let, as a route of the vocabulary."""
        by = reservation_of(self, vacancy)
        if by is not None and by.mediated:
            return "mediated"
        winner = self.given.seekers.row(int(self.outcome.winner[vacancy]), named=True)
        if winner["re_housing"]:
            return "re_housing"
        return "internal" if winner["current_dwelling"] else "regular"

    def _offered(self, vacancy: str) -> list[str]:
        """Everybody to whom a home was offered, up to who took it."""
        order = self.ranked(vacancy)
        taken = order["outcome"].index_of("letting")
        return order["seeker"].head(len(order) if taken is None else taken).to_list()

    def as_lettings(self) -> pl.DataFrame:
        """The lettings of this round as the tallies read them, with all columns of `LETTING_COLUMNS`."""
        let = np.flatnonzero(self.outcome.winner >= 0)
        winners = self.given.seekers[self.outcome.winner[let]]
        bound = [uses_priority(self, int(vacancy), BINDING) for vacancy in let]
        people = pl.when(pl.col("target_group") == "permit_holder").then("household_size").otherwise(0)
        return self.given.vacancies[let].select(
            pl.concat_str(pl.lit("round "), "vacancy").alias("letting"),
            pl.lit(self.given.law.day).alias("date"),
            "municipality",
            (pl.col("sector") == "social").alias("social"),
            self.lettings["rent_cents"],
            winners["household_size"],
            winners["income_class"],
            winners["target_group"].alias("group"),
            winners["assets_exception"],
            "category",
            pl.Series("bound_priority", bound, pl.Boolean),
            winners.select(people.cast(pl.Int64).alias("permit_holders")).to_series(),
            winners["contingent"],
        )
