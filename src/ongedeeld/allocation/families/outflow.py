"""Outflow from institutions: contingents, support agreements, omklapcontracts and urgency."""

from __future__ import annotations

from collections.abc import Iterable

from ongedeeld.allocation.catalogue import CODES
from ongedeeld.allocation.effects import Effect, Priority, Reservation, Row
from ongedeeld.allocation.families._conditions import Setting, decided, on_homes
from ongedeeld.allocation.families.targeted import BOND
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.seekers import household_of
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision
from ongedeeld.rules.codes import TARGET_GROUPS
from ongedeeld.rules.urgency import urgent
from ongedeeld.vocabulary import Quantity

_NOT_PROPOSED = N_("{instrument}: {partner} does not propose this seeker under {agreement}")


def contingent(use: Use, setting: Setting) -> Iterable[Effect]:
    """Homes for those whom the partner proposes under the agreement."""
    texts = (N_("{instrument}: {partner} proposes this seeker under {agreement}"), _NOT_PROPOSED)
    yield _mediated(use, setting, texts, with_support=False)


def support_agreement(use: Use, setting: Setting) -> Iterable[Effect]:
    """The same, for those whose support is arranged."""
    arranged = N_(
        "{instrument}: {partner} proposes this seeker under {agreement}, with {hours} hours of support a "
        "week for {months} months, paid by {payer}"
    )
    yield _mediated(use, setting, (arranged, _NOT_PROPOSED), with_support=True)


def omklapcontract(use: Use, setting: Setting) -> Iterable[Effect]:
    """The same, with a contract that is first in the name of the partner."""
    turned = N_(
        "{instrument}: the contract is in the name of {partner} first, and of the resident after {turned} "
        "months, under {agreement}; {hours} hours of support a week, paid by {payer}"
    )
    yield _mediated(use, setting, (turned, _NOT_PROPOSED), with_support=True)


def urgency(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who was granted urgency, by the scheme of the municipality of the home."""

    def held(home: Row, seeker: Row) -> Decision:
        return urgent(household_of(seeker), str(home["municipality"]), setting.law)

    columns = ("urgency", *BOND)
    yield Priority(on_homes(use, setting, held, of_vacancy=("municipality",), of_seeker=columns), use.order)


def _mediated(use: Use, setting: Setting, texts: tuple[str, str], *, with_support: bool) -> Reservation:
    wanted = use.parameters
    facts = {
        "partner": wanted["partner"],
        "agreement": use.agreement,
        "months": wanted.get("months"),
        "hours": Quantity(wanted.get("hours_a_week", 0)),
        "payer": wanted.get("payer"),
        "turned": wanted.get("months_until_turned"),
    }
    waits = N_("{instrument}: the support by {partner} is not arranged yet")
    other = N_("{instrument}: {agreement} is for another group: {group}")
    group = str(wanted["group"])
    facts["group"] = CODES["group"][group]

    def held(_home: Row, seeker: Row) -> Decision:
        proposed = seeker["contingent"] == use.agreement
        if proposed and not _of_group(group, seeker):
            return decided(use, setting, (texts[0], other), facts, met=False)
        if proposed and with_support and seeker["support"] is not True:
            return decided(use, setting, (texts[0], waits), facts, met=False)
        return decided(use, setting, texts, facts, met=proposed)

    columns = ("contingent", "target_group", "urgency", *(("support",) if with_support else ()))
    condition = on_homes(use, setting, held, of_seeker=columns)
    left, noted = setting.homes_left(use), use.instrument.name
    return Reservation(condition, left, mediated=True, tally=use.name, noted=noted)


def _of_group(group: str, seeker: Row) -> bool:
    """Whether who is proposed can be of the group of a contingent.

    A group that counts regardless of income must be told; of a group with urgency the proposal vouches,
    unless the municipality granted urgency as another.
    """
    if group in TARGET_GROUPS:
        return seeker["target_group"] == group
    return seeker["urgency"] in (None, group)


EFFECTS = {
    "contingent": contingent,
    "support_agreement": support_agreement,
    "omklapcontract": omklapcontract,
    "urgency": urgency,
}
