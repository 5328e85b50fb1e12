"""The groups of seekers of which a simulation tells: those of a round, and all that its rules can look at.

Results know nothing of the policies that they will stand beside. So every run counts every group that a
condition of a policy can part, whatever its own policy looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from ongedeeld.allocation import groupings
from ongedeeld.chance import draws, salt
from ongedeeld.rules.codes import INCOME_CLASSES, URGENCY_GROUPS, Codes
from ongedeeld.simulation.assuming.household_types import AGES, KINDS, HouseholdType
from ongedeeld.simulation.kernel._purposes import STEP_FREE
from ongedeeld.simulation.kernel._state import FLAGS
from ongedeeld.simulation.outcomes.seen import Seen
from ongedeeld.vocabulary import Both

GROUPINGS = ("kind", *groupings.GROUPINGS)
"""Those of a round, and how a household seeks by itself: which, unlike the route, no policy changes."""
AGE_AND_INCOME = "age_and_income"
BY_TYPE = (AGE_AND_INCOME, "household_size", "target_group", "urgency", "municipality_years")
"""What else the type and the age of a household tell: of these too it is counted who seeks."""
OF_LETTINGS = (
    "bound", "motivation", "neighbourly_work", "profession", "granted_priority", "permit", "step_free_needed",
)  # fmt: skip
"""What a rule can look at and the list is not counted by: known of who got a home, not of who sought one."""
ALL_GROUPINGS = (*GROUPINGS, *BY_TYPE, *OF_LETTINGS)

CROSSED = "+"
_FLAG_OF = {
    "bound": "bound",
    "motivation": "motivation",
    "neighbourly_work": "neighbourly_work",
    "granted_priority": "priority",
}
_AGES = groupings.LABELS["age_class"]
LABELS: Mapping[str, Codes] = MappingProxyType(
    {
        "kind": KINDS,
        **groupings.LABELS,
        AGE_AND_INCOME: {
            f"{age}{CROSSED}{income}": Both(f"{_AGES[age].nl}, {name.nl}", f"{_AGES[age].en}, {name.en}")
            for age in AGES
            for income, name in INCOME_CLASSES.items()
        },
        "urgency": {**URGENCY_GROUPS, groupings.NEITHER: groupings.LOOKED_AT["target_group"]["none"]},
        **{
            name: groupings.LOOKED_AT[name]
            for name in (*BY_TYPE, *OF_LETTINGS)
            if name in groupings.LOOKED_AT and name != "permit"
        },
        "permit": {name: groupings.LOOKED_AT["permit"][name] for name in ("granted", "refused")},
    }
)
"""The groups of every grouping, in words."""


def grouping_label(grouping: str) -> Both:
    """What people call a grouping.

    >>> grouping_label("age_and_income").en
    'age and income class'
    """
    own = {
        "kind": Both("manier van zoeken", "how they seek"),
        AGE_AND_INCOME: Both("leeftijd en inkomensklasse", "age and income class"),
    }
    return own.get(grouping) or groupings.grouping_label(grouping)


def in_groups(frame: pl.DataFrame, seen: Seen, origin: pl.Expr) -> pl.DataFrame:
    """Rows with the columns `type` and `age`, with a column for each of `GROUPINGS` and `BY_TYPE`."""
    urgent = pl.col("urgent")
    origin = origin.cast(pl.String)
    route = (
        pl.when(origin == "re_housing").then(pl.lit("re_housing"))
        .when(origin == "proposed").then(pl.lit("mediated"))
        .when(urgent).then(pl.lit("urgent"))
        .when(origin == "tenant").then(pl.lit("internal"))
        .otherwise(pl.lit("regular"))
    )  # fmt: skip
    ages = pl.DataFrame({"age_class": AGES}).with_row_index("age").with_columns(pl.col("age").cast(pl.Int8))
    return (
        frame.join(seen.groups_of_types, on="type", how="left", maintain_order="left")
        .join(of_types(seen.setting.people.types), on="type", how="left", maintain_order="left")
        .join(ages, on="age", how="left", maintain_order="left")
        .with_columns(
            pl.concat_str("age_class", "income_class", separator=CROSSED).alias(AGE_AND_INCOME),
            route=route,
        )
    )


def of_types(types: tuple[HouseholdType, ...]) -> pl.DataFrame:
    """Of each type of household, by number, its groups in `BY_TYPE`."""
    told = pl.DataFrame(
        {
            "type": pl.Series(range(len(types)), dtype=pl.Int16),
            "household_size": [one.household_size for one in types],
            "target_group": pl.Series([one.target_group or None for one in types], dtype=pl.String),
            "urgency": [one.urgency or groupings.NEITHER for one in types],
            "municipality_years": [one.years_in_municipality for one in types],
        }
    )
    parted = ("household_size", "target_group", "municipality_years")
    return told.with_columns(groupings.members(told, name) for name in parted)


def of_lettings(seen: Seen) -> pl.DataFrame:
    """Of each letting, in their order, its group in each of `OF_LETTINGS`.

    Whether a home without steps is needed is drawn again, as it was when the seeker came.
    """
    let, thresholds = seen.run.lettings, seen.setting.thresholds
    type_, age, flags, seeker = (let[name].to_numpy() for name in ("type", "age", "flags", "seeker"))
    held = {name: (flags >> place) & 1 == 1 for place, name in enumerate(FLAGS)}
    needs = draws(seeker, salt(seen.run.seed, 0, STEP_FREE)) < thresholds.step_free[type_, age]
    told = pl.DataFrame(
        {
            **{name: held[of] for name, of in _FLAG_OF.items()},
            "profession": held["profession"],
            "refused": held["refused"],
            "step_free_needed": needs,
        }
    ).with_columns(
        profession=pl.when("profession").then(pl.lit("yes")),
        permit=pl.when("refused").then(pl.lit("refused")).otherwise(pl.lit("granted")),
    )
    return told.select(groupings.members(told, name) for name in OF_LETTINGS)
