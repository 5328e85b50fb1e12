"""What the City keeps of a home: the home itself, and its tenancies under pseudonymous numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_
from ongedeeld.vocabulary import CHOICES, TABLES, Both, Column, Quantity
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.safeguards.homes import dwellings_of
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, euros, hold

NAMES = {
    "dwellings": N_("the home, as it stands in the City"),
    "tenancies": N_("a tenancy, under a number that stands for it"),
}
ENDED = N_("a tenancy that ended, under a number that stands for it")
LABELS = {
    "dwelling": N_("number of the home"),
    "floor": N_("floor of the front door (0 is the ground floor)"),
    "condition_score": N_("state of repair, from 1 (excellent) to 6 (very bad)"),
    "rent_cents": N_("bare rent a month"),
    "target_rent_cents": N_("rent a month for who rents it next"),
    "maximum_rent_cents": N_("highest rent a month by the points system"),
    "label": N_("group for which the home is meant"),
    "status": N_("measured or estimated"),
    "tenancy": N_("number that stands for the tenancy"),
    "start": N_("first day"),
    "end": N_("last day"),
    "household_size": N_("number of people when it began"),
    "age_class": N_("age of the eldest tenant when it began"),
    "route": N_("way in which the home was let"),
}
"""What people read of a column where its own label says too little outside the City."""


def _of_home(home: Home) -> Iterable[Found]:
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if version is None:
        return
    city = opened(str(version.key), version.folder).city
    here = pl.col("dwelling").is_in(dwellings_of(home.name, version))
    for table, heading in NAMES.items():
        for row in city.table(table).filter(here).iter_rows(named=True):
            yield Found(
                key=_key(table, row[TABLES[table].key[0]]),
                day=row.get("start"),
                heading=ENDED if row.get("end") else heading,
                facts=tuple(_facts(city, table, row)),
            )


def _key(table: str, name: str) -> UUID:
    """The same for the same row, in whatever version of the City."""
    return uuid5(NAMESPACE_URL, f"ongedeeld:{table}:{name}")


def _facts(city: City, table: str, row: dict[str, object]) -> Iterator[Fact]:
    for column in TABLES[table].columns:
        value = row.get(column.name)
        if value is not None:
            label = LABELS.get(column.name) or Both(column.label_nl, column.label_en)
            exact = None if column.choices else value
            yield Fact(column.name, label, _value(city, column, value), exact=exact)


def _value(city: City, column: Column, value: object) -> object:
    """A cell as people read it: places by their name, amounts in euros, measures with their unit."""
    if column.choices:
        choice = CHOICES[column.choices][str(value)]
        return Both(choice.label_nl, choice.label_en)
    if column.references:
        return _called(city, column.references, str(value))
    if column.name.endswith("_cents"):
        return euros(int(str(value)))
    if column.name.endswith("_m2"):
        return Quantity(float(str(value)), "m²")
    return str(value) if column.name.endswith("_year") else value


def _called(city: City, reference: str, code: str) -> str:
    """What a place is called, with its code behind it; the code alone where it has no name."""
    table, _, key = reference.partition(".")
    frame = city.table(table)
    if "name" not in frame.columns:
        return code
    names = frame.filter(pl.col(key) == code)["name"].drop_nulls().to_list()
    return f"{names[0]} ({code})" if names and names[0] != code else code


hold(
    Holding(
        kind="cities.version",
        text=N_("the City: the home and its tenancies"),
        of_home=_of_home,
        heeds_marks=False,
        otherwise=N_(
            "The City is a copy of what the association keeps elsewhere. Correct, stop or remove it there "
            "under the same request; the data manager then brings in a new version."
        ),
    )
)
hold(
    Holding(
        kind="safeguards.request",
        text=N_("what was asked before"),
        otherwise=N_("Earlier requests about this home stand beside the request; who asked has the answer."),
    )
)
hold(
    Holding(
        kind="safeguards.processing",
        text=N_("the processing log"),
        otherwise=N_("On which days something was done with a record stands with that record."),
    )
)
hold(
    Holding(
        kind="audit.entry",
        text=N_("who did and who saw what"),
        otherwise=N_(
            "The days on which somebody looked stand with each record. Who that was is told only where who "
            "asks cannot use their rights without it: decide that outside this page."
        ),
    )
)
