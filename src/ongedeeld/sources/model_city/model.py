"""Put the model city together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import shapely

from ongedeeld.city import City, Manifest, Source
from ongedeeld.errors import N_, InputError
from ongedeeld.sources.model_city import records
from ongedeeld.sources.model_city.chance import Chance
from ongedeeld.sources.model_city.effects import Effect, plan
from ongedeeld.sources.model_city.figures import SOURCE, codes, indicators
from ongedeeld.sources.model_city.ground import CITY_NAME, MUNICIPALITY, Ground, ground
from ongedeeld.sources.model_city.homes import Homes, homes
from ongedeeld.sources.model_city.lives import lives
from ongedeeld.sources.model_city.places import nearness, places, sites
from ongedeeld.sources.model_city.society import Society
from ongedeeld.sources.model_city.story import LAST_YEAR, Story, TurningPoints, story

_CREATED = date(2026, 1, 1)
_SMALLEST, _LARGEST = 0.05, 2.0


def model_city(seed: int = 1, scale: float = 1.0, effects: Sequence[Effect] = ()) -> City:
    """Make Voorbeeldstad, an invented city: the same for the same seed, scale and effects, to the last byte.

    Parameters
    ----------
    seed
        Which of the possible cities.
    scale
        Its size, from 0.05 to 2. At 1 there are 40 neighbourhoods in 8 districts and 60,000 homes, of which
        25,000 in 180 complexes of one association; a smaller city has as many fewer, but at least 6
        neighbourhoods.
    effects
        What to build in; without it, nothing was done.

    Returns
    -------
    City
        All tables, over 2016 to 2025, marked as invented.

    Raises
    ------
    InputError
        For a scale outside its limits, or an effect in a place that this city does not have.

    Examples
    --------
    >>> city = model_city(scale=0.1)
    >>> city.table("dwellings").height, city.manifest.invented
    (6000, True)
    """
    chance, land, stock, tale = _beginnings(seed, scale)
    laid_out = plan(effects, stock.complexes)
    tenancies, counted = lives(chance, stock, tale, laid_out)
    where = sites(chance, land, stock)
    society = Society(chance, land, stock, tale, nearness(chance, land, where))
    recovered = land.codes.index(tale.turning_points.recovered)
    tables = {
        "areas": _areas(land),
        "indicators": indicators(chance, society),
        "complexes": stock.complexes,
        "entrances": stock.entrances,
        "dwellings": stock.dwellings,
        "tenancies": tenancies,
        "observations": records.observations(chance, stock, tale, counted),
        "surveys": records.surveys(chance, stock, tale, laid_out),
        "inspections": records.inspections(chance, stock, tale),
        "caretaker_hours": records.caretaker_hours(chance, stock, tale, laid_out, recovered),
        "places": places(chance, land, stock, where, laid_out),
    }
    return City.of(tables, _manifest())


def turning_points(seed: int = 1, scale: float = 1.0) -> TurningPoints:
    """The neighbourhoods of this city that go down, and the one that recovered.

    Examples
    --------
    >>> len(turning_points(scale=0.1).declining)
    2
    """
    _, _, _, tale = _beginnings(seed, scale)
    return tale.turning_points


def _beginnings(seed: int, scale: float) -> tuple[Chance, Ground, Homes, Story]:
    if not _SMALLEST <= scale <= _LARGEST:
        raise InputError(
            N_("the model city cannot have scale {scale}"),
            expected=N_("a number from {smallest} to {largest}; 1 is 60,000 homes"),
            scale=scale,
            smallest=_SMALLEST,
            largest=_LARGEST,
        )
    chance = Chance(seed)
    land = ground(chance, scale)
    stock = homes(chance, land, scale)
    own = np.bincount(stock.area_of_complex[stock.complex_of], minlength=land.size)
    everything = np.bincount(stock.area_of_home, minlength=land.size)
    return chance, land, stock, story(chance, land, own / everything)


def _areas(land: Ground) -> pl.DataFrame:
    districts, _ = codes(land)
    of_district = [shapely.union_all(land.shapes[land.district == n]) for n in range(len(districts))]
    shapes = [*land.shapes, *of_district, shapely.union_all(np.array(of_district))]
    parents = [*(districts[n] for n in land.district), *[MUNICIPALITY] * len(districts), None]
    levels = ["neighbourhood"] * land.size + ["district"] * len(districts) + ["municipality"]
    return pl.DataFrame(
        {
            "code": [*land.codes, *districts, MUNICIPALITY],
            "level": levels,
            "name": [*land.names, *land.district_names, CITY_NAME],
            "parent": parents,
            "division": LAST_YEAR,
            "geometry": pl.Series(shapely.to_wkb(shapely.normalize(shapes)).tolist(), dtype=pl.Binary),
        }
    )


def _manifest() -> Manifest:
    source = Source(
        key=SOURCE,
        title=CITY_NAME,
        owner="verzonnen",
        file="",
        sha256="",
        licence="CC0",
        date=_CREATED,
        reader="model_city",
    )
    return Manifest(CITY_NAME, MUNICIPALITY, _CREATED, invented=True, stock="own", sources=(source,))
