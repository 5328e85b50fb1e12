"""Read a register in the form of HSDS 3: as its API answers it, or as an archive of tables.

Whatever is wrong is told with its file, row and field. What this register has no place for is left aside, and
of what it cannot understand it says so: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.partners.around import LEVELS, Areas
from ongedeeld.web.partners.hsds import DOMAIN_TAXONOMY, KIND_TAXONOMY
from ongedeeld.web.partners.hsds_cells import BEGIN_OTHERWISE, BEGINS_A_FORMULA, is_formula
from ongedeeld.web.partners.hsds_tables import from_zip
from ongedeeld.web.partners.hsds_things import Thing, of_json, of_tables
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.partners.offers import Offered
from ongedeeld.web.partners.organisations import About

MOST_ERRORS, MOST_THINGS = 40, 5_000
STATUSES = {"active": True, "inactive": False, "defunct": False, "temporarily closed": False}
"""Whether a service of each status of HSDS is offered now."""
_WAIT = re.compile(
    r"(?:P(?P<iso>\d{1,4})D|(?P<days>\d{1,4}) ?(?:days?|dag(?:en)?)|(?P<weeks>\d{1,3}) ?(?:weeks?|weken))",
    re.I,
)
_PHONE = re.compile(r"[0-9+()\- ]{3,40}")


@dataclass(frozen=True)
class Service:
    """What is offered, as a file tells it; no codes is everywhere."""

    source_id: str
    offered: Offered
    codes: frozenset[str]


@dataclass(frozen=True)
class Listed:
    """An organisation, as a file tells it, with what it offers."""

    source_id: str
    about: About
    services: tuple[Service, ...]


@dataclass
class Directory:
    """All that a file tells.

    Parameters
    ----------
    organisations
        In the order of the file.
    errors
        What is wrong; while there is any, nothing is taken over.
    remarks
        What is left aside, and why.
    """

    organisations: list[Listed] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    remarks: list[InputError] = field(default_factory=list)


def read(name: str, content: bytes, areas: Areas, *, domain: str = "") -> Directory:
    """Read a file.

    Parameters
    ----------
    name, content
        The name of the file and what it holds.
    areas
        The areas in which something can be offered.
    domain
        The life domain of services that tell none; empty is none.

    Raises
    ------
    InputError
        When it is not a file of this kind at all.
    """
    things = of_tables(from_zip(name, content)) if content[:2] == b"PK" else of_json(name, content)
    directory = Directory()
    seen: set[str] = set()
    names: set[str] = set()
    services = 0
    for at, thing in enumerate(things):
        if at == MOST_THINGS or services > MOST_THINGS:
            raise InputError(
                N_("this file holds more than {most} organisations, or as many offers"),
                place=Place(name),
                remedy=N_("bring it in as several files"),
                most=MOST_THINGS,
            )
        try:
            listed = _listed(thing, areas, domain, directory)
            if listed.source_id in seen:
                raise InputError(N_("this id stands in the file twice"), place=_at(thing, "id"))
            if listed.about.name.casefold() in names:
                raise InputError(
                    N_("this name stands in the file twice"),
                    place=_at(thing, "name"),
                    remedy=N_("give each organisation its own name, or make one of them"),
                )
            seen.add(listed.source_id)
            names.add(listed.about.name.casefold())
            directory.organisations.append(listed)
            services += len(listed.services)
        except InputError as error:
            directory.errors.append(error)
        if len(directory.errors) >= MOST_ERRORS:
            break
    if not directory.organisations and not directory.errors:
        raise InputError(
            N_("there is no organisation in this file"),
            place=Place(name),
            expected=N_("a list of organisations with their services, as HSDS 3 describes"),
        )
    return directory


def _listed(thing: Thing, areas: Areas, domain: str, directory: Directory) -> Listed:
    """An organisation; what is wrong with one of its services is noted, and the others are read on."""
    contact = next(thing.many("contacts"), None)
    kind = _term(thing, KIND_TAXONOMY)
    about = About(
        name=_words(thing, "name", required=True),
        kind=kind if kind in Organisation.Kind.values else Organisation.Kind.OTHER,
        description=_words(thing, "description"),
        website=_website(thing),
        email=_email(thing) or (_email(contact) if contact else ""),
        phone=_phone(thing, directory) or (_phone(contact, directory) if contact else ""),
    )
    if about.description == about.name:
        about = About(**{**vars(about), "description": ""})
    services = []
    for one in thing.many("services"):
        try:
            service = _service(one, areas, domain, directory)
        except InputError as error:
            directory.errors.append(error)
        else:
            services += [service] if service else []
    return Listed(_id(thing), about, tuple(services))


def _service(thing: Thing, areas: Areas, domain: str, directory: Directory) -> Service | None:
    """What is offered; none where it is not offered now, or nowhere here."""
    status = thing.text("status") or "active"
    if status not in STATUSES:
        raise InputError(
            N_("this is no status of HSDS"),
            place=_at(thing, "status"),
            expected=N_("one of {names}"),
            names=", ".join(STATUSES),
        )
    name = _words(thing, "name", required=True)
    if not STATUSES[status]:
        _leave_out(directory, thing, "status", N_("'{name}' is not offered now"), name=name)
        return None
    codes = _codes(thing, areas, directory)
    if codes is None:
        problem = N_("'{name}' is offered in no area of this City")
        _leave_out(directory, thing, "service_areas", problem, name=name)
        return None
    wait, known = _wait(thing, directory)
    told = _term(thing, DOMAIN_TAXONOMY) or domain
    if told not in set(LIFE_DOMAIN_LABELS):
        raise InputError(
            N_("'{name}' tells no life domain"),
            place=_at(thing, "attributes"),
            remedy=N_("choose the life domain for services that tell none, and bring the file in again"),
            name=name,
        )
    offered = Offered(
        name=name,
        domain=str(told),
        description=_words(thing, "description"),
        for_whom=_words(thing, "eligibility_description"),
        email=_email(thing),
        phone=_phone(thing, directory),
        wait_days=wait,
        wait_known_on=known,
        **_address(thing),
    )
    return Service(_id(thing), offered, codes)


def _leave_out(directory: Directory, thing: Thing, column: str, problem: str, **fields: str) -> None:
    directory.remarks.append(InputError(problem, place=_at(thing, column), **fields))


def _codes(thing: Thing, areas: Areas, directory: Directory) -> frozenset[str] | None:
    """Where it is offered; empty is everywhere, none is in no area that is known here."""
    told = list(thing.many("service_areas"))
    found = set()
    for area in told:
        code = _code(area, areas)
        if code:
            found.add(code)
        else:
            name = area.text("name") or area.text("extent")
            _leave_out(directory, area, "name", N_("'{name}' is no area of this City"), name=name)
    return frozenset(found) if found or not told else None


def _code(area: Thing, areas: Areas) -> str:
    """The code of an area: as it stands there, or else of the only area of that name, the largest first."""
    extent = area.text("extent").upper()
    if area.text("extent_type") in ("", "text") and extent in areas.names:
        return extent
    name = area.text("name").casefold()
    for level in LEVELS:
        same = [code for code in areas.of_level(level) if areas.names[code].casefold() == name]
        if len(same) == 1:
            return same[0]
    return ""


def _wait(thing: Thing, directory: Directory) -> tuple[int | None, date | None]:
    """How long the wait is and when that held; both or neither: a wait without its day tells nothing."""
    told = thing.text("wait_time")
    if not told:
        return None, None
    known = _day(thing)
    found = _WAIT.fullmatch(told)
    if found is None or known is None:
        problem = N_(
            "the wait '{told}' is left out: it is no number of days or weeks, or its day is not known"
        )
        directory.remarks.append(InputError(problem, place=_at(thing, "wait_time"), told=told))
        return None, None
    days = found["iso"] or found["days"]
    return int(days) if days else 7 * int(found["weeks"]), known


def _day(thing: Thing) -> date | None:
    told = thing.text("assured_date") or thing.text("last_modified")[:10]
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise InputError(
            N_("this is no day"), place=_at(thing, "assured_date"), expected=N_("a day such as 2026-11-23")
        ) from error


def _address(thing: Thing) -> dict[str, str]:
    """The first address to which people go."""
    for at in thing.many("service_at_locations"):
        location = at.one("location")
        for one in location.many("addresses") if location else ():
            if one.text("address_type") in ("", "physical"):
                return {
                    "address": _cell(one, "address_1")[:120],
                    "postcode": _cell(one, "postal_code")[:10],
                    "town": _cell(one, "city")[:80],
                }
    return {}


def _term(thing: Thing, taxonomy: str) -> str:
    """The code of the first attribute of a taxonomy; empty where there is none."""
    for attribute in thing.many("attributes"):
        term = attribute.one("taxonomy_term")
        if term is not None and term.text("taxonomy") == taxonomy:
            return term.text("code")
    return ""


def _id(thing: Thing) -> str:
    name = _cell(thing, "id")
    if not name or len(name) > 120:
        raise InputError(
            N_("this has no id, or one that is too long"),
            place=_at(thing, "id"),
            expected=N_("an id of at most 120 letters, by which it is found when the file comes again"),
        )
    return name


def _words(thing: Thing, name: str, *, required: bool = False) -> str:
    text = _cell(thing, name)
    most = 120 if name == "name" else 2000
    if (required and not text) or len(text) > most:
        raise InputError(
            N_("this is empty or too long"),
            place=_at(thing, name),
            expected=N_("words, at most {most} letters"),
            most=most,
        )
    return text


def _cell(thing: Thing, name: str) -> str:
    """Words that can go out again in a table."""
    words = thing.text(name)
    if is_formula(words):
        raise InputError(BEGINS_A_FORMULA, place=_at(thing, name), remedy=BEGIN_OTHERWISE)
    return words


def _email(thing: Thing) -> str:
    told = _cell(thing, "email")
    try:
        if told:
            validate_email(told)
    except ValidationError as error:
        raise InputError(N_("this is no e-mail address"), place=_at(thing, "email")) from error
    return told


def _website(thing: Thing) -> str:
    told = thing.text("website") or thing.text("url")
    try:
        if told:
            URLValidator(schemes=["http", "https"])(told)
    except ValidationError as error:
        raise InputError(
            N_("this is no address of a website"),
            place=_at(thing, "website"),
            expected=N_("an address that begins with https:// or http://"),
        ) from error
    return told


def _phone(thing: Thing, directory: Directory) -> str:
    """The first number that is one; what cannot be dialled is left out."""
    for one in thing.many("phones"):
        number = one.text("number").strip('"')
        if _PHONE.fullmatch(number):
            return number
        directory.remarks.append(
            InputError(
                N_("'{number}' is no telephone number, and is left out"),
                place=_at(one, "number"),
                number=number,
            )
        )
    return ""


def _at(thing: Thing, column: str) -> Place:
    return thing.where(column)
