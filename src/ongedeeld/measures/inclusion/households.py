"""Types of household as the rules divide them, and how many there are of each, as published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.inclusion.answer import Measured, inclusion_assumptions
from ongedeeld.measures.notes import note
from ongedeeld.rules import Parameters

Size = Literal["1", "2", "3-4", "5+"]
Age = Literal["young", "adult", "elderly"]
Income = Literal["below_passend", "below_daeb", "middle", "above"]
SIZES: tuple[Size, ...] = ("1", "2", "3-4", "5+")
# Young is below the youth age of the rent allowance on the day (23, and 21 since 2026); elderly is 67 and
# over.
AGES: tuple[Age, ...] = ("young", "adult", "elderly")
# Up to the income limit of passend toewijzen; from there to the limit of social homes (DAEB); from there to
# that of middle rent; above it.
INCOMES: tuple[Income, ...] = ("below_passend", "below_daeb", "middle", "above")
KEY = ("size", "age", "income")


@dataclass(frozen=True, slots=True)
class HouseholdType:
    """A size, an age class of the eldest and an income class."""

    size: Size
    age: Age
    income: Income

    def rent_rule(self) -> str | None:
        """The rule value that is the highest rent a home may have for this type; None where there is none.

        Passend toewijzen (Woningwet 46(2)) keeps the lowest incomes below a rent cap (Wht 20(2)), the young
        among them below the quality-discount limit; the other incomes of the target group have every social
        home; those above it a home in the free sector, up to the middle rent limit for middle incomes.
        """
        if self.income == "below_passend":
            if self.age == "young" and self.size in inclusion_assumptions()["youth_limit_sizes"].value:
                return "kwaliteitskorting"
            return "aftopping_low" if self.size in ("1", "2") else "aftopping_high"
        return {"below_daeb": "social_rent_limit", "middle": "middle_rent_limit", "above": None}[self.income]

    def income_rule(self) -> str | None:
        """The rule value that is the upper income limit of this type; None for the highest class."""
        people = "one_person" if self.size == "1" else "multi_person"
        elderly = "_elderly" if self.age == "elderly" else ""
        return {
            "below_passend": f"passend_income_limit_{people}{elderly}",
            "below_daeb": f"daeb_income_limit_{people}",
            "middle": f"middle_income_limit_{people}",
            "above": None,
        }[self.income]


TYPES: tuple[HouseholdType, ...] = tuple(HouseholdType(*parts) for parts in product(SIZES, AGES, INCOMES))


def highest_rent(kind: HouseholdType, day: date, rules: Parameters) -> float | None:
    """The highest rent, in cents a month, of a home for a type of household on a day; None where none is set.

    Raises
    ------
    AbsentError
        When the rule value is not known on that day, with the way out.

    Examples
    --------
    >>> from ongedeeld.rules import load_parameters
    >>> highest_rent(HouseholdType("1", "adult", "below_passend"), date(2026, 7, 1), load_parameters())
    71302
    """
    rule = kind.rent_rule()
    return None if rule is None else rules.value(rule, day)


@dataclass(frozen=True)
class PublishedHouseholds:
    """How many households of each type there are in the region, as somebody published.

    `table` has `size`, `age`, `income` and `households` (null is not known); `young_below` is the age at
    which the figures part young from adult. Make one with :func:`published_households`.
    """

    table: pl.DataFrame
    source: str
    period: date
    young_below: int


def published_households(
    frame: pl.DataFrame, *, source: str, period: date, young_below: int
) -> PublishedHouseholds:
    """Numbers of households by type, checked.

    Incomes that an association holds to apply the income rules may serve nothing else (Woningwet 48(4)), so
    these figures come from a publication, such as those of CBS or WoON, and it is named.

    Parameters
    ----------
    frame
        A row per type with `size` (1, 2, 3-4, 5+), `age` (young, adult, elderly), `income` (below_passend,
        below_daeb, middle, above) and `households`: whole numbers, null where not known. Types without a
        row are not known.
    source
        Who published them, and where.
    period
        The reference date.
    young_below
        The age below which the figures call a household young, such as 23.

    Raises
    ------
    InputError
        For a column, code or number that is not as it should be, a type that occurs twice, or no source.
    """
    if not source.strip():
        raise InputError(
            N_("numbers of households need a source"),
            expected=N_("the publication they come from"),
            remedy=N_(
                "use published figures; incomes held for the income rules may not be used (Woningwet 48(4))"
            ),
        )
    absent = {*KEY, "households"} - set(frame.columns)
    if absent:
        raise InputError(
            N_("the numbers of households lack {columns}"),
            expected=N_("columns size, age, income and households"),
            columns=", ".join(sorted(absent)),
        )
    for column, codes in zip(KEY, (SIZES, AGES, INCOMES), strict=True):
        _refuse_codes(frame[column], codes)
    _refuse_numbers(frame)
    table = frame.select(*KEY, pl.col("households").cast(pl.Int64)).sort(KEY)
    double = table.filter(pl.struct(KEY).is_duplicated())
    if len(double):
        raise InputError(
            N_("households of type {kind} occur more than once"),
            expected=N_("one row for each type"),
            remedy=N_("add them up first"),
            kind=" ".join(double.select(KEY).row(0)),
        )
    return PublishedHouseholds(table, source, period, young_below)


def _refuse_codes(values: pl.Series, codes: tuple[str, ...]) -> None:
    held = values.cast(pl.String)
    strange = held.filter(~held.is_in(list(codes)).fill_null(value=False))
    if len(strange):
        raise InputError(
            N_("households: column {column} holds '{value}'"),
            expected=N_("one of: {codes}"),
            column=values.name,
            value=strange[0],
            codes=", ".join(codes),
        )


def _refuse_numbers(frame: pl.DataFrame) -> None:
    values = frame["households"]
    numeric = values.cast(pl.Float64, strict=False)
    wrong = values.is_not_null() & (
        numeric.is_null() | (numeric < 0) | (numeric != numeric.floor())
    ).fill_null(value=True)
    if wrong.any():
        row = frame.filter(wrong).row(0, named=True)
        raise InputError(
            N_("households of type {kind}: {value} is not a number of households"),
            expected=N_("whole numbers, 0 or more; empty where not known"),
            kind=" ".join(str(row[column]) for column in KEY),
            value=row["households"],
        )


_KWB = ("households_one_person", "households_without_children", "households_with_children")
_LOW_INCOMES = (
    "share_households_low_income",
    "share_households_around_social_minimum",
    "share_households_low_purchasing_power",
)


def households_as_published(city: City, area: str | None = None) -> Measured:
    """What the open figures of a City tell of its households, and what they do not.

    Parameters
    ----------
    city
        With figures on households.
    area
        Code of an area; the region of the City by default.

    Returns
    -------
    Measured
        Rows `indicator`, `period` and `value` of the latest period with a figure; null where there is none.

    Raises
    ------
    AbsentError
        When there is no figure on households of this area.
    """
    code = area or city.manifest.region
    wanted = pl.DataFrame({"indicator": ["households", *_KWB, "household_size", *_LOW_INCOMES]})
    figures = city.table("indicators").filter(
        (pl.col("area") == code) & pl.col("indicator").is_in(wanted["indicator"].to_list())
    )
    known = figures.drop_nulls("value").sort("period").group_by("indicator").last()
    if known.is_empty():
        raise AbsentError(
            N_("this City has no figures on the households of {area}"),
            remedy=N_("build it with the key figures of CBS (KWB)"),
            area=code,
        )
    table = wanted.join(known, on="indicator", how="left", maintain_order="left")
    absent = table.filter(pl.col("value").is_null())["indicator"].to_list()
    missing = [
        note(
            N_(
                "households of three and four, and of five or more people, are not told apart, nor are "
                "young and elderly households"
            )
        ),
        note(
            N_(
                "low incomes are published as the lowest 40%, or by the social minimum: not by the limits "
                "of the rules, and not by type of household"
            )
        ),
    ]
    if absent:
        missing.append(note(N_("without a figure: {indicators}"), indicators=", ".join(absent)))
    return Measured(
        table.select("indicator", "period", "value"),
        missing=tuple(missing),
        sources=tuple(known["source"].unique().sort()),
    )
