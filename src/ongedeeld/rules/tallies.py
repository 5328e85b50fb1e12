"""The running tallies: fitting rents, target group, local binding, permit holders and contingents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import polars as pl

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Reason
from ongedeeld.rules.binding import largest_share
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.rules.days import calendar_years, half_year
from ongedeeld.rules.fitting import cap_name
from ongedeeld.rules.income import smallest_share
from ongedeeld.rules.law import Law
from ongedeeld.rules.lettings import Lettings
from ongedeeld.rules.records import Binding, Contingent, PermitHolderTarget
from ongedeeld.rules.tally import Counted, Tally, at_least, at_most, towards
from ongedeeld.vocabulary import Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How many lettings are still to come after the day until the end of the year; None is not known.

    Parameters
    ----------
    passend
        To households that count for the fitting-rent rule.
    social
        Of social homes, in all.
    categories
        For local binding, by municipality and category.
    """

    passend: int | None = None
    social: int | None = None
    categories: Mapping[tuple[str, str], int] = field(default_factory=dict)


def running_tallies(
    lettings: Lettings,
    law: Law,
    day: date,
    expected: Expected | None = None,
    municipalities: Iterable[str] = (),
) -> tuple[Tally, ...]:
    """All tallies of an association on a day.

    Parameters
    ----------
    lettings
        The lettings; those after the day do not count. For the two years of the fitting-rent rule those of
        the year before are needed as well.
    law
        The law with the local policy in which agreements, ordinances, targets and contingents stand.
    day
        Up to and including which is counted.
    expected
        What is still to be let.
    municipalities
        Codes of all municipalities in which the association lets, also those without a letting yet: an
        agreement on the target group must hold in all of them.

    Raises
    ------
    AbsentError
        When a value that a tally needs is not known, or a letting lacks a fact that decides.
    """
    still = expected or Expected()
    return (
        *fitting_tallies(lettings, law, day, still.passend),
        *social_tallies(lettings, law, day, still.social, municipalities),
        *binding_tallies(lettings, law, day, still.categories),
        *permit_holder_tallies(lettings, law, day),
        *contingent_tallies(lettings, law, day),
    )


def fitting_tallies(lettings: Lettings, law: Law, day: date, still: int | None = None) -> tuple[Tally, Tally]:
    """The 95 % of fitting rents over two calendar years (BTIV 54(1)), and the figure of this year beside it.

    The two years are the year of the day and the one before. Each letting is held against the rent cap of its
    own day.
    """
    today, rule = law.on(day), "passend_toewijzen"
    rows = _fitting_rows(lettings, law, calendar_years(day, 2)[0], day)
    limit = today.value("passend_min_share")
    beside = today.reason(rule, N_("the rule is measured over two calendar years together"))

    def tally(name: str, label: Both, years: int) -> Tally:
        start, end = calendar_years(day, years)
        within = rows.filter(pl.col("date") >= start)
        counted = Counted(
            name=name,
            label=label,
            start=start,
            end=end,
            done=int(within["fitting"].sum()),
            of=len(within),
            still=still,
        )
        return at_least(counted, limit, partial(today.reason, rule), (beside,) if years == 1 else ())

    return (
        tally("passend_two_years", Both("passend toewijzen, twee jaar", "fitting rents, two years"), 2),
        tally("passend_year", Both("passend toewijzen, dit jaar", "fitting rents, this year"), 1),
    )


def social_tallies(
    lettings: Lettings,
    law: Law,
    day: date,
    still: int | None = None,
    municipalities: Iterable[str] = (),
) -> tuple[Tally, ...]:
    """The 92.5 % to the target group in the calendar year (Woningwet 48(1)), and the free space left.

    For the association as a whole, and for every municipality beside it: `may_still` is the free space.

    Parameters
    ----------
    lettings, law, day
        As in :func:`running_tallies`.
    still
        How many social homes are still to be let this year; None where that is not known.
    municipalities
        Codes of all municipalities in which the association lets; those of the lettings, of earlier years
        too, are added. By them it is judged whether less was agreed everywhere.
    """
    start, end = calendar_years(day)
    social = lettings.frame.filter(pl.col("social"))
    everywhere = sorted({*municipalities, *social.filter(pl.col("date") <= day)["municipality"]})
    rows = _between(social, start, day)
    rows = rows.with_columns(_in_target_group().alias("counts"))
    _refuse_unknown(rows, "counts")
    today = law.on(day)

    def tally(name: str, label: Both, where: list[str], ahead: int | None) -> Tally:
        within = rows.filter(pl.col("municipality").is_in(where))
        limit, why = smallest_share(where, today)
        counted = Counted(
            name=name,
            label=label,
            start=start,
            end=end,
            done=int(within["counts"].sum()),
            of=len(within),
            still=ahead,
        )
        return at_least(counted, limit, partial(today.reason, "daeb_target_group"), (why,))

    label = Both("sociale huur aan de doelgroep", "social homes to the target group")
    parts = everywhere if len(everywhere) > 1 else []
    return (
        tally("daeb", label, everywhere, still),
        *(tally(f"daeb:{one}", _for(label, one), [one], None) for one in parts),
    )


