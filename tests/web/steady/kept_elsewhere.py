"""What other people wrote and keep in another area, with a word in each that tells where it leaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Inspection, Note, Overrule
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.partners.models import Agreement, SupportAgreement
from ongedeeld.web.partners.supporting import Contact
from ongedeeld.web.plans.models import Plan, PlanPlace
from ongedeeld.web.preventing.contents import Debt, Threat
from ongedeeld.web.preventing.models import Arrears, Case
from ongedeeld.web.referrals.contents import sealed_agreed, sealed_answer, sealed_words
from ongedeeld.web.referrals.models import MeetingItem, Referral
from ongedeeld.web.residents.breakthroughs.contents import Plea
from ongedeeld.web.residents.models import Breakthrough, Share
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.safeguards.request_contents import Contents as Asked
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.sealing import seal
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, VisitNote
from tests.web.things import OTHER_AREA, THINGS, Visit

NOBODY = ""
"""In the place of an action: what no role opens, for it is of who was named."""
PAGES = {
    "signal": "signal",
    "arrears": "arrears",
    "case": "case",
    "referral": "referral",
    "meeting": "meeting",
    "received": "received_referral",
    "share": "shared_thing",
    "breakthrough": "breakthrough",
    "support": "support",
    "agreement": "agreement",
    "request": "request",
}
"""The page of each thing that the workbench keeps about a home."""


@dataclass(frozen=True)
class Secret:
    """A word of somebody else, what one must be allowed to read it, and the place of which it is."""

    word: str
    action: str
    place: str = OTHER_AREA


class Elsewhere:
    """All of it.

    Parameters
    ----------
    visit
        The City, and how somebody is hired.
    """

    def __init__(self, visit: Visit) -> None:
        complexes = visit.city.table("complexes")
        self.number = str(complexes.filter(complexes["area"] == OTHER_AREA)["complex"].sort()[0])
        self.colleague = visit.hire(Role.HOUSING_CONSULTANT, [OTHER_AREA], name="Geheime Collega")
        self._of_areas()
        nobody = Visit(visit.city, visit.hire, None)
        self._made = {name: cast(UUID, THINGS[name](nobody)[1]) for name in (*PAGES, "visit_note")}
        for name, key in self._made.items():
            _WORDS[name](key)

    def _of_areas(self) -> None:
        today = timezone.localdate()
        self.plan = Plan.objects.create(
            unit=OTHER_AREA, unit_name="Elders", kind="neighbourhood", title="Elders", goal="geheim-concept"
        )
        PlanPlace.objects.create(plan=self.plan, code=OTHER_AREA)
        self.view = Overrule.objects.create(
            unit=self.number,
            theme="nuisance",
            score=4,
            reason="geheim-oordeel",
            from_day=today,
            until=today + timedelta(days=9),
        )
        Inspection.objects.create(
            complex=self.number, day=today, how_clean=3, how_whole=3, how_safe=3, remarks="geheim-schouw"
        )
        self.note = Note.objects.create(area=OTHER_AREA, text="geheim-notitie", made_by=self.colleague.key)
        self.job = Job.objects.create(
            kind="count",
            once=str(uuid4()),
            asked_by=self.colleague.key,
            state=Job.State.FAILED,
            ended_at=timezone.now(),
            error={"nl": "geheim-werk", "en": "geheim-werk"},
        )

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What of it not everybody may read."""
        return (
            Secret("geheim-concept", "plans.see_drafts"),
            Secret("geheim-oordeel", "areas.see_own_figures", self.number),
            Secret("geheim-schouw", "areas.see_own_figures", self.number),
            Secret("geheim-notitie", "areas.see_own_figures"),
            Secret(self.colleague.email, "accounts.see_people"),
            Secret("geheim-werk", "oversight.see_job"),
            Secret("geheim-signaal", "signals.see_signals"),
            Secret("geheim-bezoekadres", "signals.see_visit_notes"),
            Secret("geheim-achterstand", "preventing.see_arrears"),
            Secret("geheim-dreiging", "preventing.see_cases"),
            Secret("geheim-begeleider", "partners.keep_support"),
            Secret("geheim-afspraak", "partners.see"),
            Secret("geheim-verzoek", "safeguards.answer_requests"),
            *(
                Secret(word, NOBODY)
                for word in (
                    "geheim-vraag",
                    "geheim-antwoord",
                    "geheim-overleg",
                    "geheim-gedeeld",
                    "geheim-doorbraak",
                )
            ),
        )

    def hidden_from(self, person: Person | None) -> frozenset[str]:
        """The words that somebody may not read; without a person, all of them."""
        places = areas_known(person) if person is not None else {}
        return frozenset(
            one.word
            for one in self.secrets
            if person is None or one.action == NOBODY or not may(person, one.action, places[one.place])
        )

    def keys_for(self, person: Person | None) -> list[str]:
        """The keys of it, to be tried where a key of one's own is asked.

        Who answers requests may name any record about a home by its key, and reads it then: they get none.
        """
        keys = [str(thing.key) for thing in (self.colleague, self.plan, self.view, self.note, self.job)]
        if person is None or not may(person, "safeguards.answer_requests"):
            keys += [str(key) for key in self._made.values()]
        return [*keys, OTHER_AREA, self.number]

    @property
    def addresses(self) -> Iterable[str]:
        """Where it can be read, by who may."""
        yield from self.pages
        yield reverse("neighbourhood_document", args=[OTHER_AREA, "docx"])
        yield reverse("complex_document", args=[self.number, "docx"])
        yield reverse("plan_document", args=[self.plan.key])

    @property
    def pages(self) -> Iterable[str]:
        """Those of `addresses` that are pages."""
        yield reverse("neighbourhood", args=[OTHER_AREA])
        yield reverse("complex", args=[self.number])
        yield reverse("plan", args=[self.plan.key])
        yield reverse("person", args=[self.colleague.key])
        yield reverse("job", args=[self.job.key])
        for name, page in PAGES.items():
            yield reverse(page, args=[self._made[name]])


