"""The law of years to come: values not yet known are those last known, carried on.

Rules, designations and agreements start and end by their own dates; nothing is made up for them. What is
carried on is told, so that every outcome can say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ongedeeld.errors import N_
from ongedeeld.reasons import Reason
from ongedeeld.rules.law import Law
from ongedeeld.rules.lines import Lines
from ongedeeld.rules.parameters import Parameter, Parameters
from ongedeeld.rules.policy import LocalPolicy
from ongedeeld.rules.records import UrgencyScheme

LAW_AHEAD = "law_ahead"
ASSUMED_SCHEME = N_("assumed for a simulation: local policy does not tell the urgency scheme")


@dataclass(frozen=True)
class LawAhead:
    """The law with values carried on.

    Parameters
    ----------
    law
        The law in which they are.
    carried_from
        The first day on which one of the values is carried on; None where none is.
    carried
        The names of those values.
    """

    law: Law
    carried_from: date | None
    carried: tuple[str, ...]

    def reasons(self, day: date) -> tuple[Reason, ...]:
        """What an outcome on a day has to say where it rests on values carried on; else nothing."""
        if self.carried_from is None or day < self.carried_from:
            return ()
        text = N_("values of the law that are not known yet are those last known, carried on from {day}")
        return (Reason(LAW_AHEAD, text, {"day": self.carried_from.isoformat()}),)


def law_ahead(law: Law, start: date, end: date) -> LawAhead:
    """The law in which values that are not known yet are carried on.

    Parameters
    ----------
    law
        The rules and values by date, with local policy.
    start
        First day. What the law does not know by then stays unknown, unless it is later than the last values
        that the law files know: a run may begin in a year of which nothing has been set yet.
    end
        Last day that is asked about.

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> ahead = law_ahead(load_law(), date(2026, 7, 1), date(2036, 6, 1))
    >>> ahead.law.on(date(2030, 1, 1)).value("aftopping_low"), ahead.carried_from
    (71302, datetime.date(2027, 1, 1))
    """
    told_until = min(start, _last_known(law))
    known = {name: _carried_on(one, told_until) for name, one in law.parameters.by_name.items()}
    dropped = {
        name: min(dated.start for dated in one.values if dated not in known[name].values)
        for name, one in law.parameters.by_name.items()
        if len(known[name].values) < len(one.values)
    }
    met = {name: day for name, day in dropped.items() if day <= end}
    return LawAhead(
        replace(law, parameters=Parameters(known), carried_on=True),
        min(met.values(), default=None),
        tuple(sorted(met)),
    )


def _last_known(law: Law) -> date:
    """The last day on which a value of the law files is set; local policy may look further ahead."""
    values = (dated for one in law.parameters.by_name.values() for dated in one.values)
    return max(dated.start for dated in values if dated.value is not None and dated.grade != "L")


def _carried_on(parameter: Parameter, told_until: date) -> Parameter:
    """A value without those later than a day that are not known, where one is known on that day."""
    if not any(dated.value is not None and dated.start <= told_until for dated in parameter.values):
        return parameter
    kept = (dated for dated in parameter.values if dated.value is not None or dated.start <= told_until)
    return replace(parameter, values=tuple(kept))


def with_assumed_schemes(
    law: Law, municipalities: Iterable[str], groups: Iterable[str]
) -> tuple[Law, tuple[str, ...]]:
    """The law with an urgency scheme for every municipality of which local policy tells none on any day.

    A simulation has seekers with urgency; where the scheme of a municipality was not given, it is assumed to
    have all their groups, and not to be bound yet by the text of the law that asks for more.

    Returns
    -------
    tuple[Law, tuple[str, ...]]
        The law, and the municipalities of which the scheme is assumed.
    """
    given = {
        one.municipality
        for policy in law.policies
        for one in policy.records
        if isinstance(one, UrgencyScheme)
    }
    assumed, held = tuple(sorted(set(municipalities) - given)), tuple(groups)
    schemes = tuple(
        UrgencyScheme(
            source=ASSUMED_SCHEME, start=date.min, municipality=one, groups=held, comply_by=date.max
        )
        for one in assumed
    )
    policy = LocalPolicy(Path(), "", {}, schemes, Lines(""))
    return replace(law, policies=(*law.policies, policy)), assumed
