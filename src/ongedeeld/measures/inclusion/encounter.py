"""Encounter, recognition, network: meeting places within reach, and how well residents know each other."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_
from ongedeeld.measures.inclusion.answer import Measured, filled, inclusion_assumptions
from ongedeeld.measures.inclusion.answers import answers_of_residents, change_of_answers
from ongedeeld.measures.inclusion.homes import located_homes, points
from ongedeeld.measures.inclusion.opening_hours import weekly_hours
from ongedeeld.measures.inclusion.reach import reach_of_places
from ongedeeld.measures.inclusion.ways import StraightLine, Ways
from ongedeeld.measures.notes import Note, note

# Where people meet: under a roof, with opening hours; and outside.
INDOOR_KINDS = ("meeting_place", "community_centre", "workspace", "library")
OUTDOOR_KINDS = ("playground", "park", "sports_ground")
RECOGNITION_QUESTIONS = ("knows_neighbours", "greeted", "someone_to_turn_to", "home")


@dataclass(frozen=True)
class MeetingPlaces:
    """Where people can meet, and for whom it is within reach.

    `reach` is as :func:`~ongedeeld.measures.inclusion.reach.reach_of_places` gives it, for the kinds
    `indoor` and `outdoor`. `places` has a row per indoor place: `place`, `kind`, `name`, `area`,
    `opening_hours`, `hours_per_week` (null where they are not given or cannot be read),
    `activities_per_week`, `visitors_per_week`, and `homes_within` (of the association, within `within_m`).
    `hours` has a row per area (neighbourhoods with homes, and the region): `area`, `homes`, and of the
    average home `hours_within` (the hours a week of all indoor places within `within_m`, as far as known)
    and `unread_within` (how many of those places have no known hours).
    """

    reach: Measured
    places: pl.DataFrame
    hours: pl.DataFrame
    within_m: float
    notes: tuple[Note, ...]
    missing: tuple[Note, ...]


def meeting_places(city: City, *, ways: Ways | None = None, within_m: float | None = None) -> MeetingPlaces:
    """The meeting places within reach of the association's homes, how long they are open and how used.

    Parameters
    ----------
    city
        With the association's own `dwellings` and `places`.
    ways
        A walking network; straight lines by default.
    within_m
        Within reach is up to this distance; by default the middle of the distances of the assumptions.

    Raises
    ------
    AbsentError
        For a drawn stock, or a City without own homes or without places.
    """
    radii = sorted(inclusion_assumptions()["radii_m"].value)
    limit = float(radii[len(radii) // 2] if within_m is None else within_m)
    on_foot = ways or StraightLine()
    groups = {"indoor": INDOOR_KINDS, "outdoor": OUTDOOR_KINDS}
    reach = reach_of_places(city, kinds=groups, ways=on_foot, radii_m=sorted({*radii, limit}))
    places = filled(city, "places")
    indoor = places.filter(pl.col("kind").is_in(INDOOR_KINDS)).with_columns(
        hours_per_week=pl.col("opening_hours").map_elements(weekly_hours, return_dtype=pl.Float64)
    )
    homes, _ = located_homes(city, N_("meeting places within reach"))
    pairs, told = _pairs(homes, indoor, on_foot, limit)
    kinds = ", ".join((*INDOOR_KINDS, *OUTDOOR_KINDS))
    return MeetingPlaces(
        reach,
        _with_homes(indoor, pairs),
        _hours(told, pairs, city.manifest.region),
        limit,
        (note(N_("Kinds of place where people meet: {kinds}"), kinds=kinds),),
        tuple(_gaps(indoor)),
    )


def _pairs(
    homes: pl.DataFrame, places: pl.DataFrame, ways: Ways, within_m: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each home with each indoor place within reach of it; and the homes of which that can be told."""
    doors = homes.drop_nulls(["x_m", "y_m"]).group_by("x_m", "y_m", maintain_order=True).agg("dwelling")
    placed = places.drop_nulls(["x_m", "y_m"])
    hours = placed.select("place", "hours_per_week")
    if doors.is_empty() or placed.is_empty():
        return hours.clear().with_columns(dwelling=pl.lit(None, pl.String)), homes.clear()
    near = ways.near(points(doors), points(placed), within_m)
    pairs = hours[near.target].with_columns(doors["dwelling"][near.origin]).explode("dwelling")
    on_the_way = doors.filter(~pl.Series(near.nearest_m).is_nan()).select("dwelling").explode("dwelling")
    return pairs, homes.join(on_the_way, on="dwelling", how="semi", maintain_order="left")


def _with_homes(places: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    counted = pairs.group_by("place").agg(homes_within=pl.len().cast(pl.Int64))
    joined = places.join(counted, on="place", how="left", maintain_order="left")
    located = pl.col("x_m").is_not_null() & pl.col("y_m").is_not_null()
    return joined.with_columns(
        homes_within=pl.when(located).then(pl.col("homes_within").fill_null(0))
    ).select(
        "place", "kind", "name", "area", "opening_hours", "hours_per_week", "activities_per_week",
        "visitors_per_week", "homes_within",
    )  # fmt: skip


def _hours(homes: pl.DataFrame, pairs: pl.DataFrame, region: str) -> pl.DataFrame:
    of_home = pairs.group_by("dwelling").agg(
        hours_within=pl.col("hours_per_week").sum(), unread_within=pl.col("hours_per_week").null_count()
    )
    told = homes.join(of_home, on="dwelling", how="left", maintain_order="left")
    both = pl.concat([told.drop_nulls("area"), told.with_columns(area=pl.lit(region))])
    return both.group_by("area", maintain_order=True).agg(
        homes=pl.len().cast(pl.Int64),
        hours_within=pl.col("hours_within").fill_null(0).mean(),
        unread_within=pl.col("unread_within").fill_null(0).mean(),
    )


def _gaps(places: pl.DataFrame) -> list[Note]:
    """What is not known of indoor places."""
    given = pl.col("opening_hours").is_not_null()
    counts = places.select(
        not_given=(~given).sum(),
        not_read=(given & pl.col("hours_per_week").is_null()).sum(),
        activities=pl.col("activities_per_week").is_null().sum(),
        visitors=pl.col("visitors_per_week").is_null().sum(),
    ).row(0, named=True)
    texts = {
        "not_given": N_("of {count} of {places} indoor places the opening hours are not given"),
        "not_read": N_(
            "of {count} of {places} indoor places the opening hours cannot be read; write them as ma-vr "
            "9:00-17:00"
        ),
        "activities": N_("of {count} of {places} indoor places the number of activities is not known"),
        "visitors": N_("of {count} of {places} indoor places the number of visits is not known"),
    }
    return [
        note(text, count=counts[name], places=len(places)) for name, text in texts.items() if counts[name]
    ]


def recognition(city: City, year: int | None = None) -> Measured:
    """What residents say of knowing neighbours, being greeted, someone to turn to and feeling at home.

    As :func:`~ongedeeld.measures.inclusion.answers.answers_of_residents`.
    """
    return answers_of_residents(city, RECOGNITION_QUESTIONS, year)


def change_of_recognition(city: City, start: int, end: int) -> Measured:
    """The same questions in two years.

    As :func:`~ongedeeld.measures.inclusion.answers.change_of_answers`.
    """
    return change_of_answers(city, start, end, RECOGNITION_QUESTIONS)
