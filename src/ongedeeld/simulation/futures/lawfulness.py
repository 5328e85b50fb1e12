"""What each use of a policy rests on: its articles, who agreed until when, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from ongedeeld.allocation.lawful import lawful_use
from ongedeeld.allocation.policies import Use
from ongedeeld.errors import AbsentError
from ongedeeld.rules.law import LawOfDay
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.vocabulary import Both, translator


@dataclass(frozen=True, slots=True)
class Against:
    """What stands in the way of a use, from the first day on which it was found."""

    day: date
    says: Both


@dataclass(frozen=True, slots=True)
class Footing:
    """What a use of an instrument rests on in a run.

    Parameters
    ----------
    name, label
        The name of the use, by which lettings are counted, and what its instrument is called.
    areas, complexes
        The codes of the places that the policy names; both empty where it is used everywhere.
    start, end
        First and last day; None where it has no end.
    agreement, agreed, source
        The name of what was agreed, the keys of `PARTIES` that agreed, and where it can be read.
    homes
        The number of homes that were agreed; None where it has none.
    ceilings
        The most lettings by mediation in each complex, where it sets these.
    articles
        Where in the law the rules stand that carry and bind it.
    days
        On how many days it was asked whether it is lawful: those of rounds on which law or policy changes,
        and that on which it begins.
    against
        What stands in the way, each once, by the first of those days.
    """

    name: str
    label: Both
    areas: tuple[str, ...]
    complexes: tuple[str, ...]
    start: date
    end: date | None
    agreement: str
    agreed: tuple[str, ...]
    source: str
    homes: int | None
    ceilings: Mapping[str, int]
    articles: tuple[str, ...]
    days: int
    against: tuple[Against, ...]

    @property
    def lawful(self) -> bool:
        """Whether nothing stands in the way on any of the days."""
        return self.days > 0 and not self.against

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The footing that a manifest holds.

        Raises
        ------
        KeyError, TypeError, ValueError
            For data that are not one.
        """
        against = tuple(
            Against(date.fromisoformat(one["day"]), Both(**one["says"])) for one in data["against"]
        )
        return cls(
            **{
                **data,
                "label": Both(**data["label"]),
                "start": date.fromisoformat(data["start"]),
                "end": data["end"] and date.fromisoformat(data["end"]),
                "against": against,
                **{name: tuple(data[name]) for name in ("areas", "complexes", "agreed", "articles")},
            }
        )


def footings(setting: Setting) -> tuple[Footing, ...]:
    """What each use of the policy of a setting rests on, in the order of the file.

    A use is held against the law as it is told, with values carried on, on every first of a month from which
    law or policy is another than before, and on the day on which it begins.
    """
    return tuple(_of_use(use, setting) for use in setting.policy.uses)


def _of_use(use: Use, setting: Setting) -> Footing:
    days = list(_days(use, setting))
    found: dict[tuple[str, str], date] = {}
    for day in days:
        for says in _against(use, setting, day):
            found.setdefault((says.nl, says.en), day)
    return Footing(
        name=use.name,
        label=use.instrument.label,
        areas=use.areas,
        complexes=use.complexes,
        start=use.start,
        end=None if use.end == date.max else use.end,
        agreement=use.agreement,
        agreed=use.agreed,
        source=use.source,
        homes=use.parameters.get("homes"),
        ceilings=dict(use.parameters["most"]) if use.instrument.name == "ceiling" else {},
        articles=_articles(use, setting, days),
        days=len(days),
        against=tuple(Against(day, Both(nl, en)) for (nl, en), day in found.items()),
    )


def _days(use: Use, setting: Setting) -> Iterator[date]:
    """The days of rounds on which law or policy changes and the use holds, and that on which it begins."""
    last = setting.day_of(setting.months - 1)
    rounds = {one.day for one in setting.plans}
    begins = {use.start} if setting.start <= use.start <= last else set[date]()
    yield from sorted(day for day in rounds | begins if use.holds(day))


def _against(use: Use, setting: Setting, day: date) -> Iterator[Both]:
    try:
        decision = lawful_use(use, setting.policy, setting.ahead.law.on(day), setting.housing.city)
    except AbsentError as error:
        yield Both(*(error.say(translator(language).gettext) for language in ("nl", "en")))
        return
    if not decision:
        for reason in decision.reasons:
            yield Both(*(reason.say(translator(language).gettext) for language in ("nl", "en")))


def _articles(use: Use, setting: Setting, days: list[date]) -> tuple[str, ...]:
    """Where the rules stand that bind a use, on any of the days."""
    laws = [setting.ahead.law.on(day) for day in days]
    found = (_article(rule, law) for rule in use.rules for law in laws)
    return tuple(dict.fromkeys(article for article in found if article))


def _article(rule: str, law: LawOfDay) -> str:
    """Where a rule stands on a day; empty where it is not in force, or nobody read whether it is."""
    try:
        return law.reason(rule, "").article if law.holds(rule) else ""
    except AbsentError:
        return ""
