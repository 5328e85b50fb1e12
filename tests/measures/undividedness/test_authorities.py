"""Held against what others published or computed on the same real data."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ongedeeld.measures.undividedness import (
    atkinson,
    correlation_ratio,
    dissimilarity,
    entropy,
    exposure,
    gini,
    isolation,
    mutual_information,
    simpson_interaction,
    theil_h,
)
from tests.measures.undividedness.cast import patterns
from tests.shared import shared

DIVIDED = dict.fromkeys("ABCFGH", 1.0) | {"D": 0.842105, "E": 0.834437}

# PySAL `segregation` 2.5.4 on auck_pop.csv, areas without people left out, repr of `.statistic`:
# singlegroup Dissim, Gini, Isolation, CorrelationR, Atkinson, Entropy, Interaction of (frame, "maori", "all")
# with all = European + Maori + Pacific + Asian; multigroup MultiDissim, MultiGini, MultiNormExposure,
# MultiInfoTheory, SimpsonsInteraction, MultiDiversity and MultiDivergence of the four groups.
GROUPS = ("eur", "maori", "pacif", "asian")
PYSAL: dict[str, dict[str, float]] = {
    "91": {
        "Dissim": 0.3381657908765904,
        "Gini": 0.4517484951661091,
        "Isolation": 0.1619453126145487,
        "CorrelationR": 0.06476051700256381,
        "Atkinson": 0.16132998755540062,
        "Entropy": 0.09166336611528642,
        "Interaction": 0.8380546873854513,
        "MultiDissim": 0.3982075598739347,
        "MultiGini": 0.5358422747798665,
        "MultiNormExposure": 0.19098861349491586,
        "MultiInfoTheory": 0.16288810330276257,
        "SimpsonsInteraction": 0.46693884545440983,
        "MultiDiversity": 0.9096429424376533,
        "MultiDivergence": 0.14817001357641338,
    },
    "06": {
        "Dissim": 0.29259198454669355,
        "Gini": 0.3915326901120179,
        "Isolation": 0.14830206749491553,
        "CorrelationR": 0.04948200271152144,
        "Atkinson": 0.12010155208090423,
        "Entropy": 0.06886722768862782,
        "Interaction": 0.8516979325050844,
        "MultiDissim": 0.37262366973268013,
        "MultiGini": 0.5046328046488222,
        "MultiNormExposure": 0.16493045810430373,
        "MultiInfoTheory": 0.1651726057297243,
        "SimpsonsInteraction": 0.6429254795377936,
        "MultiDiversity": 1.1943107995613427,
        "MultiDivergence": 0.19726742681469744,
    },
}


@pytest.mark.parametrize("pattern", DIVIDED)
def test_the_eight_theoretical_patterns(pattern: str) -> None:
    table = patterns(shared("segregation_patterns/segdata.rda"))[pattern]
    assert dissimilarity(table, 0, draws=0).value == pytest.approx(DIVIDED[pattern], abs=5e-7)


@pytest.mark.parametrize("year", PYSAL)
def test_auckland_is_as_pysal_measures_it(year: str) -> None:
    people = pl.read_csv(shared("segregation_patterns/auck_pop.csv"))
    counts = people.select(f"{group}{year}" for group in GROUPS)
    maori = f"maori{year}"
    found = {
        "Dissim": dissimilarity(counts, maori, draws=0).value,
        "Gini": gini(counts, maori, draws=0).value,
        "Isolation": isolation(counts, maori, draws=0).value,
        "CorrelationR": correlation_ratio(counts, maori, draws=0).value,
        "Atkinson": atkinson(counts, maori, draws=0).value,
        "Entropy": theil_h(counts, maori, draws=0).value,
        "Interaction": exposure(counts, maori, [0, 2, 3], draws=0).value,
        "MultiDissim": dissimilarity(counts, draws=0).value,
        "MultiGini": gini(counts, draws=0).value,
        "MultiNormExposure": correlation_ratio(counts, draws=0).value,
        "MultiInfoTheory": theil_h(counts, draws=0).value,
        "SimpsonsInteraction": simpson_interaction(counts, draws=0).whole,
        "MultiDiversity": entropy(counts, draws=0).whole,
        "MultiDivergence": mutual_information(counts, draws=0).value,
    }
    assert found == pytest.approx(PYSAL[year], abs=1e-9)


def neighbourhoods(*columns: str) -> pl.DataFrame:
    """Figures of the neighbourhoods of Utrecht in 2023, rows with all of them known."""
    figures = pl.read_excel(shared("utrecht/kwb-2023.xlsx"), infer_schema_length=0)
    numbers = [
        pl.when(pl.col(name) != ".").then(pl.col(name).str.replace(",", ".")).cast(pl.Float64).alias(name)
        for name in columns
    ]
    return figures.filter(pl.col("recs") == "Buurt").select(numbers).drop_nulls()


def test_utrecht_by_origin_as_published_for_neighbourhoods() -> None:
    figures = neighbourhoods("a_inw", "a_neu_al")
    counts = figures.select(outside_europe="a_neu_al", rest=pl.col("a_inw") - pl.col("a_neu_al"))
    found = dissimilarity(counts, "outside_europe", rounded_to=5)
    assert found.value == pytest.approx(0.2911, abs=5e-5)
    assert gini(counts, 0, draws=0).value == pytest.approx(0.3981, abs=5e-5)
    assert isolation(counts, 0, draws=0).value == pytest.approx(0.3704, abs=5e-5)
    assert found.enough
    assert found.interval is not None
    assert found.interval[1] - found.interval[0] < 0.02


def test_utrecht_by_social_assistance() -> None:
    figures = neighbourhoods("a_inw", "a_soz_wb")
    counts = figures.select("a_soz_wb", rest=pl.col("a_inw") - pl.col("a_soz_wb"))
    found = dissimilarity(counts, 0, draws=0)
    assert (round(found.value or 0.0, 4), found.areas) == (0.3751, 107)


def test_utrecht_by_tenure_from_percentages_of_homes() -> None:
    figures = neighbourhoods("a_woning", "p_wcorpw")
    homes = figures["a_woning"].to_numpy()
    association = np.rint(homes * figures["p_wcorpw"].to_numpy() / 100)
    found = dissimilarity(np.stack([association, homes - association], axis=1), 0, draws=0)
    assert found.value == pytest.approx(0.4026, abs=1e-4)
    assert found.areas == 108
