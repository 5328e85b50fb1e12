"""What the City keeps of a home: the home itself, and its tenancies under pseudonymous numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.vocabulary import CHOICES, TABLES, Both, Column
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.safeguards.homes import dwellings_of
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, euros, hold

NAMES = {
    "dwellings": N_("the home, as it stands in the City"),
    "tenancies": N_("a tenancy, under a number that stands for it"),
}
ENDED = N_("a tenancy that ended, under a number that stands for it")


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
                facts=tuple(_facts(table, row)),
            )


def _key(table: str, name: str) -> UUID:
    """The same for the same row, in whatever version of the City."""
    return uuid5(NAMESPACE_URL, f"ongedeeld:{table}:{name}")


def _facts(table: str, row: dict[str, object]) -> Iterator[Fact]:
    for column in TABLES[table].columns:
        value = row.get(column.name)
        if value is not None:
            yield Fact(column.name, Both(column.label_nl, column.label_en), _value(column, value))


def _value(column: Column, value: object) -> object:
    if column.name.endswith("_cents"):
        return euros(int(str(value)))
    if not column.choices:
        return value
    choice = CHOICES[column.choices][str(value)]
    return Both(choice.label_nl, choice.label_en)


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
