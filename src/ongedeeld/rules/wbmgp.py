"""The Wbmgp: where a designation holds, and what may follow from it.

Of articles 8, 9 and 10 only the outcome of the municipality's permit is known here: granted or refused. Where
somebody's income comes from, which characteristics gave priority, and what the mayor weighed have no field.
"""

from __future__ import annotations

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.rules.codes import known_code
from ongedeeld.rules.days import years_later
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import Designation
from ongedeeld.vocabulary import Both

RULE = "wbmgp_designation"
ARTICLE_RULES = {8: "wbmgp_income", 9: "wbmgp_priority", 10: "wbmgp_nuisance"}
OUTCOMES = {"granted": Both("verleend", "granted"), "refused": Both("geweigerd", "refused")}


def designation(area: str, article: int, law: LawOfDay) -> Decision:
    """Whether an article may be used in an area or complex on the day.

    Parameters
    ----------
    area
        The code of the neighbourhood, district or complex.
    article
        8 (source of income), 9 (priority) or 10 (nuisance).
    law
        The law of the day, with the designations of local policy.

    Returns
    -------
    Decision
        Yes when a valid designation holds there; no with what stands in its way, or since when it has ended.
    """
    held = [one for one in law.records(Designation) if _covers(one, area, article)]
    if held:
        return all_of(valid(one, law) for one in held)
    facts: dict[str, object] = {"area": area, "article": article}
    ended = [
        one
        for policy in law.law.policies
        for one in policy.records
        if isinstance(one, Designation) and _covers(one, area, article) and one.end < law.day
    ]
    if ended:
        last = max(ended, key=lambda one: one.end)
        text = N_("the designation of {area} for article {article} ended on {end}")
        return no(law.reason(RULE, text, facts | {"end": last.end.isoformat()}, source=last.source))
    return no(law.reason(RULE, N_("{area} is not designated for article {article}"), facts))


def valid(one: Designation, law: LawOfDay) -> Decision:
    """Whether a designation meets the demands of the act: duration, renewals, evaluation, hardship clause."""
    years, renewals = int(law.value("wbmgp_designation_max_years")), int(law.value("wbmgp_max_renewals"))
    facts: dict[str, object] = {
        "name": one.name,
        "years": years,
        "renewals": renewals,
        "end": one.end.isoformat(),
    }
    faults: list[Reason] = []

    def fault(rule: str, text: str) -> None:
        faults.append(law.reason(rule, text, facts, source=one.source))

    if one.end >= years_later(one.start, years):
        fault(RULE, N_("the designation {name} lasts longer than {years} years"))
    if one.renewal > renewals:
        fault(RULE, N_("the designation {name} was renewed more than {renewals} times"))
    if one.renewal and not one.evaluation:
        fault(RULE, N_("the renewal of the designation {name} has no evaluation"))
    if not one.hardship_clause and {8, 10} & set(one.articles):
        fault("wbmgp_income" if 8 in one.articles else "wbmgp_nuisance", N_("{name} has no hardship clause"))
    if not one.chance_elsewhere.strip():
        fault(
            "wbmgp_chance_elsewhere", N_("{name} does not say how chances elsewhere in the region are kept")
        )
    if faults:
        return no(*faults)
    return yes(law.reason(RULE, N_("the designation {name} holds until {end}"), facts, source=one.source))


def permit(area: str, article: int, outcome: str | None, law: LawOfDay) -> Decision:
    """Whether the permit stands in the way of a letting in a designated area: its outcome and nothing else.

    Parameters
    ----------
    area, article
        Where, and by which article the municipality decided: 8 or 10.
    outcome
        `granted` or `refused`; None while the municipality has not decided.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When the area is designated and the outcome is not known.
    """
    holds = designation(area, article, law)
    facts: dict[str, object] = {"area": area, "article": article}
    rule = ARTICLE_RULES[article]
    if not holds:
        return yes(
            *holds.reasons, law.reason(rule, N_("no permit by article {article} is needed here"), facts)
        )
    if outcome is None:
        raise AbsentError(
            N_("whether the permit by article {article} was granted is not known"),
            expected=N_("granted or refused"),
            remedy=N_("wait for the decision of the municipality"),
            article=article,
        )
    known_code(outcome, OUTCOMES, Both("uitkomst van de vergunning", "outcome of the permit"))
    if outcome == "granted":
        return yes(*holds.reasons, law.reason(rule, N_("the municipality granted the permit"), facts))
    text = N_("the municipality refused the permit; it tells the seeker why and how to object")
    return no(*holds.reasons, law.reason(rule, text, facts))


def income_source_may_count(household: Household, area: str, law: LawOfDay) -> Decision:
    """Whether the municipality may weigh the source of income: not after six years in the region (8(1)).

    Raises
    ------
    AbsentError
        When it is not known how long the household has lived in the region.
    """
    holds = designation(area, 8, law)
    if not holds:
        return holds
    years = int(law.value("wbmgp_residence_years"))
    facts = {"years": years}
    if household.bond("region").years >= years:
        text = N_("the household has lived in the region for {years} years or more")
        return no(law.reason("wbmgp_income", text, facts))
    text = N_(
        "the household has lived in the region for less than {years} years; the hardship clause applies"
    )
    return yes(*holds.reasons, law.reason("wbmgp_income", text, facts))


def priority_outranks_urgency(area: str, law: LawOfDay) -> Decision:
    """Whether priority by article 9 goes before urgency and local binding, as the ordinance must say.

    Raises
    ------
    AbsentError
        When the designation does not say it.
    """
    holds = designation(area, 9, law)
    if not holds:
        return holds
    one = next(each for each in law.records(Designation) if _covers(each, area, 9))
    if one.outranks_urgency is None:
        raise AbsentError(
            N_("whether priority by article 9 goes before urgency in {name} is not known"),
            remedy=N_("take it from the ordinance: outranks_urgency under [[designations]]"),
            name=one.name,
        )
    if one.outranks_urgency:
        text = N_("the ordinance puts this priority before urgency and binding")
        return yes(*holds.reasons, law.reason("wbmgp_priority", text, source=one.source))
    text = N_("the ordinance puts this priority after urgency and binding")
    return no(*holds.reasons, law.reason("wbmgp_priority", text, source=one.source))


def keeps_chance_elsewhere(chance: float | None, law: LawOfDay) -> Decision:
    """Whether those who are refused keep a chance of a home in the region (Wbmgp 6).

    The act asks for "sufficient" and gives no number: a chance of zero is never enough, and how much is, is
    for the minister and the court.

    Raises
    ------
    AbsentError
        When the chance is not known.
    """
    rule = "wbmgp_chance_elsewhere"
    if chance is None:
        raise AbsentError(
            N_("the chance elsewhere in the region of those who are refused is not known"),
            remedy=N_("reckon it with the policy and without, and give both to who decides"),
        )
    if chance <= 0:
        return no(law.reason(rule, N_("who is refused has no chance left in the region")))
    text = N_(
        "who is refused keeps a chance in the region; what is sufficient, the law does not say in numbers"
    )
    return yes(law.reason(rule, text, {"chance": chance}))


def _covers(one: Designation, area: str, article: int) -> bool:
    return article in one.articles and area in (*one.areas, *one.complexes)
