"""A home goes on when people move: who lived there and who lives there now see nothing of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import polars as pl
from django.db.models import Min

from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault.vaults import unlink_home
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.tenancies import tenancies_began

AT_ONCE = 500


def moved() -> list[Vault]:
    """The vaults whose home has a tenancy that began after the vault was linked with it."""
    linked = Vault.objects.exclude(home="")
    first = linked.aggregate(first=Min("made_on"))["first"]
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if first is None or version is None:
        return []
    began: dict[str, date] = {}
    for home, day in _homes_that_began(version, first):  # homes that share an address share a key
        began[home] = max(day, began.get(home, day))
    return [vault for vault in linked if began.get(vault.home, vault.made_on) > vault.made_on]


def unlink_moved() -> int:
    """End the link of those; how many."""
    found = moved()
    for vault in found:
        unlink_home(vault)
    return len(found)


def lives_there_since(vault: Vault, complexes: Collection[str], today: date) -> date:
    """Since when somebody lives in the home that is linked with a vault, as far as the City tells.

    The home is in one of `complexes`. It is the day on which the tenancy began that runs there; without one
    the day on which the vault was made. A later day than that one tells that who made the vault moved out.
    """
    return tenancies_began({vault.home}, complexes, today).get(vault.home, vault.made_on)


def _homes_that_began(version: CityVersion, since: date) -> Iterator[tuple[str, date]]:
    """The blind keys of homes in which a tenancy began after a day, with the last such day of each."""
    tenancies = opened(str(version.key), version.folder).city.table("tenancies")
    later = tenancies.filter(pl.col("start") > since).group_by("dwelling").agg(pl.col("start").max())
    days = dict(later.select("dwelling", "start").iter_rows())
    numbers = sorted(days)
    for at in range(0, len(numbers), AT_ONCE):
        dwellings = numbers[at : at + AT_ONCE]
        there = Address.objects.filter(book=version.addresses_id, dwelling__in=dwellings)
        yield from ((blind_home(home_of(one)), days[one.dwelling]) for one in there)
