"""The partners from whom somebody chooses, each with what is known of its wait, and whether it said no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.partners.waits import Waited, waits_as_they_were
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.sending.origins import Origin
from ongedeeld.web.referrals.sending.receivers import Receiver, receivers
from ongedeeld.web.referrals.sending.refusals import last_no, refused_before

IN_GENERAL = N_("A partner in general")


@dataclass(frozen=True)
class Choice:
    """A partner as it stands in the list, with its last no to the same question, and the wait as it was."""

    receiver: Receiver
    said_no: Referral | None
    waited: Waited | None


@dataclass(frozen=True)
class Group:
    """The choices of one life domain, or the partners in general; open where one is likely to be chosen."""

    label: str
    choices: list[Choice]
    is_open: bool

    @property
    def receivers(self) -> list[Receiver]:
        """Whom it names."""
        return [one.receiver for one in self.choices]

    def holds(self, code: str) -> bool:
        """Whether the form names one of them so."""
        return any(one.code == code for one in self.receivers)


@dataclass(frozen=True)
class Known:
    """What somebody may know of partners: who refused this resident before, and how long people waited."""

    refused: list[Referral]
    waited: Mapping[int, Waited]

    def of(self, receiver: Receiver, about: str = "") -> Choice:
        """The same of one of them; `about` is the life domain, where a partner is asked in general."""
        waited = self.waited.get(receiver.offer.pk) if receiver.offer else None
        return Choice(receiver, last_no(receiver, self.refused, about), waited)


def known_to(person: Person, origin: Origin, today: date) -> Known:
    """What a person may know who refers from somewhere."""
    return Known(refused_before(person, origin, today=today), waits_as_they_were(person, today))


def groups_of(origin: Origin, known: Known, today: date) -> Iterator[Group]:
    """Offers by life domain, that of the origin first; then the partners in general."""
    every = receivers(origin.area_codes, today, waited=known.waited)
    domains = sorted(LIFE_DOMAIN_LABELS.items(), key=lambda one: one[0] != origin.domain)
    for domain, label in domains:
        if offers := [known.of(one) for one in every if one.offer and one.offer.domain == domain]:
            yield Group(label, offers, is_open=origin.domain in ("", domain))
    if general := [known.of(one) for one in every if one.offer is None]:
        yield Group(IN_GENERAL, general, is_open=True)
