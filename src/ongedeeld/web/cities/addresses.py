"""Find addresses, within the reach of who asks; and keep the addresses of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import Extent, extent_of
from ongedeeld.web.cities.address_file import AddressFile
from ongedeeld.web.cities.address_keys import Split, Wanted, wanted
from ongedeeld.web.cities.models import Address, AddressBook, CityVersion
from ongedeeld.web.cities.opened import opened

MOST = 20
SHORTEST = 2
BATCH = 5_000
_END = "z" * 20
"""Behind every continuation of a key, in each order in which databases hold letters and digits."""


def addresses_for(
    person: Person, text: str, most: int = MOST, *, right: str = "cities.find_address"
) -> list[Address]:
    """The addresses of the City that is read, within the reach of a person, that fit what was typed.

    Parameters
    ----------
    person
        Who asks.
    text
        A street, or its beginning, with a number and an addition; or a postcode with a number. Capitals,
        spaces and accents do not matter.
    most
        How many are told.
    right
        The permission for which they are looked for: its reach is the reach of the search.

    Raises
    ------
    Refused
        When the person may find none at all.
    """
    require(person, right)
    asked = wanted(text)
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if version is None or version.addresses_id is None or not _is_enough(asked):
        return []
    found = _fitting(Address.objects.filter(book=version.addresses_id), asked)
    reach = _within(extent_of(person, right), version)
    ordered = found.filter(reach).order_by(
        "street_key", "number", Length("addition_key"), "addition_key", "id"
    )
    return list(ordered[:most])


def address_at(text: str) -> Address | None:
    """The address that a postcode, a number and perhaps an addition name; none where they name not just one.

    It asks for nobody's reach: tell nothing of it to who typed it.
    """
    asked = wanted(text)
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if version is None or version.addresses_id is None or not asked.postcode:
        return None
    named = Q()
    for split in asked.splits:
        if split.number is not None:
            named |= Q(number=split.number, addition_key=split.addition)
    if not named:
        return None
    found = list(Address.objects.filter(named, book=version.addresses_id, postcode=asked.postcode)[:2])
    return found[0] if len(found) == 1 else None


def _is_enough(asked: Wanted) -> bool:
    return bool(asked.postcode) or any(len(split.street) >= SHORTEST for split in asked.splits)


def _fitting(addresses: QuerySet[Address], asked: Wanted) -> QuerySet[Address]:
    if asked.postcode:
        addresses = addresses.filter(postcode=asked.postcode)
    fits = Q()
    for split in asked.splits:
        if split.street or asked.postcode:
            fits |= _fits(split)
    return addresses.filter(fits)


def _fits(split: Split) -> Q:
    """A range, for a search by beginning takes no index on either database."""
    fits = Q()
    if split.street:
        fits &= Q(street_key__gte=split.street, street_key__lte=split.street + _END)
    if split.number is not None:
        fits &= Q(number=split.number)
    if split.addition:
        fits &= Q(addition_key__gte=split.addition, addition_key__lte=split.addition + _END)
    return fits


def _within(extent: Extent, version: CityVersion) -> Q:
    if extent.everywhere:
        return Q()
    areas = opened(str(version.key), version.folder).city.table("areas")
    inside = set(extent.codes)
    while True:
        below = set(areas.filter(pl.col("parent").is_in(list(inside)))["code"]) - inside
        if not below:
            break
        inside |= below
    return Q(area__in=inside) | Q(complex__in=extent.codes)


def keep_addresses(file: AddressFile, tell: Callable[[int, int], None] | None = None) -> AddressBook:
    """Write the addresses of a file; nobody finds them before a version with this book is accepted.

    Parameters
    ----------
    file
        The addresses.
    tell
        Called with how many are written and how many there are.
    """
    book = AddressBook.objects.create(file=file.file, sha256=file.sha256)
    written = 0
    for rows in _batches(file.frame):
        Address.objects.bulk_create(Address(book=book, **row) for row in rows)
        written += len(rows)
        if tell is not None:
            tell(written, len(file.frame))
    return book


def _batches(frame: pl.DataFrame) -> Iterator[list[dict[str, object]]]:
    for part in frame.iter_slices(BATCH):
        yield part.to_dicts()
