"""What a record of local policy may not say, because the law sets a limit to it."""

from __future__ import annotations

from dataclasses import replace

from ongedeeld.errors import N_, InputError
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.parameters import Parameters
from ongedeeld.rules.records import Agreement, Binding, Designation, Record


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
    if isinstance(record, Designation) and not (record.areas or record.complexes):
        raise InputError(
            N_("the designation {name} names no place"),
            place=record.place,
            expected=N_("codes under areas, or numbers under complexes"),
            remedy=N_("take them from the decision of the minister"),
            name=record.name,
        )


def _limit(parameters: Parameters, name: str, record: Record) -> float | None:
    dated = parameters[name].at(record.start)
    return dated.value if dated else None


def _beyond(record: Record, field: str, own: float, limit: float, article: str) -> InputError:
    return InputError(
        N_("[[{section}]] sets {own} where the law sets the limit at {limit} ({article})"),
        place=replace(record.place, column=field),
        expected=N_("no more room than the law gives"),
        remedy=N_("leave the value out, or write one that the law allows"),
        section=record.section,
        own=Percent(own),
        limit=Percent(limit),
        article=article,
    )
