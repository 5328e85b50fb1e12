"""What the pages of `permissions.csv` are about: for every word of its column `with`, one and another.

The first of each pair lies in the area of the cast, or was made by who visits; the second does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.invitations import invitation_of
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api.models import ApiToken
from ongedeeld.web.areas.models import Note, Overrule, ResidentsWords
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.knowledge.models import EvidenceProposal, Proposal
from ongedeeld.web.plans.models import Plan, PlanPlace, Say, Sign, Step
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.safeguards.homes import blind_home
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.sealing import seal
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.events import happened
from ongedeeld.web.signals.models import RoutingRule, Signal, SignalPlace, Team, TeamMember, VisitNote
from ongedeeld.web.signals.reporting.photos import keep_photos
from tests.web.conftest import Hire
from tests.web.things_partners import makers as partner_makers
from tests.web.things_preventing import makers
from tests.web.things_referrals import makers as referral_makers
from tests.web.things_requests import request_makers
from tests.web.things_sharing import sharing_makers

CITY_KEY = UUID(int=1)
OWN_AREA, OTHER_AREA = "BU99990101", "BU99990102"


@dataclass
class Visit:
    """Who visits a page: nobody, a resident whose map is open, or somebody with one role in `OWN_AREA`."""

    city: City
    hire: Hire
    person: Person | None
    vault: Vault | None = None


Pair = tuple[object, object]
Thing = Callable[[Visit], Pair]


def _fixed(own: object, other: object) -> Thing:
    return lambda _: (own, other)


def complexes_of(visit: Visit) -> Pair:
    """A complex in the area of the cast, and one elsewhere."""
    complexes = visit.city.table("complexes")
    own, other = (
        complexes.filter(complexes["area"] == code)["complex"][0] for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


def _colleague(visit: Visit) -> Pair:
    people = (visit.hire(Role.CARETAKER, [code]) for code in (OWN_AREA, OTHER_AREA))
    own, other = (person.key for person in people)
    return own, other


def _role_held(visit: Visit) -> Pair:
    """The roles of the colleagues that were just hired."""
    own, other = (
        RoleHeld.objects.filter(role=Role.CARETAKER, areas__code=code).latest("id").pk
        for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


def _invitation(visit: Visit) -> Pair:
    person = visit.hire(Role.CARETAKER)
    token = invitation_of(person)
    person.save()
    return token, token


def _passkey(visit: Visit) -> Pair:
    owner = visit.person or visit.hire(Role.CARETAKER)
    key = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "sleutel", "credential": {}}
    )
    return key.pk, key.pk


def _plan(visit: Visit) -> Pair:
    """An adopted plan of somebody else, with a step."""
    around = {row["code"]: row["parent"] for row in visit.city.table("areas").to_dicts()}
    keys = []
    for code in (OWN_AREA, OTHER_AREA):
        plan = Plan.objects.create(
            unit=code, unit_name=code, kind="neighbourhood", title="Rust", goal="Rust", state="agreed"
        )
        PlanPlace.objects.bulk_create(PlanPlace(plan=plan, code=one) for one in (code, around[code]))
        Step.objects.create(plan=plan, what="Praten", owner="wijkteam", due=date(2026, 1, 1))
        keys.append(plan.key)
    return keys[0], keys[1]


def _step(_: Visit) -> Pair:
    """The steps of the plans that were just made."""
    own, other = (Step.objects.filter(plan__unit=code).latest("id").key for code in (OWN_AREA, OTHER_AREA))
    return own, other


def _sign(_: Visit) -> Pair:
    """A sign of each of the plans that were just made."""
    day = date(2026, 1, 1)
    own, other = (
        Sign.objects.create(
            plan=Plan.objects.filter(unit=code).latest("id"),
            figure="share_association",
            began_at=0.5,
            began_on=day,
            expected=0.4,
            by_day=day,
        ).key
        for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


def _say(visit: Visit) -> Pair:
    """What was said of each of the plans that were just made: written by who visits, and by another."""
    own, other = (
        Say.objects.create(
            plan=Plan.objects.filter(unit=code).latest("id"),
            of="residents",
            how="avond",
            words="Goed.",
            day=date(2026, 1, 1),
            made_by=writer,
        ).key
        for code, writer in ((OWN_AREA, visit.person.key if visit.person else uuid4()), (OTHER_AREA, uuid4()))
    )
    return own, other


def _draft(visit: Visit) -> Pair:
    """A draft of a plan by who visits, and one by another."""
    keys = []
    for code, writer in ((OWN_AREA, visit.person.key if visit.person else uuid4()), (OTHER_AREA, uuid4())):
        plan = Plan.objects.create(
            unit=code, unit_name=code, kind="neighbourhood", title="Rust", goal="Rust", made_by=writer
        )
        PlanPlace.objects.create(plan=plan, code=code)
        keys.append(plan.key)
    return keys[0], keys[1]


def _overrule(visit: Visit) -> Pair:
    today = date.today()
    own, other = (
        Overrule.objects.update_or_create(
            unit=number,
            theme="living",
            defaults={"score": 3, "reason": "gezien", "from_day": today, "until": today},
        )[0].key
        for number in complexes_of(visit)
    )
    return own, other


def _note(visit: Visit) -> Pair:
    own = Note.objects.create(
        area=OWN_AREA, text="Rustig.", made_by=visit.person.key if visit.person else uuid4()
    )
    return own.key, Note.objects.create(area=OWN_AREA, text="Rustig.", made_by=uuid4()).key


def _words(_: Visit) -> Pair:
    own, other = (
        ResidentsWords.objects.create(
            unit=code, day=date(2026, 1, 1), asked="doorstep", words="Fijn.", agreed=True
        ).key
        for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


def _job(visit: Visit) -> Pair:
    own, other = (
        Job.objects.create(kind="count", once=str(uuid4()), asked_by=key).key
        for key in (visit.person.key if visit.person else uuid4(), uuid4())
    )
    return own, other


def _proposal(_: Visit) -> Pair:
    """A proposal of local policy by somebody else."""
    proposal = Proposal.objects.create(
        section="values.social_rent_limit",
        content={"value": 1},
        start=date(2026, 1, 1),
        source="raadsbesluit",
        reason="zo besloten",
        made_by=uuid4(),
    )
    return proposal.key, proposal.key


def _evidence_proposal(_: Visit) -> Pair:
    """Evidence of the association's own that somebody else proposed."""
    proposal = EvidenceProposal.objects.create(
        name="caretakers", content={"claim": "Minder overlast.", "sources": []}, overrules="zelf gemeten"
    )
    return proposal.key, proposal.key


