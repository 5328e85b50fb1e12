"""What the association's own tables tell of a neighbourhood, as modest counts.

Counted per neighbourhood only; nothing here is about one home or one household. Where a count is missing
for some complexes, the sum of the others is told as 'at least'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting import charts
from ongedeeld.reporting.figures import Chart, Fact, Grid, Section
from ongedeeld.reporting.own import Own
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import CHOICES

FEWEST_HOUSEHOLDS = 5
"""Counts of households below this are not told as a number."""

COVERED = 0.9
"""Re-lettings are counted when tenancies are known of at least this part of the homes in that year."""

OVER_A_YEAR = (
    "lettings_regular",
    "lettings_mediated",
    "lettings_internal",
    "lettings_re_housing",
    "support_started",
    "nuisance_new",
    "evictions",
    "evictions_prevented",
)
AT_ONE_MOMENT = ("support_present", "arrears_households", "nuisance_households")


def sections(own: Own | None, code: str, speech: Speech) -> Iterator[Section]:
    """The sections on own homes and on living there; none where nothing is known, and why not of drawn homes.

    Parameters
    ----------
    own
        The own tables, or none where homes were drawn from published totals.
    code
        A neighbourhood.
    speech
        The language.
    """
    if own is None:
        yield Section(
            "own",
            speech.say("What are the association's own homes like?"),
            why_empty=speech.say(
                "the homes in these data are drawn from published totals, and of such homes nothing is told"
            ),
            how_to=speech.say("Give your own homes with --dwellings."),
        )
        return
    homes = own.dwellings.filter(pl.col("area") == code)
    if len(homes):
        yield _homes(own, homes, code, speech)
    told = [*_counts(own, code, speech), *_upkeep(own, len(homes), code, speech), *_places(own, code, speech)]
    if told:
        yield Section(
            "living",
            speech.say("How do people live together here?"),
            facts_title=speech.say("From the association's own records"),
            facts_caption=speech.say("Counts of the complexes in this neighbourhood"),
            facts=tuple(told),
        )


def _homes(own: Own, homes: pl.DataFrame, code: str, speech: Speech) -> Section:
    told = [
        Fact(speech.say("Own homes"), speech.figure(len(homes), "count")),
        Fact(speech.say("In complexes"), speech.figure(homes["complex"].drop_nulls().n_unique(), "count")),
    ]
    if (turnover := _turnover(own, homes, code, speech)) is not None:
        told.append(turnover)
    told += [*_medians(homes, speech), *_averages(homes, speech)]
    chart = _labels(homes, speech)
    return Section(
        "own",
        speech.say("What are the association's own homes like?"),
        charts=(chart,) if chart else (),
        facts_title=speech.say("Own homes"),
        facts_caption=speech.say("From the association's own records"),
        facts=tuple(told),
    )


def _medians(homes: pl.DataFrame, speech: Speech) -> Iterator[Fact]:
    """The middle of what is known of enough homes."""
    for column, unit, label in (
        ("rent_cents", "cents", N_("Median rent a month")),
        ("floor_area_m2", "count", N_("Median floor area, m²")),
        ("build_year", "class", N_("Median build year")),
    ):
        values = homes[column].drop_nulls()
        if len(values) >= FEWEST_HOUSEHOLDS:
            middle = float(values.median())  # type: ignore[arg-type]
            text = str(round(middle)) if column == "build_year" else speech.figure(middle, unit)
            yield Fact(speech.say(label), text, _known(len(values), len(homes), speech))


def _averages(homes: pl.DataFrame, speech: Speech) -> Iterator[Fact]:
    """The condition and the share without stairs, where enough homes tell them."""
    condition = homes["condition_score"].drop_nulls()
    if len(condition) >= FEWEST_HOUSEHOLDS:
        yield Fact(
            speech.say("Average condition (NEN 2767, 1 is excellent)"),
            speech.number(float(condition.mean()), 1),  # type: ignore[arg-type]
            _known(len(condition), len(homes), speech),
        )
    step_free = homes["step_free"].drop_nulls()
    if len(step_free) >= FEWEST_HOUSEHOLDS:
        yield Fact(
            speech.say("Reached without stairs"),
            speech.figure(float(step_free.mean()), "share"),  # type: ignore[arg-type]
            _known(len(step_free), len(homes), speech),
        )


def _known(known: int, whole: int, speech: Speech) -> str:
    if known == whole:
        return ""
    return speech.say("known for {known} of {all}", known=speech.number(known), all=speech.number(whole))


def _labels(homes: pl.DataFrame, speech: Speech) -> Chart | None:
    """The share of each energy label among the homes that have one; all of A together."""
    known = homes["energy_label"].drop_nulls()
    if len(known) < FEWEST_HOUSEHOLDS:
        return None
    counts = dict(known.str.replace(r"\++$", "").value_counts().iter_rows())
    rows = [
        {
            "label": speech.say("A or better") if letter == "A" else letter,
            "value": counts.get(letter, 0) / len(known),
            "text": speech.figure(counts.get(letter, 0) / len(known), "share"),
            "compare": None,
            "mean": False,
        }
        for letter in "ABCDEFG"
    ]
    title = speech.say("Energy labels")
    caption = speech.say(
        "Share of the own homes with a label ({known} of {all})", known=len(known), all=len(homes)
    )
    grid = Grid(
        (title, speech.say("share")), tuple((str(row["label"]), str(row["text"])) for row in rows), "labels"
    )
    label = f"{title}. " + "; ".join(": ".join(row) for row in grid.rows)
    most = max(float(str(row["value"])) for row in rows)
    return Chart(title, caption, charts.bars(rows, (0, most), label, speech.language), grid)


def _turnover(own: Own, homes: pl.DataFrame, code: str, speech: Speech) -> Fact | None:
    """Re-lettings of existing homes in the last whole year as a share of the homes.

    Not known where tenancies are known of fewer than nine in ten homes in that year, or where the file holds
    no tenancy that ended: then it tells who lives there now and not how often homes were let.
    """
    last = own.tenancies["start"].max()
    if not isinstance(last, date):
        return None
    year = last.year if (last.month, last.day) >= (12, 15) else last.year - 1
    label = speech.say("Homes let again in {year}", year=year)
    begun = own.tenancies.filter(pl.col("start") <= date(year, 12, 31))
    here = begun.filter(pl.col("area") == code)
    in_year = here.filter(pl.col("end").is_null() | (pl.col("end") >= date(year, 1, 1)))
    covered = in_year["dwelling"].n_unique()
    if covered < COVERED * len(homes) or not begun["end"].is_not_null().any():
        why = (
            speech.say("tenancies that ended are not known")
            if covered >= COVERED * len(homes)
            else speech.say(
                "tenancies in that year are known for {known} of {all} homes, nine in ten are needed",
                known=speech.number(covered),
                all=speech.number(len(homes)),
            )
        )
        return Fact(label, speech.say("not known"), why)
    again = len(
        here.filter(
            (pl.col("start").dt.year() == year) & (pl.col("start") > pl.col("start").min().over("dwelling"))
        )
    )
    if again < FEWEST_HOUSEHOLDS:
        return Fact(label, speech.say("fewer than {count}", count=FEWEST_HOUSEHOLDS))
    share = speech.figure(again / len(homes), "share")
    return Fact(label, speech.figure(again, "count"), speech.say("{share} of the homes", share=share))


def _counts(own: Own, code: str, speech: Speech) -> Iterator[Fact]:
    here = own.observations.filter(pl.col("area") == code)
    last = own.observations["period"].max()
    if not isinstance(last, date):
        return
    a_year = here.filter(pl.col("period") > _a_year_before(last))
    for names, rows, when in (
        (
            AT_ONE_MOMENT,
            here.filter(pl.col("period") == last),
            speech.say("in {period}", period=_quarter(last, speech)),
        ),
        (OVER_A_YEAR, a_year, speech.say("in the year up to {period}", period=_quarter(last, speech))),
    ):
        for name in names:
            of_kind = rows.filter(pl.col("observation") == name)
            if len(of_kind):
                text, gap = _count(of_kind, speech)
                label = capital(CHOICES["observation"][name].label(speech.language))
                yield Fact(label, text, "; ".join(filter(None, (when, gap))))


def _count(rows: pl.DataFrame, speech: Speech) -> tuple[str, str]:
    """A sum over complexes in words, and which part of them was not counted where that hides the sum."""
    total = int(rows["count"].sum())
    gap = rows.filter(pl.col("count").is_null())["complex"].n_unique()
    if total >= FEWEST_HOUSEHOLDS:
        text = speech.number(total)
        return (speech.say("at least {count}", count=text) if gap else text), ""
    if gap:
        every = rows["complex"].n_unique()
        return speech.say("not known"), speech.ngettext(
            "one of {all} complexes not counted", "{count} of {all} complexes not counted", gap, all=every
        )
    return speech.say("fewer than {count}", count=FEWEST_HOUSEHOLDS), ""


def _a_year_before(day: date) -> date:
    """The same day a year earlier; the last of February for the 29th."""
    leaps = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leaps else day.day)


def _quarter(period: date, speech: Speech) -> str:
    return speech.say("quarter {quarter} of {year}", quarter=(period.month + 2) // 3, year=period.year)


def _upkeep(own: Own, homes: int, code: str, speech: Speech) -> Iterator[Fact]:
    month = own.caretaker_hours["period"].max()
    if isinstance(month, date):
        worked = own.caretaker_hours.filter(
            (pl.col("area") == code) & (pl.col("period") > _a_year_before(month))
        )
        if len(worked["hours"].drop_nulls()) and homes:
            hours = float(worked["hours"].sum())
            told = [speech.number(round(hours)), speech.number(round(hours / homes * 100))]
            if worked["hours"].null_count():
                told = [speech.say("at least {count}", count=text) for text in told]
            per_100 = speech.say("{hours} per 100 homes", hours=told[1])
            yield Fact(speech.say("Caretaker hours in a year"), told[0], per_100)


def _places(own: Own, code: str, speech: Speech) -> Iterator[Fact]:
    here = own.places.filter(pl.col("area") == code)
    for kind in ("community_centre", "meeting_place", "caretaker_office", "workspace", "care_point"):
        of_kind = here.filter(pl.col("kind") == kind)
        if len(of_kind):
            names = of_kind["name"].drop_nulls().head(3).to_list()
            label = capital(CHOICES["place_kind"][kind].label(speech.language))
            yield Fact(label, speech.number(len(of_kind)), ", ".join(names))
