"""The sentences that open a page: made from figures, each with the figures that it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.livability import REST
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.scales import STEPS
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import INDICATORS, LIVABILITY

HARDLY = 0.25
"""A change of less than this part of the spread between neighbourhoods is called hardly a change."""

LEVELS = (
    N_("In {period} livability was far below the average of the neighbourhoods in {city}."),
    N_("In {period} livability was below the average of the neighbourhoods in {city}."),
    N_("In {period} livability was somewhat below the average of the neighbourhoods in {city}."),
    N_("In {period} livability was around the average of the neighbourhoods in {city}."),
    N_("In {period} livability was somewhat above the average of the neighbourhoods in {city}."),
    N_("In {period} livability was above the average of the neighbourhoods in {city}."),
    N_("In {period} livability was far above the average of the neighbourhoods in {city}."),
)
ROUNDING = 0.005
"""Scores and dimensions are published in hundredths: each may be off by this."""


@dataclass(frozen=True)
class Claim:
    """A sentence, and the figures and rule on which it stands."""

    text: str
    reasons: tuple[str, ...]


def dimension_name(name: str, speech: Speech, absent: Sequence[str] = ()) -> str:
    """A dimension of the Leefbaarometer without its version; for the rest, what is in it."""
    if name != REST:
        return INDICATORS[name].label(speech.language).partition(" (")[0]
    if not absent:
        return speech.say("rounding")
    names = speech.listing([dimension_name(one, speech) for one in absent])
    return speech.say("{dimensions} (not known separately) and rounding", dimensions=names)


def absent_dimensions(ground: Ground, code: str) -> tuple[str, ...]:
    """The dimensions of the newest version that are not known separately for a neighbourhood."""
    version, _ = ground.livability.newest()
    known = set(contributions(ground, code)["dimension"])
    return tuple(
        name for one in LIVABILITY if one.name == version for name in one.dimensions if name not in known
    )


def livability_claim(ground: Ground, code: str, speech: Speech) -> Claim | None:
    """Where livability stands beside the other neighbourhoods, and the dimension that weighs most in that."""
    score = ground.score
    if score is None or code not in score.values:
        return None
    place = score.scale.place(score.values[code])
    text = speech.say(LEVELS[place], city=ground.name, period=speech.period(score.period))
    reasons = [*_level_reasons(ground, code, score, speech)]
    if place != 3:
        told, why = _driven(ground, code, score, speech)
        text = " ".join([text, *told])
        reasons += why
    return Claim(text, tuple(reasons))


def _level_reasons(ground: Ground, code: str, score: Series, speech: Speech) -> Iterator[str]:
    """The score beside its mean, and what the words for its place stand for."""
    version, _ = ground.livability.newest()
    yield speech.say(
        "The score is {score} (Leefbaarometer {version}, {period}). The mean of the {count} "
        "neighbourhoods with "
        "a score is {mean}; their standard deviation is {spread}.",
        score=speech.figure(score.values[code], "score"),
        version=version,
        period=speech.period(score.period),
        count=len(score.values),
        mean=speech.figure(score.mean, "score"),
        spread=speech.figure(score.spread, "score"),
    )
    if len(score.scale.places) == len(LEVELS):
        yield speech.say(
            "'Around' is within {around} standard deviation of the mean, 'somewhat' up to {somewhat}, "
            "'far' more than {far}.",
            around=speech.number(STEPS[3], 2),
            somewhat=speech.number(STEPS[4], 2),
            far=speech.number(STEPS[5], 1),
        )
    elif len(score.scale.places) > 1:
        yield speech.say(
            "The scores lie so close together that three classes are told: 'below' and 'above' are more than "
            "{around} standard deviation from the mean.",
            around=speech.number(STEPS[4], 2),
        )
    else:
        yield speech.say("The scores hardly differ: all are called around the average.")


def _driven(ground: Ground, code: str, score: Series, speech: Speech) -> tuple[list[str], list[str]]:
    """The sentences on the dimension that weighs most in the difference, and their reasons."""
    direction = 1 if score.values[code] >= score.mean else -1
    rows = contributions(ground, code).sort(pl.col("difference") * direction, descending=True)
    if not len(rows):
        return [], []
    absent = absent_dimensions(ground, code)
    known = rows.filter(pl.col("dimension") != REST)
    rest = float(rows.filter(pl.col("dimension") == REST)["difference"].sum())
    told, why = [], []
    first = rows.row(0, named=True)
    if first["dimension"] != REST and first["difference"] * direction > 0:
        name = dimension_name(first["dimension"], speech)
        told.append(
            speech.say(
                "Of the {count} known dimensions the score on {dimension} weighed most in that.",
                count=speech.counted(len(known)),
                dimension=name,
            )
            if absent
            else speech.say("The score on {dimension} weighed most in that.", dimension=name)
        )
        why.append(
            speech.say(
                "Of the known dimensions {dimension} differs most from the mean in that direction: "
                "{difference}.",
                dimension=name,
                difference=speech.figure(first["difference"], "score", signed=True),
            )
        )
    if absent and abs(rest) > ROUNDING * (len(known) + 1):
        told.append(_not_known(absent, len(known) + len(absent), speech))
        why.append(
            speech.say(
                "What the known dimensions leave of the difference, {rest}, is more than their rounding.",
                rest=speech.figure(rest, "score", signed=True),
            )
        )
    return told, why


def _not_known(absent: Sequence[str], every: int, speech: Speech) -> str:
    return speech.ngettext(
        "Of the {all} dimensions one is not known separately: {names}.",
        "Of the {all} dimensions {count} are not known separately: {names}.",
        len(absent),
        all=speech.counted(every),
        names=speech.listing([dimension_name(name, speech) for name in absent]),
    )


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
        text = N_("Between {start} and {end} livability hardly changed.")
    elif total > 0:
        text = N_("Between {start} and {end} livability rose.")
    else:
        text = N_("Between {start} and {end} livability fell.")
    told = speech.say(text, start=start, end=end)
    between = _turn(ground, code, periods, max(threshold, abs(total)), speech)
    reason = speech.say(
        "Between {start} and {end} the score changed by {change}. Less than {threshold} is called hardly a "
        "change: "
        "a quarter of the standard deviation between neighbourhoods.",
        start=start,
        end=end,
        change=speech.figure(total, "score", signed=True),
        threshold=speech.figure(threshold, "score"),
    )
    return Claim(f"{told} {between}".strip(), (reason,))


def _turn(ground: Ground, code: str, periods: list[date], least: float, speech: Speech) -> str:
    """The largest dip or rise in between that goes further than the change from first to last."""
    version, _ = ground.livability.newest()
    rows = ground.livability.scores.filter((pl.col("area") == code) & (pl.col("version") == version))
    scores = dict(rows.filter(pl.col("period").is_in(periods)).select("period", "score").iter_rows())
    ends = [scores.pop(periods[0]), scores.pop(periods[-1])]
    if not scores:
        return ""
    low, high = min(scores, key=scores.__getitem__), max(scores, key=scores.__getitem__)
    dip, rise = min(ends) - scores[low], scores[high] - max(ends)
    if max(dip, rise) <= least:
        return ""
    at, text = (
        (low, N_("In between it was lower: {score} in {period}."))
        if dip >= rise
        else (high, N_("In between it was higher: {score} in {period}."))
    )
    return speech.say(text, score=speech.figure(scores[at], "score"), period=speech.period(at))


def homes_claim(ground: Ground, code: str, speech: Speech) -> Claim | None:
    """How many of the homes belong to housing associations."""
    series = ground.series.get("share_association")
    if series is None or code not in series.values:
        return None
    own = speech.figure(series.values[code], "share")
    period = speech.period(series.period)
    if speech.rounded(series.values[code], "share") == 0:
        text = speech.say("In {period} there were hardly any homes of housing associations.", period=period)
    elif series.whole is None:
        text = speech.say(
            "In {period} {share} of the homes belonged to housing associations.", period=period, share=own
        )
    else:
        text = speech.say(
            "In {period} {share} of the homes belonged to housing associations, against {whole} in {city}.",
            period=period,
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
            speech.say(
                "The Leefbaarometer gave no score for this neighbourhood in {period}.",
                period=speech.period(ground.score.period),
            )
            if ground.score
            else speech.say("No livability scores are known here.")
        )
        reason = N_("Where few people or homes are, or nothing was measured, no score is published.")
        claims.insert(0, Claim(text, (speech.say(reason),)))
    return claims


def weakest_amenity(known: Sequence[Series], code: str, beside: Callable[[Series], float]) -> Series | None:
    """The amenity that is furthest away, in times the distance that it is compared with.

    Distances are published in hundreds of metres; a difference of less than two such steps does not count.
    None when nothing is that much further away.
    """

    def steps(series: Series) -> tuple[int, int]:
        return round(series.values[code] / 100), max(1, round(beside(series) / 100))

    far = [series for series in known if steps(series)[0] - steps(series)[1] >= 2]
    return max(far, key=lambda series: steps(series)[0] / steps(series)[1], default=None)


def city_sentences(ground: Ground, speech: Speech, *, ranks: bool) -> list[str]:
    """What opens the atlas: how many neighbourhoods and residents, and how livability is spread.

    With `ranks`, also the district in which most neighbourhoods far below the average lie, if there is one.
    """
    residents = ground.series.get("residents")
    made = []
    if residents is not None and residents.whole is not None:
        made.append(
            speech.say(
                "{city} has {count} neighbourhoods; in {period} it had {residents} residents.",
                city=ground.name,
                count=len(ground.codes),
                period=speech.period(residents.period),
                residents=speech.figure(residents.whole, "count"),
            )
        )
    else:
        made.append(
            speech.ngettext(
                "{city} has one neighbourhood.",
                "{city} has {count} neighbourhoods.",
                len(ground.codes),
                city=ground.name,
            )
        )
    score = ground.score
    if score is None:
        made.append(speech.say("No livability scores are known here."))
        return made
    places = [score.scale.place(value) for value in score.values.values()]
    made.append(
        speech.say(
            "Of the {count} with a livability score in {period}, {around} were around the average, {below} "
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
        "Of the {far} far below it, {count} were in {district}.", far=len(far), count=count, district=district
    )