def _token(_: Visit) -> Pair:
    """What lets an organisation read by way of the API."""
    token = ApiToken.objects.create(
        organisation="Gemeente", person=uuid4(), fingerprint=uuid4().hex, expires_at=timezone.now()
    )
    return token.key, token.key


def _operation(_: Visit) -> Pair:
    """An operation of the processing log."""
    with processing("signals.see_signals", of="signals.signal") as doing:
        pass
    return doing.operation, doing.operation


def _signal(visit: Visit) -> Pair:
    """A signal that who visits reported in their area, and one that another reported elsewhere."""
    today, keys = timezone.localdate(), []
    team, _ = Team.objects.get_or_create(name="Team")
    for code, reporter in ((OWN_AREA, visit.person.key if visit.person else uuid4()), (OTHER_AREA, uuid4())):
        key = uuid4()
        signal = Signal.objects.create(
            key=key,
            kind=Signal.Kind.HOME,
            sealed=Contents(address="Kerkstraat 1", note="De voordeur sluit niet.").sealed_for(key),
            home=blind_home(code),
            seen_on=today,
            received_at=timezone.now(),
            made_by=reporter,
            team=team,
            owner=uuid4(),
            due=today,
            remove_after=today,
        )
        SignalPlace.objects.create(signal=signal, code=code)
        happened(signal, "receive", "", actor=reporter, now=signal.received_at)
        keys.append(key)
    return keys[0], keys[1]


