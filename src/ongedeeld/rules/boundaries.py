"""What a record of local policy may not say, because the law sets a limit to it."""

from __future__ import annotations

from datetime import date, timedelta

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.days import years_later
from ongedeeld.rules.parameters import Parameters
from ongedeeld.rules.records import Agreement, Binding, Designation, Record, Swap

LEAST_PARTIES = 2
ORDINANCE_YEARS = "ordinance_max_years"


def refuse_loosening_records(record: Record, parameters: Parameters) -> None:
    """Refuse a record that allows more than the law does.

    A limit that is not known on the first day of the record is not held against it here: the test that needs
    it refuses.

    Raises
    ------
    InputError
        With the line of the record.
    """
    if isinstance(record, Agreement) and record.daeb_min_share is not None:
        floor = _limit(parameters, "daeb_min_share_floor", record)
        if floor is not None and record.daeb_min_share < floor:
            raise _beyond(record, "daeb_min_share", record.daeb_min_share, floor, "Woningwet 48(1)")
    if isinstance(record, Binding) and not record.hardly_any_room:
        most = _limit(parameters, "local_binding_max_share", record)
        if most is not None and record.share > most:
            raise _beyond(record, "share", record.share, most, "Hvw 14(2)")
    if isinstance(record, Swap):
        _refuse_swap(record, parameters)
    if record.of_ordinance and record.end != date.max:
        _refuse_long_ordinance(record, parameters)
    if isinstance(record, Designation) and not (record.areas or record.complexes):
        raise InputError(
            N_("the designation {name} names no place"),
            place=record.place,
            expected=N_("codes under areas, or numbers under complexes"),
            remedy=N_("take them from the decision of the minister"),
            name=record.name,
        )


def _refuse_long_ordinance(record: Record, parameters: Parameters) -> None:
    years = _limit(parameters, ORDINANCE_YEARS, record)
    if years is not None and record.end >= years_later(record.start, int(years)):
        raise InputError(
            N_("[[{section}]] stands in a housing ordinance, which lasts at most {years} years (Hvw 4)"),
            place=record.at("until"),
            expected=N_("a last day within {years} years of {start}"),
            remedy=N_("write what the next ordinance says in a record of its own"),
            section=record.section,
            years=int(years),
            start=record.start.isoformat(),
        )


def last_day_of_ordinance(record: Record, parameters: Parameters, day: date) -> date | None:
    """The last day on which a record without one can hold, for the ordinance in which it stands (Hvw 4).

    Returns
    -------
    date or None
        None where the record has a last day, stands in no ordinance, or how long one lasts is not known.
    """
    dated = parameters[ORDINANCE_YEARS].at(day)
    if not record.of_ordinance or record.end != date.max or dated is None or dated.value is None:
        return None
    return years_later(record.start, int(dated.value)) - timedelta(days=1)


def refuse_ended_ordinance(record: Record, parameters: Parameters, day: date) -> None:
    """Refuse a record of an ordinance without a last day once the ordinance must have ended (Hvw 4).

    Raises
    ------
    AbsentError
        When the day lies further from its first day than an ordinance may last.
    """
    last = last_day_of_ordinance(record, parameters, day)
    if last is not None and day > last:
        raise AbsentError(
            N_("whether the ordinance of [[{section}]] from {start} still holds on {day} is not known"),
            place=record.place,
            expected=N_("a last day, {last} at the latest: so long a housing ordinance lasts (Hvw 4)"),
            remedy=N_("end it with until, and give what the next ordinance says in a record of its own"),
            section=record.section,
            start=record.start.isoformat(),
            day=day.isoformat(),
            last=last.isoformat(),
        )


def _refuse_swap(record: Swap, parameters: Parameters) -> None:
    years = _limit(parameters, "daeb_swap_max_years", record)
    if years is not None and record.end >= years_later(record.start, int(years)):
        raise InputError(
            N_("the swap {name} lasts longer than {years} years (BTIV 60(1)c)"),
            place=record.at("until"),
            expected=N_("a last day within {years} years"),
            remedy=N_("take it from the decision of the minister"),
            name=record.name,
            years=int(years),
        )
    if len(record.parties) < LEAST_PARTIES:
        raise InputError(
            N_("the swap {name} names no other association"),
            place=record.at("parties"),
            expected=N_("the associations that meet the share together, this one among them"),
            remedy=N_("take it from the decision of the minister"),
            name=record.name,
        )


def _limit(parameters: Parameters, name: str, record: Record) -> float | None:
    dated = parameters[name].at(record.start)
    return dated.value if dated else None


def _beyond(record: Record, field: str, own: float, limit: float, article: str) -> InputError:
    return InputError(
        N_("[[{section}]] sets {own} where the law sets the limit at {limit} ({article})"),
        place=record.at(field),
        expected=N_("no more room than the law gives"),
        remedy=N_("leave the value out, or write one that the law allows"),
        section=record.section,
        own=Percent(own),
        limit=Percent(limit),
        article=article,
    )
