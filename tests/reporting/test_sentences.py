"""Sentences are true: what they claim follows from the figures, whatever the figures are."""

from __future__ import annotations

from datetime import date
from statistics import fmean, pstdev

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.sentences import (
    city_sentences,
    development_claim,
    homes_claim,
    livability_claim,
    opening,
    weakest_amenity,
)
from ongedeeld.reporting.text import Speech
from tests.real_cities import utrecht
from tests.reporting.cast import MEREL, full_city
from tests.small_city import NEIGHBOURHOODS, small_city

ENGLISH = Speech("en")
score = st.one_of(st.none(), st.floats(2, 7).map(lambda value: round(value, 2)))
four_scores = st.tuples(score, score, score, score)


@settings(deadline=None, max_examples=settings().max_examples // 4)
@given(scores=four_scores, nuisance=four_scores, cohesion=four_scores)
def test_a_sentence_on_livability_claims_what_the_figures_say(
    scores: tuple[float | None, ...], nuisance: tuple[float | None, ...], cohesion: tuple[float | None, ...]
) -> None:
    city = small_city(livability3_score=scores, livability3_nuisance=nuisance, livability3_cohesion=cohesion)
    ground = Ground.of_all(city)
    known = [value for value in scores if value is not None]
    for place, code in enumerate(NEIGHBOURHOODS):
        claim = livability_claim(ground, code, ENGLISH)
        own = scores[place]
        if own is None:
            assert claim is None
            continue
        assert claim is not None
        spread = pstdev(known)
        if spread < 0.05:  # then there are fewer classes
            continue
        distance = (own - fmean(known)) / spread if spread > 1e-9 else 0.0
        slack = 1e-6
        if " above " in claim.text:
            assert distance > 0.25 - slack
        elif " below " in claim.text:
            assert distance < -0.25 + slack
        else:
            assert abs(distance) <= 0.25 + slack
        assert ("far " in claim.text) == (abs(distance) > 1.5) or abs(abs(distance) - 1.5) < slack
        for name, values in (("nuisance", nuisance), ("cohesion", cohesion)):
            if f"the score on {name}" in claim.text or f"the score on social {name}" in claim.text:
                # Only dimensions of areas with a score count.
                scored = [v for v, s in zip(values, scores, strict=True) if v is not None and s is not None]
                value = values[place]
                assert value is not None
                assert (value - fmean(scored)) * distance > 0


def test_every_neighbourhood_of_utrecht_opens_with_a_sentence_in_both_languages() -> None:
    ground = Ground.of_all(utrecht())
    for code in ground.codes:
        for speech in (Speech("nl"), ENGLISH):
            claims = opening(ground, code, speech)
            assert claims
            assert all(claim.text and claim.reasons for claim in claims)
            assert not [claim for claim in claims if "{" in claim.text or "  " in claim.text]


def test_the_share_of_associations_is_that_of_the_city_file() -> None:
    claim = homes_claim(Ground.of_all(utrecht()), "BU03440341", ENGLISH)
    assert claim is not None
    assert claim.text == "In 2023 74% of the homes belonged to housing associations, against 31% in Utrecht."


def test_a_neighbourhood_close_to_everything_has_no_weakest_amenity() -> None:
    city = full_city(distance_supermarket=(100, 450, 800, 1200))
    ground = Ground.of_all(city)
    known = [ground.series[name] for name in ("distance_supermarket", "distance_gp")]

    def mean(series: Series) -> float:
        return series.mean

    assert weakest_amenity(known, MEREL, mean) is None
    furthest = weakest_amenity(known, "BU99990201", mean)
    assert furthest is not None
    assert furthest.name == "distance_gp"


def test_a_dip_that_the_ends_do_not_show_is_told() -> None:
    scores = {2018: 4.2, 2020: 3.7, 2022: 4.2, 2023: 4.1}
    rows = [
        small_city(livability3_score=(score, 4.2, 4.4, None))
        .table("indicators")
        .filter(pl.col("indicator") == "livability3_score")
        .with_columns(period=date(year, 1, 1))
        for year, score in scores.items()
    ]
    city = small_city({"indicators": pl.concat(rows)})
    claim = development_claim(Ground.of_all(city), MEREL, ENGLISH)
    assert claim is not None
    assert claim.text == "Between 2018 and 2023 livability fell. In between it was lower: 3.70 in 2020."


def test_the_sentence_on_the_city_counts_its_neighbourhoods() -> None:
    sentences = city_sentences(Ground.of_all(utrecht()), ENGLISH, ranks=True)
    assert sentences[0] == "Utrecht has 111 neighbourhoods; in 2024 it had 374,238 residents."
    assert sentences[1].startswith(
        "Of the 106 with a livability score in 2020, 24 were around the average, 39 below"
    )
    assert len(city_sentences(Ground.of_all(utrecht()), ENGLISH, ranks=False)) == 2
