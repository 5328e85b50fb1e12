"""The sentences that open a page: made from figures, each with the figures that it stands on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.livability import REST
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.scales import STEPS
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import INDICATORS

HARDLY = 0.25
"""A change of less than this part of the spread between neighbourhoods is called hardly a change."""

LEVELS = (
    N_("Livability is far below the average of the neighbourhoods in {city}."),
    N_("Livability is below the average of the neighbourhoods in {city}."),
    N_("Livability is somewhat below the average of the neighbourhoods in {city}."),
    N_("Livability is around the average of the neighbourhoods in {city}."),
    N_("Livability is somewhat above the average of the neighbourhoods in {city}."),
    N_("Livability is above the average of the neighbourhoods in {city}."),
    N_("Livability is far above the average of the neighbourhoods in {city}."),
)
LEVELS_DRIVEN = (
    N_(
        "Livability is far below the average of the neighbourhoods in {city}; the score on {dimension} "
        "weighs most in that."
    ),
    N_(
        "Livability is below the average of the neighbourhoods in {city}; the score on {dimension} weighs "
        "most in that."
    ),
    N_(
        "Livability is somewhat below the average of the neighbourhoods in {city}; the score on "
        "{dimension} weighs most in that."
    ),
    LEVELS[3],
    N_(
        "Livability is somewhat above the average of the neighbourhoods in {city}; the score on "
        "{dimension} weighs most in that."
    ),
    N_(
        "Livability is above the average of the neighbourhoods in {city}; the score on {dimension} weighs "
        "most in that."
    ),
    N_(
        "Livability is far above the average of the neighbourhoods in {city}; the score on {dimension} "
        "weighs most in that."
    ),
)


@dataclass(frozen=True)
class Claim:
    """A sentence, and the figures and rule on which it stands."""

    text: str
    reasons: tuple[str, ...]


def dimension_name(name: str, speech: Speech) -> str:
    """A dimension of the Leefbaarometer without its version."""
    if name == REST:
        return speech.say("other and rounding")
    return INDICATORS[name].label(speech.language).partition(" (")[0]


def livability_claim(ground: Ground, code: str, speech: Speech) -> Claim | None:
    """Where livability stands beside the other neighbourhoods, and the dimension that weighs most in that."""
    score = ground.score
    if score is None or code not in score.values:
        return None
    version, _ = ground.livability.newest()
    place = score.scale.place(score.values[code])
    driver = _driver(ground, code, score)
    if driver is None or place == 3:
        text = speech.say(LEVELS[place], city=ground.name)
    else:
        text = speech.say(LEVELS_DRIVEN[place], city=ground.name, dimension=dimension_name(driver[0], speech))
    reasons = [
        speech.say(
            "The score is {score} (Leefbaarometer {version}, {period}). The mean of the {count} "
            "neighbourhoods with "
            "a score is {mean}; their standard deviation is {spread}.",
            score=speech.figure(score.values[code], "score"),
            version=version,
            period=speech.period(score.period),
            count=len(score.values),
            mean=speech.figure(score.mean, "score"),
            spread=speech.figure(score.spread, "score"),
        ),
        speech.say(
            "'Around' is within {around} standard deviation of the mean, 'somewhat' up to {somewhat}, "
            "'far' more than {far}.",
            around=speech.number(STEPS[3], 2),
            somewhat=speech.number(STEPS[4], 2),
            far=speech.number(STEPS[5], 1),
        ),
    ]
    if driver is not None and place != 3:
        reasons.append(
            speech.say(
                "Of the published dimensions {dimension} differs most from the mean in that direction: "
                "{difference}.",
                dimension=dimension_name(driver[0], speech),
                difference=speech.figure(driver[1], "score", signed=True),
            )
        )
    return Claim(text, tuple(reasons))


def _driver(ground: Ground, code: str, score: Series) -> tuple[str, float] | None:
    """The published dimension that weighs most in the difference; none where the rest weighs more."""
    direction = 1 if score.values[code] >= score.mean else -1
    rows = contributions(ground, code).sort(pl.col("difference") * direction, descending=True)
    if not len(rows):
        return None
    first = rows.row(0, named=True)
    if first["dimension"] == REST or first["difference"] * direction <= 0:
        return None
    return str(first["dimension"]), float(first["difference"])


def contributions(ground: Ground, code: str) -> pl.DataFrame:
    """The contributions of the newest measurement to the score of one neighbourhood."""
    version, period = ground.livability.newest()
    return ground.livability.contributions.filter(
        (pl.col("area") == code) & (pl.col("version") == version) & (pl.col("period") == period)
    )


def comparable_periods(ground: Ground, code: str) -> list[date]:
    """The periods in which this neighbourhood has a score of the newest version."""
    try:
        version, _ = ground.livability.newest()
    except AbsentError:
        return []
    scores = ground.livability.scores
    own = scores.filter((pl.col("area") == code) & (pl.col("version") == version))
    return own["period"].sort().to_list()


def change_since(ground: Ground, code: str) -> pl.DataFrame:
    """The change from the first to the last of at most five, split by dimension; may be empty."""
    periods = comparable_periods(ground, code)[-5:]
    if len(periods) < 2:
        return pl.DataFrame()
    return ground.changes(periods[0], periods[-1]).filter(pl.col("area") == code)


def development_claim(ground: Ground, code: str, speech: Speech) -> Claim | None:
    """How livability moved over the last measurements."""
    periods = comparable_periods(ground, code)[-5:]
    change = change_since(ground, code)
    if not len(change) or ground.score is None:
        return None
    total = float(change["total"][0])
    start, end = (speech.period(period) for period in (periods[0], periods[-1]))
    threshold = HARDLY * ground.score.spread
    if abs(total) < threshold:
        text = N_("Between {start} and {end} it hardly changed.")
    elif total > 0:
        text = N_("Between {start} and {end} it rose.")
    else:
        text = N_("Between {start} and {end} it fell.")
    reason = speech.say(
        "Between {start} and {end} the score changed by {change}. Less than {threshold} is called hardly a "
        "change: "
        "a quarter of the standard deviation between neighbourhoods.",
        start=start,
        end=end,
        change=speech.figure(total, "score", signed=True),
        threshold=speech.figure(threshold, "score"),
    )
    return Claim(speech.say(text, start=start, end=end), (reason,))


def homes_claim(ground: Ground, code: str, speech: Speech) -> Claim | None:
    """How many of the homes belong to housing associations."""
    series = ground.series.get("share_association")
    if series is None or code not in series.values:
        return None
    own = speech.figure(series.values[code], "share")
    period = speech.period(series.period)
    if series.whole is None:
        text = speech.say("Of the homes {share} belong to housing associations.", share=own)
    else:
        text = speech.say(
            "Of the homes {share} belong to housing associations, against {whole} in {city}.",
            share=own,
            whole=speech.figure(series.whole, "share"),
            city=ground.name,
        )
    return Claim(text, (speech.say("Homes of associations: {share} in {period}.", share=own, period=period),))


def opening(ground: Ground, code: str, speech: Speech) -> list[Claim]:
    """The claims that open a portrait; never empty."""
    made = [
        livability_claim(ground, code, speech),
        development_claim(ground, code, speech),
        homes_claim(ground, code, speech),
    ]
    claims = [claim for claim in made if claim is not None]
    if made[0] is None:
        text = (
            N_("The Leefbaarometer gives no score for this neighbourhood.")
            if ground.score
            else N_("This City holds no livability scores.")
        )
        reason = N_("Where few people or homes are, or nothing was measured, no score is published.")
        claims.insert(0, Claim(speech.say(text), (speech.say(reason),)))
    return claims


def weakest_amenity(ground: Ground, code: str) -> Series | None:
    """The amenity that is furthest away, compared with other neighbourhoods of the city.

    Compared by standard deviations of the neighbourhoods; none when nothing is further away than the mean.
    """
    known = [
        series
        for name, series in ground.series.items()
        if name.startswith("distance_") and code in series.values and series.spread > 0
    ]
    if not known:
        return None

    def excess(series: Series) -> float:
        return (series.values[code] - series.mean) / series.spread

    furthest = max(known, key=excess)
    return furthest if excess(furthest) > 0 else None


def city_sentences(ground: Ground, speech: Speech, *, ranks: bool) -> list[str]:
    """What opens the atlas: how many neighbourhoods and residents, and how livability is spread.

    With `ranks`, also the district in which most neighbourhoods far below the average lie, if there is one.
    """
    residents = ground.series.get("residents")
    made = []
    if residents is not None and residents.whole is not None:
        made.append(
            speech.say(
                "{city} has {count} neighbourhoods with {residents} residents.",
                city=ground.name,
                count=len(ground.codes),
                residents=speech.figure(residents.whole, "count"),
            )
        )
    else:
        made.append(
            speech.say("{city} has {count} neighbourhoods.", city=ground.name, count=len(ground.codes))
        )
    score = ground.score
    if score is None:
        made.append(speech.say("This City holds no livability scores."))
        return made
    places = [score.scale.place(value) for value in score.values.values()]
    made.append(
        speech.say(
            "Of the {count} with a livability score in {period}, {around} are around the average, {below} "
            "below it and "
            "{above} above it.",
            count=len(places),
            period=speech.period(score.period),
            around=places.count(3),
            below=sum(place < 3 for place in places),
            above=sum(place > 3 for place in places),
        )
    )
    if ranks and (concentrated := _concentration(ground, score, speech)):
        made.append(concentrated)
    return made


def _concentration(ground: Ground, score: Series, speech: Speech) -> str:
    """Where at least half of the neighbourhoods far below the average lie, if there are three or more."""
    far = [code for code, value in score.values.items() if score.scale.place(value) == 0]
    districts = Counter(line[-2][1] for code in far if len(line := ground.line(code)) > 2)
    if len(far) < 3 or not districts:
        return ""
    district, count = districts.most_common(1)[0]
    if 2 * count < len(far):
        return ""
    return speech.say(
        "Of the {far} far below it, {count} lie in {district}.", far=len(far), count=count, district=district
    )
