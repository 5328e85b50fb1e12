"""Urgency (Hvw 12-16): two regimes, of which each municipality enters the second on a day of its own.

Until it must comply a municipality has the regime of before 1 July 2026, in which a scheme is optional. Its
day comes from local policy: the royal decree that sets it was not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.binding import bound
from ongedeeld.rules.codes import URGENCY_GROUPS, URGENCY_MANDATORY, URGENCY_OPTIONAL
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import UrgencyAgreement, UrgencyScheme
from ongedeeld.rules.register import Version

RULE, HOME, PROTECTS = "urgency", "urgency_home", "binding_not_against"
# From when the text that demands a scheme (Wet versterking regie volkshuisvesting) holds.
DEMANDED_FROM = date(2026, 7, 1)
NO_BINDING_AGAINST = ("informal_care", "violence_shelter_exit")
"""Groups against which a preference for local binding cannot be held (Hvw 16)."""

NO_BINDING_AGAINST_BEFORE = ("temporary_shelter", "violence_shelter_exit")
"""The same by the text until 30 June 2026: who is still to leave a shelter after violence stays in one."""

NO_INCOME_AGAINST = ("violence_shelter_exit", "programme_exit")
"""Groups for which income is no ground to refuse the permit (Hvw 15(5))."""


@dataclass(frozen=True, slots=True)
class Regime:
    """Which text on urgency binds a municipality on a day, and the groups that a scheme must have by it."""

    mandatory: bool
    groups: tuple[str, ...]
    version: Version


def urgency_regime(municipality: str, law: LawOfDay) -> Regime:
    """The regime of a municipality on the day of the law.

    Raises
    ------
    AbsentError
        When the text of 1 July 2026 holds and local policy does not say by when the municipality must comply.
    """
    version = law.version(RULE)
    if version.start < DEMANDED_FROM:
        return Regime(mandatory=False, groups=statutory_groups(version), version=version)
    scheme = _scheme(municipality, law)
    if scheme is None or scheme.comply_by is None:
        raise AbsentError(
            N_("by which day {municipality} must have the urgency scheme of Hvw 12(3) is not known"),
            expected=N_("the day that the royal decree of Hvw 51(10)-(11) sets"),
            remedy=N_("supply it in a file of local policy: comply_by under [[urgency]], with its source"),
            municipality=municipality,
        )
    if law.day < scheme.comply_by:
        older = _before(RULE, law)
        return Regime(mandatory=False, groups=statutory_groups(older), version=older)
    return Regime(mandatory=True, groups=statutory_groups(version), version=version)


def _before(rule: str, law: LawOfDay) -> Version:
    """The text of a rule before the one that demands a scheme."""
    versions = law.law.register[rule].versions
    return next(one for one in reversed(versions) if one.start < DEMANDED_FROM)


def statutory_groups(version: Version) -> tuple[str, ...]:
    """The groups that a scheme must have by a version of the rule `urgency`."""
    return URGENCY_OPTIONAL if version.start < DEMANDED_FROM else URGENCY_MANDATORY


def scheme_is_complete(municipality: str, law: LawOfDay) -> Decision:
    """Whether the urgency scheme of a municipality has the groups that the law asks for.

    Raises
    ------
    AbsentError
        When the regime is not known, or local policy says nothing of this municipality.
    """
    regime = urgency_regime(municipality, law)
    scheme = _known_scheme(municipality, law)
    facts: dict[str, object] = {"municipality": municipality}
    if not scheme.groups and not regime.mandatory:
        text = N_("{municipality} has no urgency scheme and need not have one yet")
        return yes(_reason(regime, law, text, facts, scheme.source))
    missing = [URGENCY_GROUPS[group] for group in regime.groups if group not in scheme.groups]
    if missing:
        text = N_("the urgency scheme of {municipality} lacks a group that the law asks for: {group}")
        return no(*(_reason(regime, law, text, facts | {"group": one}, scheme.source) for one in missing))
    text = N_("the urgency scheme of {municipality} has all groups that the law asks for")
    return yes(_reason(regime, law, text, facts, scheme.source))


def urgent(household: Household, municipality: str, law: LawOfDay) -> Decision:
    """Whether the urgency that a household was granted gives it priority in a municipality.

    Parameters
    ----------
    household
        With the code of the group; by the text of 1 July 2026 also how it is bound to the region (14(6)).
    municipality
        Code of the municipality.
    law
        The law of the day, with the scheme of the municipality.

    Raises
    ------
    AbsentError
        When the regime, the scheme or how the household is bound is not known.
    """
    if household.urgency is None:
        text = N_("the household was granted no urgency")
        return no(law.reason(RULE, text, version=_version_where_known(municipality, law)))
    regime, scheme = urgency_regime(municipality, law), _known_scheme(municipality, law)
    group = household.urgency
    facts = {"group": URGENCY_GROUPS.get(group, group), "municipality": municipality}
    if group not in scheme.groups:
        text = N_("the urgency scheme of {municipality} does not have this group: {group}")
        against = [_reason(regime, law, text, facts, scheme.source)]
        if group in regime.groups and (regime.mandatory or scheme.groups):
            against.append(_reason(regime, law, N_("yet the law asks for this group: {group}"), facts))
        return no(*against)
    text = N_("the urgency scheme of {municipality} has this group: {group}")
    granted = _reason(regime, law, text, facts, scheme.source)
    if not (regime.mandatory and group in regime.groups):
        return yes(granted)
    held = bound(household, "region", law)
    conditions = law.caveats("urgency_conditions")
    if held:
        return yes(granted, *held.reasons, *conditions)
    text = N_("by law this group has priority when bound to the housing-market region")
    against = [law.reason("urgency_conditions", text), *held.reasons]
    if group in NO_BINDING_AGAINST:
        text = N_(
            "for this group article 16 sets the preference for local binding aside, but not the binding to "
            "the region; whether the ministerial regulation does was not read"
        )
        against.append(law.reason(PROTECTS, text))
    return no(*against, *conditions)


def binding_may_count_against(household: Household, municipality: str, law: LawOfDay) -> Decision:
    """Whether a preference for local binding may be held against an urgent household (Hvw 16).

    Raises
    ------
    AbsentError
        When the group may be protected and it is not known which text binds the municipality.
    """
    group = household.urgency
    facts = {"group": URGENCY_GROUPS.get(group or "", group)}
    if group in (*NO_BINDING_AGAINST, *NO_BINDING_AGAINST_BEFORE):
        newer = urgency_regime(municipality, law).mandatory
        if group in (NO_BINDING_AGAINST if newer else NO_BINDING_AGAINST_BEFORE):
            version = law.version(PROTECTS) if newer else _before(PROTECTS, law)
            text = N_("local binding cannot be held against this group: {group}")
            return no(law.reason(PROTECTS, text, facts, version=version))
    return yes(law.reason(PROTECTS, N_("the household is in no group that the law protects here")))


def income_may_refuse(household: Household, municipality: str, law: LawOfDay) -> Decision:
    """Whether income may be a ground to refuse an urgent household the permit (Hvw 15(5)).

    Raises
    ------
    AbsentError
        When the group is protected and it is not known whether that text binds the municipality.
    """
    group = household.urgency
    if group in NO_INCOME_AGAINST and urgency_regime(municipality, law).mandatory:
        facts = {"group": URGENCY_GROUPS[group]}
        text = N_("income is no ground to refuse this group the permit: {group}")
        return no(law.reason("urgency_conditions", text, facts))
    text = N_("the household is in no group that the law protects here")
    return yes(law.reason(RULE, text, version=_version_where_known(municipality, law)))


def home_may_refuse(
    household: Household, municipality: str, law: LawOfDay, *, leaves_home: bool, was_without: bool
) -> Decision:
    """Whether the permit may be refused to an urgent household for the home it has or had (Hvw 15(3)).

    It is not refused to who leaves no home behind, nor to who for a certain time lived in none.

    Parameters
    ----------
    household
        With the code of its urgency group.
    municipality
        Code of the municipality.
    law
        The law of the day, with the scheme of the municipality.
    leaves_home
        Whether it leaves a home behind, of its own or shared.
    was_without
        Whether it lived for a time in no place where living is allowed.

    Raises
    ------
    AbsentError
        When that time decides: how long it must be was not found.
    """
    granted = urgent(household, municipality, law)
    if not granted:
        return yes(*granted.reasons, law.reason(HOME, N_("without priority this protection does not hold")))
    if not urgency_regime(municipality, law).mandatory:
        return yes(law.reason(RULE, N_("the text that protects against this does not bind here yet")))
    if not leaves_home:
        return no(law.reason(HOME, N_("the household leaves no home behind")), *law.caveats(HOME))
    if was_without:
        raise law.unread(HOME)
    text = N_("the household leaves a home behind and was not without one")
    return yes(law.reason(HOME, text), *law.caveats(HOME))


def urgent_share(municipality: str, law: LawOfDay) -> tuple[float, Reason]:
    """The share of homes for urgent seekers: by regional agreement, else the fallback (Hvw 6(6)-(8)).

    Raises
    ------
    AbsentError
        When there is no agreement and the fallback is not known.
    """
    rule = "urgency_regional_agreements"
    for agreement in law.records(UrgencyAgreement):
        if municipality in agreement.municipalities:
            text = N_("by regional agreement {share} of the homes goes to urgent seekers")
            facts = {"share": Percent(agreement.share)}
            return agreement.share, law.reason(rule, text, facts, source=agreement.source)
    share = law.value("urgency_fallback_share")
    text = N_("without regional agreement {share} of the homes goes to urgent seekers")
    return share, law.reason(rule, text, {"share": Percent(share)})


def _version_where_known(municipality: str, law: LawOfDay) -> Version | None:
    """The text that binds a municipality; none where that is not known and it does not decide."""
    try:
        return urgency_regime(municipality, law).version
    except AbsentError:
        return None


def _scheme(municipality: str, law: LawOfDay) -> UrgencyScheme | None:
    schemes = (one for one in law.records(UrgencyScheme) if one.municipality == municipality)
    return next(schemes, None)


def _known_scheme(municipality: str, law: LawOfDay) -> UrgencyScheme:
    scheme = _scheme(municipality, law)
    if scheme is None:
        raise AbsentError(
            N_("the urgency scheme of {municipality} is not known"),
            remedy=N_(
                "supply it in a file of local policy under [[urgency]], without groups when there is none"
            ),
            municipality=municipality,
        )
    return scheme


def _reason(
    regime: Regime, law: LawOfDay, text: str, facts: Mapping[str, object], source: str = ""
) -> Reason:
    return law.reason(RULE, text, facts, source=source, version=regime.version)
