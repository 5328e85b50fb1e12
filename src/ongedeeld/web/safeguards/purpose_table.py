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
AGREED = N_("agreement of who said it, which can be taken back (GDPR 6(1)a)")

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
        "signals.KnownReach",
        "preventing.Tally",
        "preventing.TakenAlong",
    ),
}
"""The models that hold nothing of people, by why that is so; every other one stands in `TABLE`."""