def _signal(key: UUID) -> None:
    told = Contents(address="geheim-signaal 1", note="geheim-signaal", not_told="geheim-signaal")
    Signal.objects.filter(key=key).update(sealed=told.sealed_for(key))


def _visit_note(key: UUID) -> None:
    VisitNote.objects.filter(key=key).update(sealed=seal("geheim-bezoekadres 1", f"visit:{key}"))


def _arrears(key: UUID) -> None:
    debt = Debt(name="geheim-achterstand", street="geheim-achterstand", number="1", cents=100, months=1)
    Arrears.objects.filter(key=key).update(sealed=debt.sealed_for(key))


def _case(key: UUID) -> None:
    Case.objects.filter(key=key).update(sealed=Threat("geheim-dreiging 1").sealed_for(key))


def _referral(key: UUID) -> None:
    referral = Referral.objects.get(key=key)
    referral.sealed = sealed_answer(referral, "geheim-antwoord")
    referral.save(update_fields=["sealed"])
    item = referral.items.get()
    referral.items.filter(pk=item.pk).update(sealed=sealed_words(item.key, "geheim-vraag"))


def _meeting(key: UUID) -> None:
    item = MeetingItem.objects.select_related("referral").get(meeting__key=key)
    MeetingItem.objects.filter(pk=item.pk).update(sealed=sealed_agreed(item, "geheim-overleg"))
    _referral(item.referral.key)


def _share(key: UUID) -> None:
    copy = taken("wish", {"words": "geheim-gedeeld", "domain": "care"}, "geheim-gedeeld")
    Share.objects.filter(key=key).update(kind=copy.kind, sealed=copy.sealed_for(key), **copy.columns)


def _breakthrough(key: UUID) -> None:
    Breakthrough.objects.filter(key=key).update(sealed=Plea("geheim-doorbraak").sealed_for(key))
    _share(Breakthrough.objects.get(key=key).share.key)


def _support(key: UUID) -> None:
    contact = Contact("geheim-begeleider 1", "geheim-begeleider")
    SupportAgreement.objects.filter(key=key).update(sealed=contact.sealed_for(key))


def _agreement(key: UUID) -> None:
    Agreement.objects.filter(key=key).update(title="geheim-afspraak", purpose="geheim-afspraak")


def _request(key: UUID) -> None:
    told = Asked(name="geheim-verzoek", reach="geheim-verzoek", words="geheim-verzoek")
    Request.objects.filter(key=key).update(sealed=told.sealed_for(key))


_WORDS: dict[str, Callable[[UUID], None]] = {
    "signal": _signal,
    "visit_note": _visit_note,
    "arrears": _arrears,
    "case": _case,
    "referral": _referral,
    "received": _referral,
    "meeting": _meeting,
    "share": _share,
    "breakthrough": _breakthrough,
    "support": _support,
    "agreement": _agreement,
    "request": _request,
}
"""What lays its word into each thing."""
