"""One thing more of everything that `things` made, each by another colleague: what a full page shows."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from ongedeeld.vocabulary import INDICATORS
from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Inspection, Note, Overrule, ResidentsGrade, ResidentsWords
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.knowledge.models import Proposal, Turn
from ongedeeld.web.partners.models import Agreement, Member, Offer, Organisation
from ongedeeld.web.plans.models import Plan, Review, Say, Sign, Step
from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, Case, Condition, Delivery, Tried
from ongedeeld.web.referrals.models import Meeting, MeetingItem, MeetingParty, Referral, ReferralEvent
from ongedeeld.web.residents.models import Opening, Share
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.request_models import Request, RequestStep
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.events import happened
from ongedeeld.web.signals.models import Signal, SignalPlace, Team, TeamMember
from ongedeeld.web.signals.reporting.photos import keep_photos
from tests.web.things import OWN_AREA, Visit, complexes_of

MOST = 12
"""Of how many of a kind: the last that were made."""


def more_of_everything(visit: Visit) -> None:
    """One part more of each thing that is there, for who visits and for the others."""
    by = visit.hire(Role.CARETAKER, [OWN_AREA])
    _of_places(visit, by)
    _of_plans(by)
    _of_signals(visit, by)
    _of_partners(by)
    _of_prevention(by)
    _of_referrals(by)
    _of_residents(visit, by)
    _of_oversight(visit, by)


def _of_places(visit: Visit, by: Person) -> None:
    today = timezone.localdate()
    number = str(complexes_of(visit)[0])
    themes = Overrule.objects.filter(unit=number).count()
    Overrule.objects.create(
        unit=number,
        theme=Overrule._meta.get_field("theme").flatchoices[themes][0],
        score=3,
        reason="gezien",
        from_day=today,
        until=today,
        made_by=by.key,
    )
    Inspection.objects.create(complex=number, day=today, how_clean=3, how_whole=3, how_safe=3, made_by=by.key)
    Note.objects.create(area=OWN_AREA, text="Rustig.", made_by=by.key)
    for unit in (OWN_AREA, number):
        told = {"unit": unit, "day": today, "asked": "doorstep", "made_by": by.key}
        ResidentsGrade.objects.create(grade=7, answers=20, **told)
        ResidentsWords.objects.create(words="Fijn.", agreed=True, **told)


def _of_plans(by: Person) -> None:
    day = date(2026, 1, 1)
    for plan in Plan.objects.order_by("-id")[:MOST]:
        Step.objects.create(plan=plan, what="Praten", owner="wijkteam", due=day)
        Say.objects.create(plan=plan, of="residents", how="avond", words="Goed.", day=day, made_by=by.key)
        Sign.objects.create(
            plan=plan,
            figure=sorted(INDICATORS)[plan.signs.count()],
            began_at=0.5,
            began_on=day,
            expected=0.4,
            by_day=day,
        )
        Review.objects.create(plan=plan, day=day, words="Goed.", onward="go_on", made_by=by.key)
    for proposal in Proposal.objects.all():
        Turn.objects.create(proposal=proposal, kind="propose", words="Zo.", made_by=by.key)


def _of_signals(visit: Visit, by: Person) -> None:
    """A signal of who visits in every team, at one home, and one step more of each."""
    now, today = timezone.now(), timezone.localdate()
    Team.objects.create(name=f"Team {by.key}", areas=[OWN_AREA])
    for team in Team.objects.all():
        TeamMember.objects.create(team=team, person=by.key)
        key = uuid4()
        signal = Signal.objects.create(
            key=key,
            kind=Signal.Kind.CONCERN,
            sealed=Contents(address="Kerkstraat 1").sealed_for(key),
            home=visit.vault.home if visit.vault else "a" * 64,
            seen_on=today,
            received_at=now,
            made_by=by.key,
            team=team,
            owner=visit.person.key if visit.person else by.key,
            due=today,
            remove_after=today,
        )
        SignalPlace.objects.create(signal=signal, code=OWN_AREA)
    for signal in Signal.objects.order_by("-id")[: 3 * MOST]:
        happened(signal, "receive", "", actor=by.key, now=now)
        keep_photos(signal, [b"picture"])


def _of_partners(by: Person) -> None:
    today = timezone.localdate()
    for partner in Organisation.objects.order_by("-id")[:MOST]:
        Member.objects.create(organisation=partner, person=by.key, from_day=today)
        offer = Offer.objects.create(organisation=partner, name="Spreekuur", domain="care")
        offer.places.create(code=OWN_AREA)
    for agreement in Agreement.objects.all():
        agreement.parties.add(*Organisation.objects.order_by("-id")[:2])


def _of_prevention(by: Person) -> None:
    now, today = timezone.now(), timezone.localdate()
    for number, arrears in enumerate(Arrears.objects.order_by("-id")[:MOST]):
        ArrearsEvent.objects.create(arrears=arrears, at=now, actor=by.key, step="changed")
        left = [one for one in Condition.Kind.values if not arrears.conditions.filter(kind=one).exists()]
        if left:
            Condition.objects.create(arrears=arrears, kind=left[0], day=today, how="letter", actor=by.key)
        if number == 0:
            Delivery.objects.filter(arrears=arrears).update(sent_by=by.key)
    for case in Case.objects.order_by("-id")[:MOST]:
        Tried.objects.create(
            case=case, at=now, actor=by.key, day=today, what="talk", by="association", result="running"
        )


def _of_referrals(by: Person) -> None:
    """A step more of each referral, and the others on every meeting, with a second party."""
    now = timezone.now()
    referrals = list(Referral.objects.order_by("-id")[: 3 * MOST])
    for referral in referrals:
        ReferralEvent.objects.create(
            referral=referral, at=now, actor=by.key, side="association", step="code_sent"
        )
    for meeting in Meeting.objects.order_by("-id")[:MOST]:
        free = [one for one in referrals if not one.meetings.filter(meeting=meeting).exists()]
        for referral in free[:2]:
            item = MeetingItem.objects.create(meeting=meeting, referral=referral)
            for partner in {referral.organisation, referrals[0].organisation}:
                MeetingParty.objects.create(item=item, organisation=partner, made_by=by.key, made_at=now)


def _of_residents(visit: Visit, by: Person) -> None:
    now = timezone.now()
    if visit.vault:
        Opening.objects.create(
            vault=visit.vault,
            token_hash=uuid4().hex,
            began_at=now,
            seen_at=now,
            ends_at=now + timedelta(days=1),
        )
    for share in Share.objects.order_by("-id")[:MOST]:
        share.looks.create(person=by.key, at=now)
    for request in Request.objects.order_by("-id")[:MOST]:
        RequestStep.objects.create(request=request, at=now, actor=by.key, step="identity")


def _of_oversight(visit: Visit, by: Person) -> None:
    """What watching over shows: lines, work, versions, and roles of colleagues."""
    record(by, "areas.write_note", "note", uuid4(), ["text"], place=OWN_AREA)
    with processing("signals.see_signals", of="signals.signal"):
        pass
    for key in (by.key, visit.person.key if visit.person else by.key):
        Job.objects.create(kind="count", once=str(uuid4()), asked_by=key)
    CityVersion.objects.create(name="Eerder", folder=uuid4().hex, state="retired", made_by=by.key)
    for person in Person.objects.order_by("-id")[:MOST]:
        held = RoleHeld.objects.create(
            person=person, role=Role.FITTER, from_day=date(2020, 1, 1), given_by=by.key
        )
        RoleArea.objects.create(role_held=held, code=OWN_AREA)
