"""The table of purposes: what is kept of people, what for, on which ground, for how long, and where it lies.

Nothing is kept without a line here. The terms are those of the project: no law sets one for most of these.
"""

from __future__ import annotations

from django.conf import settings

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.purposes import Purpose

YEAR = 365

LANDLORD = N_("legitimate interest of a landlord in homes in which people can stay (GDPR 6(1)f)")
EMPLOYER = N_("legitimate interest in work that can be done safely and well (GDPR 6(1)f)")
DEBT_LAW = N_("legal obligation: reporting arrears early (Municipal Debt Assistance Act; GDPR 6(1)c)")
CONTRACT = N_("the tenancy agreement (GDPR 6(1)b)")
ANSWERABLE = N_("legal obligation: to be able to show what was done (GDPR 5(2), 6(1)c)")
RIGHTS = N_("legal obligation: the rights of who the data are about (GDPR 12-23)")
SECURITY = N_("legal obligation: security of the data (GDPR 32)")
EXPLICIT = N_("explicit agreement of the resident, which can be taken back at once (GDPR 6(1)a, 9(2)a)")
AGREED = N_("agreement of who said it, which can be taken back (GDPR 6(1)a)")
AGREED_OR_LAW = N_(
    "agreement of the resident to each part, which can be taken back (GDPR 6(1)a), or the article that "
    "stands beside the part (GDPR 6(1)c-e)"
)

ENDED = N_("after it ended")