def binding_tallies(
    lettings: Lettings, law: Law, day: date, still: Mapping[tuple[str, str], int] | None = None
) -> tuple[Tally, ...]:
    """The share with priority for local binding in each category of an ordinance, in the calendar year.

    The act names no period; the calendar year is a choice of this program.
    """
    today, (start, end) = law.on(day), calendar_years(day)

    def tally(record: Binding) -> Tally:
        lettings.with_column("category")
        rows = _between(lettings.with_column("bound_priority"), start, day)
        here = (pl.col("municipality") == record.municipality) & (pl.col("category") == record.category)
        within = rows.filter(here)
        limit, why = largest_share(record, today)
        counted = Counted(
            name=f"local_binding:{record.municipality}:{record.category}",
            label=_for(Both("lokale binding", "local binding"), f"{record.municipality}, {record.category}"),
            start=start,
            end=end,
            done=int(within["bound_priority"].sum()),
            of=len(within),
            still=(still or {}).get((record.municipality, record.category)),
        )
        return at_most(counted, limit, partial(today.reason, "local_binding"), (why,))

    return tuple(map(tally, today.records(Binding)))


def permit_holder_tallies(lettings: Lettings, law: Law, day: date) -> tuple[Tally, ...]:
    """The permit holders housed in the half year, for each municipality with a target in local policy."""
    today, (start, end) = law.on(day), half_year(day)

    def tally(record: PermitHolderTarget) -> Tally:
        rows = _between(lettings.with_column("permit_holders"), start, day)
        counted = Counted(
            name=f"permit_holders:{record.municipality}",
            label=_for(Both("vergunninghouders", "permit holders"), record.municipality),
            start=start,
            end=end,
            done=int(rows.filter(pl.col("municipality") == record.municipality)["permit_holders"].sum()),
        )
        cite = partial(today.reason, "permit_holder_target", source=record.source)
        return towards(counted, record.people, cite)

    return tuple(map(tally, today.records(PermitHolderTarget)))


def contingent_tallies(lettings: Lettings, law: Law, day: date) -> tuple[Tally, ...]:
    """What was delivered of each contingent that holds on the day, from its first day on."""

    def tally(record: Contingent) -> Tally:
        def cite(text: str, facts: Mapping[str, object]) -> Reason:
            return Reason("contingent", text, facts, source=record.source)

        rows = _between(lettings.with_column("contingent"), record.start, day)
        counted = Counted(
            name=f"contingent:{record.name}",
            label=_for(Both("contingent", "contingent"), record.name),
            start=record.start,
            end=record.end,
            done=len(rows.filter(pl.col("contingent") == record.name)),
        )
        facts = {"homes": record.homes, "parties": ", ".join(record.parties)}
        agreed = cite(N_("{homes} homes were agreed by {parties}"), facts)
        return towards(counted, record.homes, cite, (agreed,))

    return tuple(map(tally, law.on(day).records(Contingent)))


def _for(label: Both, what: str) -> Both:
    return Both(f"{label.nl}: {what}", f"{label.en}: {what}")


def _between(frame: pl.DataFrame, start: date, day: date) -> pl.DataFrame:
    """The lettings from the first day of a stretch up to and including a day."""
    return frame.filter(pl.col("date").is_between(start, day))


def _group(code: str) -> pl.Expr:
    return (pl.col("group") == code).fill_null(value=False)


def _counting_student() -> pl.Expr:
    return _group("student") & (pl.col("household_size") <= 2)


def _in_target_group() -> pl.Expr:
    """As in :mod:`ongedeeld.rules.income`; null where the income class decides and is not known."""
    regardless = _group("permit_holder") | _group("care_indication") | _counting_student()
    return regardless | pl.col("income_class").is_in(["below_passend", "below_daeb"])


def _fitting_rows(lettings: Lettings, law: Law, start: date, day: date) -> pl.DataFrame:
    """The lettings that count for the fitting-rent rule, and whether the rent of each fits on its own day."""
    rows = _between(lettings.frame, start, day).filter(~pl.col("assets_exception"))
    counts = _group("permit_holder") | _counting_student() | (pl.col("income_class") == "below_passend")
    rows = rows.with_columns(counts.alias("counts"))
    _refuse_unknown(rows, "counts")
    rows = rows.filter(pl.col("counts"))
    small = pl.col("household_size") <= 2
    kinds = rows.select("date", cap=pl.when(small).then(pl.lit(cap_name(1))).otherwise(pl.lit(cap_name(3))))
    caps = [(one, name, law.on(one).cents(name)) for one, name in kinds.unique().iter_rows()]
    held = pl.DataFrame(caps, schema={"date": pl.Date, "cap": pl.String, "cap_cents": pl.Int64}, orient="row")
    joined = rows.with_columns(kinds["cap"]).join(held, on=["date", "cap"], how="left")
    return joined.with_columns(fitting=pl.col("rent_cents") <= pl.col("cap_cents"))


def _refuse_unknown(rows: pl.DataFrame, column: str) -> None:
    unknown = rows.filter(pl.col(column).is_null())
    if len(unknown):
        raise AbsentError(
            N_("of {count} lettings the income class is not known, {letting} the first"),
            expected=N_("one of: {known}"),
            remedy=N_("fill it in from the evidence of income: a tally does not leave them out"),
            count=len(unknown),
            letting=unknown["letting"][0],
            known=", ".join(INCOME_CLASSES),
        )