def _signal_photo(_: Visit) -> Pair:
    """A picture with each of the signals that were just made."""
    keys = []
    for code in (OWN_AREA, OTHER_AREA):
        signal = Signal.objects.filter(places__code=code).latest("id")
        keep_photos(signal, [b"picture"])
        keys.append(signal.photos.get().key)
    return keys[0], keys[1]


def _visit_note(_: Visit) -> Pair:
    today, keys = timezone.localdate(), []
    for code in (OWN_AREA, OTHER_AREA):
        note = VisitNote(
            home=blind_home(str(uuid4())),
            areas=[code],
            manner=VisitNote.Manner.TOGETHER,
            review_on=today,
            made_by=uuid4(),
            remove_after=today,
        )
        note.sealed = seal("Kerkstraat 1", f"visit:{note.key}")
        note.save()
        keys.append(note.key)
    return keys[0], keys[1]


def _signal_team(visit: Visit) -> Pair:
    """A team of the own area with who visits in it, and one of another."""
    keys = []
    for code in (OWN_AREA, OTHER_AREA):
        team, _ = Team.objects.get_or_create(name=f"Team {code}", defaults={"areas": [code]})
        people = (visit.person.key if visit.person else uuid4(), uuid4())
        members = (TeamMember(team=team, person=person) for person in people)
        TeamMember.objects.bulk_create(members, ignore_conflicts=True)
        keys.append(team.key)
    return keys[0], keys[1]


def _team_member(_: Visit) -> Pair:
    """Somebody of each of the teams that were just made."""
    own, other = (
        TeamMember.objects.filter(team__name=f"Team {code}").latest("id").person
        for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


def _signal_rule(_: Visit) -> Pair:
    """A rule for the own area, and one for another."""
    team, _made = Team.objects.get_or_create(name="Team")
    own, other = (
        RoutingRule.objects.create(
            place=1, name=str(uuid4()), team=team, area=code, from_day=date(2026, 1, 1)
        ).key
        for code in (OWN_AREA, OTHER_AREA)
    )
    return own, other


THINGS: dict[str, Thing] = {
    "document": _fixed("docx", "docx"),
    "table": _fixed("csv", "csv"),
    "level": _fixed("buurt", "buurt"),
    "zero": _fixed("0", "0"),
    "rule": _fixed("social_rent_limit", "social_rent_limit"),
    "evidence": _fixed("caretakers", "caretakers"),
    "proposal": _proposal,
    "evidence_proposal": _evidence_proposal,
    "token": _token,
    "measure": _fixed("mix_income", "mix_income"),
    "indicator": _fixed("share_association", "share_association"),
    "city_version": _fixed(CITY_KEY, CITY_KEY),
    "own_table": _fixed("complexes", "complexes"),
    "plan": _plan,
    "step": _step,
    "sign": _sign,
    "say": _say,
    "draft": _draft,
    "overrule": _overrule,
    "note": _note,
    "words": _words,
    "job": _job,
    "area": _fixed(OWN_AREA, OTHER_AREA),
    "complex": complexes_of,
    "colleague": _colleague,
    "role_held": _role_held,
    "invitation": _invitation,
    "passkey": _passkey,
    "organisation": _fixed("organisatie", "organisatie"),
    "reset": _fixed("1", "1"),
    "operation": _operation,
    "signal": _signal,
    "signal_team": _signal_team,
    "team_member": _team_member,
    "signal_rule": _signal_rule,
    "signal_step": _fixed("note", "note"),
    "signal_photo": _signal_photo,
    "visit_note": _visit_note,
    "copy": _fixed("docx", "docx"),
    "map_item": _fixed(UUID(int=2), UUID(int=2)),
    **makers(OWN_AREA, OTHER_AREA),
    **partner_makers(OWN_AREA, OTHER_AREA),
    **referral_makers(OWN_AREA, OTHER_AREA),
    **request_makers(),
    **sharing_makers(),
}
