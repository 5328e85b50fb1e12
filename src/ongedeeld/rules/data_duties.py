"""How long data of the income check may be kept (BTIV 55, Woningwet 46(4)-(9)).

The rules hold no such data: they tell when what others hold must be gone.
"""

from __future__ import annotations

from datetime import date, timedelta

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.days import years_later
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import Compensation

RETENTION, NUMBER = "income_data_retention", "income_check_number"


def may_keep_income_data(year: int, law: LawOfDay) -> Decision:
    """Whether income data for the fitting-rent rule of a calendar year may still be kept (BTIV 55(1)).

    They may until the compensation over that year is final; that of a year that has not ended cannot be.

    Parameters
    ----------
    year
        The calendar year of the lettings that the data were used for.
    law
        The law of the day, with the days on which compensations became final in local policy.

    Raises
    ------
    AbsentError
        When local policy does not say when the compensation over an ended year became final.

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> bool(may_keep_income_data(2026, load_law().on(date(2026, 7, 1))))
    True
    """
    facts: dict[str, object] = {"year": year}
    if year >= law.day.year:
        text = N_("the year {year} has not ended, so its compensation is not final")
        return yes(law.reason(RETENTION, text, facts))
    policies = law.law.policies
    records = (one for policy in policies for one in policy.records if isinstance(one, Compensation))
    final = next((one for one in records if one.year == year), None)
    if final is None:
        raise AbsentError(
            N_("when the compensation over {year} became final is not known"),
            remedy=N_("supply that day in a file of local policy under [[compensation]], with its source"),
            year=year,
        )
    facts["day"] = final.start.isoformat()
    if law.day < final.start:
        text = N_("the compensation over {year} becomes final on {day}: until then the data may be kept")
        return yes(law.reason(RETENTION, text, facts, source=final.source))
    text = N_("the compensation over {year} became final on {day}: the income data must be gone")
    return no(law.reason(RETENTION, text, facts, source=final.source))


def last_day_of_number(checked: date, law: LawOfDay) -> date:
    """The last day on which the citizen number of an income check may be held (Woningwet 46(9)).

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> last_day_of_number(date(2026, 8, 3), load_law().on(date(2026, 8, 3)))
    datetime.date(2029, 8, 2)
    """
    return years_later(checked, int(law.value("income_check_number_max_years"))) - timedelta(days=1)


def may_hold_number_for_check(
    law: LawOfDay, *, agreed: bool, checked: date | None = None, withdrawn: bool = False
) -> Decision:
    """Whether citizen numbers may be held for the digital income check (Woningwet 46(5)-(6), 46(9)).

    Parameters
    ----------
    law
        The law of the day.
    agreed
        Whether the seeker and every other adult of the household agreed.
    checked
        The day on which the income was established; None while it was not.
    withdrawn
        Whether one of them withdrew, which they may at any time.
    """
    refused = _without_agreement(law, agreed=agreed, withdrawn=withdrawn)
    if refused is not None:
        return refused
    if checked is None:
        return yes(law.reason(NUMBER, N_("all adults agreed and the income was not established yet")))
    last = last_day_of_number(checked, law)
    facts: dict[str, object] = {"last": last.isoformat(), "checked": checked.isoformat()}
    if law.day <= last:
        text = N_("the income was established on {checked}: the number may be held until {last}")
        return yes(law.reason(NUMBER, text, facts))
    text = N_("the income was established on {checked}: the number could be held until {last}")
    return no(law.reason(NUMBER, text, facts))


def may_hold_number_for_registration(
    law: LawOfDay, *, agreed: bool, deregistered: bool, withdrawn: bool = False
) -> Decision:
    """Whether a citizen number may be held for the registration of a seeker (Woningwet 46(5)-(6), 46(8))."""
    refused = _without_agreement(law, agreed=agreed, withdrawn=withdrawn)
    if refused is not None:
        return refused
    if deregistered:
        return no(law.reason(NUMBER, N_("the seeker is no longer registered: the number must be gone")))
    return yes(law.reason(NUMBER, N_("all adults agreed and the seeker is registered")))


def _without_agreement(law: LawOfDay, *, agreed: bool, withdrawn: bool) -> Decision | None:
    if withdrawn:
        text = N_("the agreement was withdrawn: the procedure ends at once and its data must be gone")
        return no(law.reason(NUMBER, text))
    if not agreed:
        return no(law.reason(NUMBER, N_("not all adults of the household agreed")))
    return None
