"""What every result of a run has to say of what it rests on, beside its assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_
from ongedeeld.reasons import Reason
from ongedeeld.rules.records import Binding
from ongedeeld.simulation.preparing.law_ahead import LAW_AHEAD
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.vocabulary import Both, translator
from ongedeeld.vocabulary.spoken import Day

RULE = "simulation"
MANY_VACANT = 0.2
"""Of more homes than this share without a tenancy it is told that they start vacant."""


def caveats(setting: Setting) -> tuple[Reason, ...]:
    """The reasons for care with the results of a setting, in a fixed order.

    They tell which homes, tenants and law are not those of today's records: an invented City, homes drawn
    from totals, tenants drawn for want of tenancies, values of the law carried on, urgency schemes that are
    assumed, and what a policy asks that a simulation cannot tell.
    """
    return tuple(_all(setting))


def beside(found: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Those of what is not told of every run in words of its own: the City, what-if, the law carried on."""
    return tuple(one for one in found if one.rule not in (RULE, LAW_AHEAD))


def _all(setting: Setting) -> Iterator[Reason]:
    if setting.invented:
        yield Reason(
            RULE, N_("{city} is invented: nothing here is about real homes or people"), _city(setting)
        )
    if setting.drawn:
        text = N_("the homes of {city} are drawn from published totals: not below neighbourhoods")
        yield Reason(RULE, text, _city(setting))
    if setting.what_if:
        yield Reason(RULE, N_("the policy was tried without asking whether the law allows it"))
    yield from setting.ahead.reasons(setting.day_of(setting.months - 1))
    if setting.assumed_schemes:
        text = N_("local policy tells no urgency scheme of {places}: assumed is one with all groups")
        yield Reason("urgency", text, {"places": _places(setting)})
    yield from _of_tenants(setting)
    yield from _of_local_policy(setting)
    yield from _of_policy(setting)


def _of_tenants(setting: Setting) -> Iterator[Reason]:
    """Homes of which no tenancy is told: of the whole stock, or of more than a fifth of it."""
    there = setting.stock.comes <= 0
    homes, vacant = int(there.sum()), int((there & ~setting.sitting.occupied).sum())
    facts: dict[str, object] = {"city": setting.city_name, "day": _day(setting.start)}
    if setting.sitting.drawn:
        text = N_(
            "{city} tells no tenancy that runs on {day}: every home was given a tenant, drawn by assumption"
        )
        yield Reason("tenancies", text, facts)
    elif vacant > MANY_VACANT * homes:
        text = N_("{vacant} of {homes} homes have no tenancy that runs on {day}: they start vacant")
        yield Reason("tenancies", text, {**facts, "vacant": vacant, "homes": homes})


def _of_local_policy(setting: Setting) -> Iterator[Reason]:
    """A priority of an ordinance for a category of homes, which a City does not tell."""
    records = [one for plan in setting.plans for one in plan.law.records(Binding)]
    for record in dict.fromkeys(records):
        text = N_(
            "priority for binding in the category {category} plays no part: homes have no category here"
        )
        yield Reason("local_binding", text, {"category": record.category}, source=record.source)


def _of_policy(setting: Setting) -> Iterator[Reason]:
    """When uses count, numbers of one that began before the run, and professions that one stands for."""
    for use in setting.policy.uses:
        yield from _of_days(use, setting)
        counts = use.parameters.keys() & {"homes", "share", "most"}
        if use.start < setting.start <= use.end and counts:
            text = N_("{instrument}: its number or share counts from {day}, without what was let before")
            facts = {"instrument": use.instrument.label, "day": _day(setting.start)}
            yield Reason(use.instrument.name, text, facts, source=use.source)
        if setting.people.profession not in use.parameters.get("professions", [setting.people.profession]):
            text = N_("{instrument}: nobody has a profession that it names: one stands for all, {profession}")
            one = str(setting.people.profession)
            named: dict[str, object] = {"instrument": use.instrument.label, "profession": one}
            yield Reason(use.instrument.name, text, named, source=use.source)


def _of_days(use: Use, setting: Setting) -> Iterator[Reason]:
    """A use that holds on the day of no round, and one that begins between two of them."""
    held = [day for day in map(setting.day_of, range(setting.months)) if use.holds(day)]
    facts = {"instrument": use.instrument.label, "start": _day(use.start)}
    if not held:
        text = N_(
            "{instrument} (from {start}) plays no part: it holds on none of the rounds, "
            "the first of every month"
        )
        yield Reason(use.instrument.name, text, facts, source=use.source)
    elif use.start > setting.start and use.start.day > 1:
        text = N_("{instrument} begins on {start} and counts from {day}, the day of the next round")
        yield Reason(use.instrument.name, text, {**facts, "day": _day(held[0])}, source=use.source)


def _day(day: date) -> Both:
    """A day in full, in words that a manifest can hold."""
    return Both(*(Day(day).say(translator(language).gettext) for language in ("nl", "en")))


def _places(setting: Setting) -> str:
    """The municipalities of which the urgency scheme is assumed, by name."""
    areas = setting.housing.city.table("areas").drop_nulls("name")
    names = dict(areas.select("code", "name").iter_rows())
    return ", ".join(names.get(code, code) for code in setting.assumed_schemes)


def _city(setting: Setting) -> dict[str, object]:
    return {"city": setting.city_name}
