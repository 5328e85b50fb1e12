"""The Wbmgp: where a designation holds, and what may follow from it.

Of articles 8, 9 and 10 only the outcome of the municipality's permit is known here: granted or refused. Where
somebody's income comes from, which characteristics gave priority, and what the mayor weighed have no field.
"""

from __future__ import annotations

from datetime import timedelta

from ongedeeld.errors import N_, AbsentError, InputError
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
    count = renewals_of(one, law)
    facts["count"] = count

    def fault(rule: str, text: str) -> None:
        faults.append(law.reason(rule, text, facts, source=one.source))

    if one.end >= years_later(one.start, years):
        fault(RULE, N_("the designation {name} lasts longer than {years} years"))
    if count > renewals:
        fault(RULE, N_("the designation {name} was renewed more than {renewals} times"))
    if count and not one.evaluation.strip():
        fault(RULE, N_("the renewal of the designation {name} has no evaluation"))
    if faults and count > one.renewal:
        fault(
            RULE, N_("{name} follows on an earlier term for the same place, which makes it renewal {count}")
        )
    if not one.hardship_clause and {8, 10} & set(one.articles):
        fault("wbmgp_income" if 8 in one.articles else "wbmgp_nuisance", N_("{name} has no hardship clause"))
    if not one.chance_elsewhere.strip():
        fault(
            "wbmgp_chance_elsewhere", N_("{name} does not say how chances elsewhere in the region are kept")
        )
    if faults:
        return no(*faults)
    return yes(law.reason(RULE, N_("the designation {name} holds until {end}"), facts, source=one.source))


def renewals_of(one: Designation, law: LawOfDay) -> int:
    """The how many-th renewal a designation is: as its record says, or more where the records before it show.

    A term renews one for the same place and article that ended on the day before it began, or later. What the
    file holds of neighbourhoods, districts and complexes is compared as it stands: that a complex lies in a
    neighbourhood is not seen here.

    Parameters
    ----------
    one
        The designation.
    law
        The law of the day, with all designations of local policy, also those that ended.
    """
    known = [held for policy in law.law.policies for held in policy.records if isinstance(held, Designation)]

    def counted(term: Designation) -> int:
        earlier = (other for other in known if _precedes(other, term))
        return max([term.renewal, *(counted(other) + 1 for other in earlier)])

    return counted(one)


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

    Parameters
    ----------
    chance
        The chance in the region, from 0 to 1, of households to whom the permit by article 8 or 10 was refused
        or would be: over all homes of the region that come free, with the designation in use.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When the chance is not known.
    InputError
        When it is no share from 0 to 1.
    """
    rule = "wbmgp_chance_elsewhere"
    if chance is None:
        raise AbsentError(
            N_("the chance elsewhere in the region of those who are refused is not known"),
            remedy=N_("reckon it with the policy and without, and give both to who decides"),
        )
    if not 0 <= chance <= 1:
        raise InputError(
            N_("a chance of {chance} is not possible"), expected=N_("a share from 0 to 1"), chance=chance
        )
    if chance == 0:
        return no(law.reason(rule, N_("who is refused has no chance left in the region")))
    text = N_(
        "who is refused keeps a chance in the region; what is sufficient, the law does not say in numbers"
    )
    return yes(law.reason(rule, text, {"chance": chance}))


def _covers(one: Designation, area: str, article: int) -> bool:
    return article in one.articles and area in (*one.areas, *one.complexes)


def _precedes(earlier: Designation, later: Designation) -> bool:
    in_a_row = earlier.start < later.start and earlier.end >= later.start - timedelta(days=1)
    return in_a_row and bool(set(earlier.articles) & set(later.articles)) and _same_place(earlier, later)


def _same_place(one: Designation, other: Designation) -> bool:
    """Whether two designations have a complex, a neighbourhood, or a district with a part of it in common."""
    if set(one.complexes) & set(other.complexes):
        return True
    # A code of a neighbourhood is that of its district and two digits more, after the two letters.
    pairs = ((first[2:], second[2:]) for first in one.areas for second in other.areas)
    return any(first.startswith(second) or second.startswith(first) for first, second in pairs)
