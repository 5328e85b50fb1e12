"""Find a neighbourhood by its code or its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.errors import N_, AbsentError

if TYPE_CHECKING:
    from ongedeeld.city.city import City


def neighbourhoods(areas: pl.DataFrame, text: str = "") -> pl.DataFrame:
    """The neighbourhoods with their district, as far as code, name or district holds a text.

    Parameters
    ----------
    areas
        The table `areas` of a City.
    text
        What to look for, in capitals or not; nothing gives all of them.

    Returns
    -------
    pl.DataFrame
        `code`, `name` and `district`, in the order of the codes.
    """
    of_level = areas.filter(pl.col("level") == "neighbourhood").select("code", "name", "parent")
    named = areas.select(parent="code", district="name")
    found = of_level.join(named, on="parent", how="left").drop("parent").sort("code")
    sought = text.strip().lower()
    columns = pl.concat_str("code", "name", pl.col("district").fill_null(""), separator="\n")
    return found.filter(columns.str.to_lowercase().str.contains(sought, literal=True))


def find_neighbourhood(city: City, text: str) -> str:
    """The code of the neighbourhood that is called so.

    Parameters
    ----------
    city
        Any City.
    text
        A code, or a whole name that one neighbourhood has; capitals do not matter.

    Raises
    ------
    AbsentError
        When none, or more than one, is called so; it names those that come near, with their codes.
    """
    known = neighbourhoods(city.table("areas"))
    found = called(known, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise AbsentError(
            N_("{count} neighbourhoods are called {name}"),
            expected=N_("one of: {near}"),
            remedy=N_("give the code in place of the name"),
            count=len(found),
            name=text,
            near=_with_codes(known.filter(pl.col("code").is_in(found))),
        )
    near = near_names(known, text)
    raise AbsentError(
        N_("{name} is not the code or the name of a neighbourhood of this City"),
        expected=N_("one that comes near: {near}") if near else "",
        remedy=N_("look it up with: ongedeeld areas DIR TEXT"),
        name=text,
        near=near,
    )


def called(known: pl.DataFrame, text: str) -> list[str]:
    """The codes of the neighbourhoods (`code`, `name`) with this code or this name."""
    sought = text.strip().lower()
    is_it = (pl.col("code").str.to_lowercase() == sought) | (pl.col("name").str.to_lowercase() == sought)
    return known.filter(is_it)["code"].to_list()


def near_names(known: pl.DataFrame, text: str, most: int = 5) -> str:
    """The neighbourhoods (`code`, `name`) whose name or code holds this text or looks like it."""
    sought = text.strip().lower()
    places: dict[str, int] = {}
    for column in ("name", "code"):
        for place, word in enumerate(known[column].str.to_lowercase()):
            places.setdefault(word, place)
    alike = [word for word in places if sought and sought in word]
    alike += get_close_matches(sought, list(places), n=most, cutoff=0.6)
    order = list(dict.fromkeys(places[word] for word in alike))[:most]
    return _with_codes(known[order])


def _with_codes(rows: pl.DataFrame) -> str:
    return ", ".join(f"{row['name']} ({row['code']})" for row in rows.iter_rows(named=True))