TABLE = (
    Purpose(
        "signals.signal",
        N_("a signal: what was seen at a home or place, what was done, and its pictures of places"),
        N_("everything seen gets an answer, and help comes in time"),
        LANDLORD,
        2 * YEAR,
        holds=(
            "signals.Signal",
            "signals.SignalEvent",
            "signals.SignalPlace",
            "signals.Photo",
            "signals.Forwarding",
        ),
    ),
    Purpose(
        "signals.visit_note",
        N_("how to go to an address, without why"),
        N_("who goes there comes back safely"),
        EMPLOYER,
        YEAR,
        holds=("signals.VisitNote",),
    ),
    Purpose(
        "signals.team",
        N_("who answers signals, and when they are away"),
        N_("every signal has somebody who answers"),
        EMPLOYER,
        YEAR,
        begins=N_("after somebody left the team"),
        holds=("signals.Team", "signals.TeamMember", "signals.RoutingRule"),
    ),
    Purpose(
        "signals.count",
        N_("how many signals of a kind came in a complex and quarter"),
        N_("a team sees what its complexes ask, and whether what it did helped"),
        LANDLORD,
        5 * YEAR,
        begins=N_("after the quarter ended"),
        holds=("signals.SignalCount",),
    ),
    Purpose(
        "preventing.arrears",
        N_("arrears of rent: contact details, how much and how many months, and what was tried"),
        N_("the municipality can offer help before a debt grows"),
        DEBT_LAW,
        YEAR,
        begins=N_("after it came, or after it was sent, or after what was sent ended"),
        holds=(
            "preventing.Arrears",
            "preventing.ArrearsPlace",
            "preventing.Condition",
            "preventing.ArrearsEvent",
            "preventing.Delivery",
            "preventing.DeliveryPlace",
        ),
    ),
    Purpose(
        "preventing.eviction",
        N_("what was tried before an eviction, by whom, and how it ended"),
        N_("nobody loses a home before everything else was tried"),
        CONTRACT,
        2 * YEAR,
        begins=ENDED,
        holds=(
            "preventing.Case",
            "preventing.CasePlace",
            "preventing.Tried",
        ),
    ),
    Purpose(
        "residents.vault",
        N_("a life map, encrypted on the device of the resident, who alone holds the key"),
        N_("a resident keeps their own story and plan, and decides who reads what of it"),
        EXPLICIT,
        2 * YEAR,
        begins=N_("after the resident last opened it"),
        holds=(
            "residents.Vault",
            "residents.Lock",
            "residents.Item",
            "residents.Pending",
            "residents.OwnRequest",
        ),
    ),
    Purpose(
        "residents.opening",
        N_("that a life map is open on a device, under a number that names nobody"),
        N_("a map stays open while it is used and closes by itself"),
        SECURITY,
        1,
        begins=ENDED,
        holds=("residents.Opening",),
    ),
    Purpose(
        "residents.invitation",
        N_("leave to begin a life map, and with which home it is linked if the resident wants that"),
        N_("only who sat with a colleague of the association begins one"),
        AGREED,
        7,
        begins=N_("after it was used or could be used no longer"),
        holds=("residents.Invitation",),
    ),
    Purpose(
        "residents.donation",
        N_("what residents gave for learning: effects and order, without words, names or days"),
        N_("who decides sees where systems help and where they hold people in"),
        EXPLICIT,
        5 * YEAR,
        begins=N_("after the year in which it was given"),
        holds=("residents.Donation", "residents.Given"),
    ),
    Purpose(
        "residents.share",
        N_("what a resident shares: a copy that is emptied when it ends, with whom, and who looked"),
        N_("who helps can read the one thing that the resident chose, and the resident sees who did"),
        EXPLICIT,
        YEAR,
        begins=ENDED,
        holds=("residents.Share", "residents.Look", "residents.Reply"),
    ),
    Purpose(
        "residents.breakthrough",
        N_("a request that a rule gives way for a resident, its reasons and the answer"),
        N_("who can decide answers, with a reason and in time"),
        EXPLICIT,
        YEAR,
        holds=("residents.Breakthrough",),
    ),
    Purpose(
        "partners.member",
        N_("who works at a partner and sees what is shared with it"),
        N_("only who has to act on what is shared reads it"),
        SECURITY,
        YEAR,
        begins=N_("after they left the partner"),
        holds=("partners.Member",),
    ),
    Purpose(
        "partners.support",
        N_("which support goes with a letting: from whom, until when, who pays; never why"),
        N_("support that was agreed is given, and somebody looks before it ends"),
        CONTRACT,
        YEAR,
        begins=ENDED,
        holds=("partners.SupportAgreement", "partners.SupportPlace"),
    ),
    Purpose(
        "referrals.referral",
        N_("a referral to a partner: what was told on which ground, what came of it, and what was agreed"),
        N_("a resident comes to who can help, and hears with who referred them what came of it"),
        AGREED_OR_LAW,
        YEAR,
        begins=ENDED,
        holds=(
            "referrals.Referral",
            "referrals.ReferralPlace",
            "referrals.ReferralItem",
            "referrals.AnswerLink",
            "referrals.ReferralEvent",
            "referrals.Meeting",
            "referrals.MeetingItem",
            "referrals.MeetingParty",
        ),
    ),
    Purpose(
        "safeguards.request",
        N_("what a resident asked about their data, and what was answered"),
        N_("requests are answered in time, and it can be shown that they were"),
        RIGHTS,
        2 * YEAR,
        begins=N_("after it was answered"),
        holds=(
            "safeguards.Request",
            "safeguards.RequestStep",
            "safeguards.Finding",
            "safeguards.Mark",
        ),
    ),
    Purpose(
        "safeguards.processing",
        N_("which data were processed, when and for what, with a sealed key of the home"),
        N_("a resident can be told what was done with data about them"),
        ANSWERABLE,
        5 * YEAR,
        holds=("safeguards.Processed",),
    ),
    Purpose(
        "audit.entry",
        N_("who did and who saw what: the key of a person, a verb, the names of fields"),
        N_("misuse can be found, and residents and colleagues can be answered"),
        ANSWERABLE,
        settings.AUDIT_DAYS,
        holds=("audit.Entry",),
    ),
    Purpose(
        "cities.version",
        N_("figures of homes, with tenancies under numbers that stand for nobody by name"),
        N_("to see how neighbourhoods fare, and what steering would do"),
        LANDLORD,
        settings.CITY_DAYS,
        begins=N_("after another version was taken into use"),
        holds=("cities.CityVersion",),
    ),
    Purpose(
        "areas.words",
        N_("what residents said of a place, in their own words, without a name"),
        N_("residents are heard in what is decided about their neighbourhood"),
        AGREED,
        3 * YEAR,
        holds=("areas.ResidentsWords", "areas.ResidentsGrade"),
    ),
    Purpose(
        "areas.note",
        N_("notes of professionals on a neighbourhood; about the place, not about persons"),
        N_("what is known of a place is not lost with who knew it"),
        LANDLORD,
        3 * YEAR,
        holds=("areas.Note",),
    ),
    Purpose(
        "areas.view",
        N_("views of professionals on a complex, and inspections of it"),
        N_("figures are laid beside what people see"),
        LANDLORD,
        5 * YEAR,
        holds=("areas.Overrule", "areas.Inspection"),
    ),
    Purpose(
        "plans.plan",
        N_("plans, who does what in them, and what residents and partners said of them"),
        N_("what was agreed is done, and somebody looks back"),
        LANDLORD,
        5 * YEAR,
        begins=ENDED,
        holds=("plans.Plan", "plans.PlanPlace", "plans.Step", "plans.Say", "plans.Sign", "plans.Review"),
    ),
    Purpose(
        "accounts.person",
        N_("who works in the workbench: name, e-mail address, roles, areas, how they sign in"),
        N_("only who needs it for their work sees something"),
        SECURITY,
        YEAR,
        begins=N_("after their last role ended, or they last signed in"),
        holds=(
            "accounts.Person",
            "accounts.RoleHeld",
            "accounts.RoleArea",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
            "socialaccount.SocialAccount",
            "socialaccount.SocialToken",
        ),
    ),
    Purpose(
        "areas.followed",
        N_("which places somebody follows"),
        N_("the start page tells first what they want to know"),
        EMPLOYER,
        YEAR,
        begins=N_("after their last role ended, or they last signed in"),
        holds=("areas.Followed",),
    ),
    Purpose(
        "accounts.session",
        N_("that somebody is signed in, and from where"),
        N_("people stay signed in while they work, and see where else they are"),
        SECURITY,
        1,
        begins=N_("after the session ended"),
        holds=("sessions.Session", "usersessions.UserSession"),
    ),
    Purpose(
        "jobs.job",
        N_("long work: who asked for it, and how it ended"),
        N_("who asked can follow it; keys alone, never data of residents"),
        SECURITY,
        90,
        begins=ENDED,
        holds=("jobs.Job", "jobs.Step", "django_tasks_database.DBTaskResult"),
    ),
)

