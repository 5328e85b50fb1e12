"""Which figures a portrait shows, in which section, and what they are called there."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import INDICATORS


@dataclass(frozen=True)
class Ratio:
    """A figure made of published ones of the same period: part / (sum of) whole x times."""

    part: str
    whole: tuple[str, ...]
    times: float = 1.0
    unit: str = "share"


AGES = (
    "share_residents_0_14",
    "share_residents_15_24",
    "share_residents_25_44",
    "share_residents_45_64",
    "share_residents_65_and_over",
)
HOUSEHOLDS = (
    "share_households_one_person",
    "share_households_without_children",
    "share_households_with_children",
)
TENURES = ("share_association", "share_private_rent", "share_owner_occupied", "share_tenure_unknown")
EDUCATION = ("share_education_low", "share_education_middle", "share_education_high")
ORIGINS = ("share_origin_netherlands", "share_origin_europe", "share_origin_outside_europe")

RATIOS = {
    **{name: Ratio(name.removeprefix("share_"), ("residents",)) for name in (*AGES, *ORIGINS)},
    **{name: Ratio(name.removeprefix("share_"), ("households",)) for name in HOUSEHOLDS},
    **{
        name: Ratio(name.removeprefix("share_"), tuple(level.removeprefix("share_") for level in EDUCATION))
        for name in EDUCATION
    },
    "social_assistance_per_100": Ratio("benefits_social_assistance", ("residents",), 100, "per_100"),
    "disability_per_100": Ratio("benefits_disability", ("residents",), 100, "per_100"),
    "unemployment_per_100": Ratio("benefits_unemployment", ("residents",), 100, "per_100"),
    "crimes_per_1000": Ratio("crimes", ("residents",), 1000, "per_1000"),
}
"""Where the published table has counts only, the share is made of them."""

IN_SHORT = (
    "residents",
    "share_association",
    "share_households_one_person",
    "social_assistance_per_100",
    "property_value",
)
PEOPLE_FACTS = (
    "residents_per_km2",
    "household_size",
    "share_in_work",
    "disability_per_100",
    "unemployment_per_100",
    "share_education_high",
    "income_per_resident",
    "share_households_low_income",
    "share_residents_poverty",
    "share_good_health",
)
HOME_FACTS = (
    "dwellings",
    "share_multi_family",
    "share_built_since_2000",
    "share_vacant",
    "gas_m3",
    "electricity_kwh",
    "share_district_heating",
)
AMENITIES = (
    "distance_supermarket",
    "distance_daily_shop",
    "distance_gp",
    "distance_pharmacy",
    "distance_day_care",
    "distance_primary_school",
    "distance_secondary_school",
    "distance_public_green",
    "distance_sports_ground",
    "distance_library",
    "distance_train_station",
    "distance_after_school_care",
    "distance_restaurant",
    "distance_swimming_pool",
    "distance_cafe",
    "distance_cinema",
)
"""What people need nearby, the most often needed first."""

SAFETY_FACTS = ("crimes_per_1000", "crimes")
EXPECTED = tuple(
    dict.fromkeys(
        (
            *IN_SHORT,
            *AGES,
            *HOUSEHOLDS,
            *PEOPLE_FACTS,
            *TENURES,
            *HOME_FACTS,
            "crimes_per_1000",
            *AMENITIES,
        )
    )
)
"""What a portrait would show where it is known; what is not known is named."""

_LABELS = {
    "share_residents_0_14": N_("0 to 14 years"),
    "share_residents_15_24": N_("15 to 24 years"),
    "share_residents_25_44": N_("25 to 44 years"),
    "share_residents_45_64": N_("45 to 64 years"),
    "share_residents_65_and_over": N_("65 years and over"),
    "share_households_one_person": N_("one person"),
    "share_households_without_children": N_("without children"),
    "share_households_with_children": N_("with children"),
    "share_association": N_("housing association"),
    "share_private_rent": N_("other landlord"),
    "share_owner_occupied": N_("owner-occupied"),
    "share_tenure_unknown": N_("owner unknown"),
    "share_origin_netherlands": N_("the Netherlands"),
    "share_origin_europe": N_("Europe outside the Netherlands"),
    "share_origin_outside_europe": N_("outside Europe"),
    "social_assistance_per_100": N_("people on social assistance (per 100 residents)"),
    "disability_per_100": N_("people on disability benefit (per 100 residents)"),
    "unemployment_per_100": N_("people on unemployment benefit (per 100 residents)"),
    "property_value": N_("average property value (WOZ)"),
    "distance_daily_shop": N_("other daily shop"),
    "crimes_per_1000": N_("registered crimes per 1,000 residents"),
}


def short_label(name: str, speech: Speech) -> str:
    """What a figure is called under the heading of its section, with a capital."""
    if name in _LABELS:
        return capital(speech.say(_LABELS[name]))
    label = INDICATORS[name].label(speech.language)
    for words in ("afstand tot ", "distance to "):
        label = label.removeprefix(words)
    return capital(label)


def full_label(name: str, speech: Speech) -> str:
    """What a figure is called by itself, with a capital; a share says that it is one."""
    ratio = RATIOS.get(name)
    unit = INDICATORS[name].unit if name in INDICATORS else ratio.unit if ratio else ""
    if name in INDICATORS:
        label = INDICATORS[name].label(speech.language)
    elif ratio and unit == "share":
        label = INDICATORS[ratio.part].label(speech.language)
    else:
        label = speech.say(_LABELS[name])
    return capital(speech.say("share of {what}", what=label) if unit == "share" else label)
