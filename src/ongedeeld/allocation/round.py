"""One round: vacancies x seekers x law x policy give lettings, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import polars as pl

from ongedeeld.allocation import _kernel
from ongedeeld.allocation._problem import NOBODY, Bytes, Ints, Keys, Longs, Outcome, Problem
from ongedeeld.allocation.deciding import decided_by, ground, noted, reservation_of, uses_priority
from ongedeeld.allocation.declines import FOLLOWS, NOTHING_FOLLOWS, decline_of
from ongedeeld.allocation.explaining import explain, index_of
from ongedeeld.allocation.preparing import Inputs, Plan
from ongedeeld.allocation.ranking import points
from ongedeeld.allocation.shutting_out import nobody_shut_out
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision
from ongedeeld.rules.lettings import Lettings, read_lettings
from ongedeeld.rules.tallies import running_tallies
from ongedeeld.rules.tally import Tally

BY_BINDING = ("local_binding", "vital_professions")
"""Priorities that count together in the share for binding (Hvw 14(2)-(3))."""


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
        Per group the chance without instruments and under the policy, and the article that protects it.
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
            (how many stood in the order), `runner_up` (who comes next, where somebody does), `ground` (the
            reservation, priority, free space or model by which this seeker stood there) and `decided_by` (the
            rule, instrument or model that put this seeker before the next).
        """
        let = np.flatnonzero(self.outcome.winner >= 0)
        homes = self.given.vacancies[let]
        winners = self.given.seekers[self.outcome.winner[let]]
        routes = [self._route(int(vacancy)) for vacancy in let]
        number = self.given.seekers["seeker"]
        next_one = [None if second == NOBODY else number[int(second)] for second in self.outcome.second[let]]
        return homes.select(
            "vacancy",
            "dwelling",
            "complex",
            "area",
            winners["seeker"],
            pl.Series("rent_cents", [self.rent_cents(int(vacancy)) for vacancy in let], pl.Int64),
            pl.Series("route", routes, pl.String),
            pl.Series("candidates", self.outcome.candidates[let], pl.Int64),
            pl.Series("runner_up", next_one, pl.String),
            pl.Series("ground", [ground(self, int(vacancy)) for vacancy in let], pl.String),
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
    def consequences(self) -> pl.DataFrame:
        """What people have to act on after the offers that came to nothing; the round itself does none of it.

        Returns
        -------
        pl.DataFrame
            `seeker`, `vacancy`, `reason`, `consequence`, `acts` (association, municipality or partner) and
            `start`, the day of the round; without those from which nothing follows. None has an end in the
            closed list: how long something lasts is for the rules of who acts.
        """
        acts = {code: one.acts for code, one in FOLLOWS.items()}
        return (
            self.declined.filter(pl.col("consequence") != NOTHING_FOLLOWS)
            .with_columns(
                acts=pl.col("consequence").replace_strict(acts, return_dtype=pl.String),
                start=pl.lit(self.given.law.day),
            )
            .select("seeker", "vacancy", "reason", "consequence", "acts", "start")
            .sort("seeker", "vacancy")
        )

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
        after = read_lettings(self.lettings_so_far())
        return running_tallies(
            after, self.given.law.law, self.given.law.day, municipalities=self.given.municipalities
        )

    @cached_property
    def nobody_shut_out(self) -> Decision:
        """Whether every group keeps a chance: by the law (Hvw 9(2)), and by our own rule.

        Raises
        ------
        AbsentError
            When the chances of the round were not worked out.
        """
        if not self.chances.columns:
            raise AbsentError(
                N_("the chances of this round were not worked out"),
                remedy=N_("run the round with tell_chances"),
            )
        return nobody_shut_out(self.chances, self.given.law)

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
        stop, class_, key, reacts = self._standing(place)
        standing = np.flatnonzero(stop < 0)
        ordered = standing[np.lexsort((standing, key[standing], class_[standing]))]
        outcomes = np.where(reacts[ordered] == 2, "declined", "passed").astype(object)
        taken = np.flatnonzero(ordered == self.outcome.winner[place])
        for rank in taken:
            # After who took the home nobody was offered it, whatever answer the file has.
            outcomes[rank:] = "passed"
            outcomes[rank] = "letting"
        return pl.DataFrame(
            {
                "rank": np.arange(1, len(ordered) + 1),
                "seeker": self.given.seekers["seeker"][ordered],
                "outcome": pl.Series(outcomes.tolist(), dtype=pl.String),
            }
        )

    def rank(self, vacancy: int, seeker: int) -> tuple[int, int]:
        """The rank of a seeker in the order for a home, by their places in the tables, and of how many."""
        stop, class_, key, _ = self._standing(vacancy)
        mine, others = class_[seeker], np.flatnonzero(stop < 0)
        alike = (class_[others] == mine) & (
            (key[others] < key[seeker]) | ((key[others] == key[seeker]) & (others < seeker))
        )
        return int(((class_[others] < mine) | alike).sum()) + 1, len(others)

    def points(self, vacancy: int, seeker: int) -> Fraction:
        """The points of the seeker in one place for the home in another, which is offered by points."""
        offer = self.plan.offers[int(self.problem.offer[vacancy])]
        return points(self.given.seekers[[seeker]], self.given.law.day, offer.parameters).of(0)

    def _standing(self, vacancy: int) -> tuple[Ints, Longs, Keys, Bytes]:
        """Of every seeker where it falls off for a home, its class, key and reaction, as in the kernel."""
        count = len(self.given.seekers)
        stop, class_ = np.empty(count, np.int32), np.empty(count, np.int64)
        key, reacts = np.empty(count, np.uint64), np.zeros(count, np.uint8)
        _kernel.standing(self.problem, self.outcome, vacancy, stop, class_, key, reacts)
        return stop, class_, key, reacts

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

    def about(self, seeker: str) -> dict[str, Decision]:
        """For every home of the round, in their order, why a seeker did or did not get it.

        Raises
        ------
        AbsentError
            When the seeker is not in this round.
        """
        place = index_of(self.given.seekers, "seeker", seeker)
        return {
            name: explain(self, vacancy, place)
            for vacancy, name in enumerate(self.given.vacancies["vacancy"])
        }

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
        """The lettings of this round as tallies and policies read them, with all of `LETTING_COLUMNS`.

        `contingent` is filled where the home was let by mediation: who was proposed, and got a home in the
        order of everybody, takes no home of the contingent.
        """
        let = np.flatnonzero(self.outcome.winner >= 0)
        winners = self.given.seekers[self.outcome.winner[let]]
        bound = [uses_priority(self, int(vacancy), BY_BINDING) for vacancy in let]
        mediated = self.lettings["route"] == "mediated"
        instruments = [" ".join(noted(self, int(vacancy))) or None for vacancy in let]
        people = pl.when(pl.col("target_group") == "permit_holder").then("household_size").otherwise(0)
        return self.given.vacancies[let].select(
            pl.concat_str(pl.lit(f"round {self.given.law.day} "), "vacancy").alias("letting"),
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
            pl.select(pl.when(mediated).then(winners["contingent"]).alias("contingent")).to_series(),
            "area",
            "complex",
            "label",
            pl.Series("instruments", instruments, pl.String),
        )

    def lettings_so_far(self) -> pl.DataFrame:
        """The lettings before this round with those of it, for the next round.

        They have the columns of the lettings that were given, and all of `LETTING_COLUMNS` where none were:
        what earlier lettings do not tell is not made up for them.
        """
        made = self.as_lettings()
        if self.so_far is None:
            return made
        before = self.so_far.frame
        return pl.concat([before, made.select(before.columns)])