_ADDRESSES = N_("addresses of homes, of which none tells who lives there")
_POLICY = N_("decisions of the organisation; who took them stands there as a key, which names nobody")
_REGISTER = N_("organisations, what they offer and what was agreed with them; public facts of no person")
_LISTS = N_("lists of Django that hold no data of people")
_SHOWN = N_("counts and names of keys, which tell of nobody")

NOTHING_OF_PEOPLE: dict[str, tuple[str, ...]] = {
    _ADDRESSES: ("cities.AddressBook", "cities.Address"),
    _POLICY: (
        "knowledge.Proposal",
        "knowledge.Turn",
        "knowledge.EvidenceProposal",
        "knowledge.LocalFile",
        "api.ApiToken",
    ),
    _REGISTER: (
        "partners.Organisation",
        "partners.Offer",
        "partners.OfferPlace",
        "partners.Agreement",
        "partners.Agreement_parties",
        "partners.AgreementPlace",
    ),
    _LISTS: (
        "auth.Permission",
        "auth.Group",
        "auth.Group_permissions",
        "contenttypes.ContentType",
        "socialaccount.SocialApp",
    ),
    _SHOWN: (
        "audit.Removal",
        "safeguards.Removed",
        "safeguards.FieldKey",
        "signals.PublishedCount",
        "oversight.PublishedLink",
        "oversight.PublishedWait",
        "signals.KnownReach",
        "preventing.Tally",
        "preventing.TakenAlong",
    ),
}
"""The models that hold nothing of people, by why that is so; every other one stands in `TABLE`."""
