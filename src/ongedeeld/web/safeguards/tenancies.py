"""Since when somebody lives in a home of which only the blind key is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

import polars as pl

from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.safeguards.homes import blind_home, home_of


def tenancies_began(homes: Collection[str], complexes: Collection[str], today: date) -> dict[str, date]:
    """The days on which the tenancies began that run in homes.

    Parameters
    ----------
    homes
        The blind keys of the homes, which lead to no address.
    complexes
        In which the homes can be: of the addresses there it is found which ones they are.
    today
        Tenancies that begin later do not count.

    Returns
    -------
    The last such day of each home, by its key; none for a home of which the City tells no tenancy.
    """
    if not complexes:
        return {}
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if version is None:
        return {}
    there = Address.objects.filter(book=version.addresses_id, complex__in=complexes).exclude(dwelling="")
    homes_of = defaultdict(set)  # homes that share an address share a key, and the same home may have two
    for one in there:
        if (home := blind_home(home_of(one))) in homes:
            homes_of[one.dwelling].add(home)
    tenancies = opened(str(version.key), version.folder).city.table("tenancies")
    running = pl.col("end").is_null() & (pl.col("start") <= today)
    began = tenancies.filter(running & pl.col("dwelling").is_in(sorted(homes_of)))
    last: dict[str, date] = {}
    for dwelling, start in began.select("dwelling", "start").iter_rows():
        for home in homes_of[dwelling]:
            last[home] = max(start, last.get(home, start))
    return last
