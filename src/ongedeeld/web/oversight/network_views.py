"""The page of the network of partners, and the same as a table to take along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech, harmless
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS, LifeDomain
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.queries import current
from ongedeeld.web.oversight.network import SEE, Counted, Link, Network, network_for
from ongedeeld.web.oversight.network_picture import picture
from ongedeeld.web.oversight.network_series import growth_picture, waits_picture
from ongedeeld.web.speaking import speech
from ongedeeld.web.spreadsheets import csv_bytes

HEADS = (
    N_("partner"),
    N_("kind"),
    N_("life domains"),
    N_("agreements"),
    N_("referrals"),
    N_("accepted"),
    N_("refused"),
    N_("days of waiting, at least"),
    N_("days of waiting, at most"),
    N_("weeks until the yes, the middle one"),
    N_("weeks until contact, the middle one"),
)


@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """Who works with whom on what, where nobody does, and on whom it hangs."""
    person = require(request.user, SEE)
    today = timezone.localdate()
    found = network_for(person, today)
    said = speech()
    lead = opening(found, said)
    seen(person, "network", "all")
    shown = {
        "network": found,
        "lead": lead,
        "drawing": picture(found, " ".join(lead), said) if found.links else None,
        "domains": {str(code): label for code, label in LIFE_DOMAIN_LABELS.items()},
        "domain_list": [said.say(label) for label in LIFE_DOMAIN_LABELS.values()],
        "numbers": {link.organisation.key: number for number, link in enumerate(found.links, 1)},
        "counted": lambda count, is_counted=True: counted(count, said, is_counted=is_counted),
        "refused": lambda told: refused(told, said),
        "waiting": lambda link: waiting(link, said),
        "waited": lambda link: waited(link, said),
        "waits_drawn": waits_picture(found, said),
        "growth_drawn": growth_picture(found, said),
        "opened": current(person),
        "today": today,
    }
    return render(request, "oversight/network.html", shown)


@require_GET
@limited("export")
def network_file(request: HttpRequest) -> HttpResponse:
    """The links as a table: what stands on the page, and no more."""
    person = require(request.user, SEE)
    found = network_for(person, timezone.localdate())
    said = speech()
    rows: list[list[object]] = [[said.say(head) for head in HEADS]]
    for link in found.links:
        told = link.counted
        shortest, longest = link.waits or ("", "")
        rows.append(
            [
                harmless(link.organisation.name),
                said.say(link.organisation.get_kind_display()),
                ", ".join(said.say(LIFE_DOMAIN_LABELS[LifeDomain(one)]) for one in link.domains),
                link.agreements,
                *("" if count is None else count for count in (told.sent, told.accepted, told.refused)),
                shortest,
                longest,
                *_weeks(link),
            ]
        )
    seen(person, "network", "all", ["export"])
    answer = HttpResponse(csv_bytes(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{said.say(N_("network"))}.csv"'
    return answer


def _weeks(link: Link) -> list[int | str]:
    told = (link.waited.answer_weeks, link.waited.contact_weeks) if link.waited else (None, None)
    return ["" if weeks is None else weeks for weeks in told]


def opening(found: Network, said: Speech) -> list[str]:
    """What the page says first."""
    if not found.links:
        return []
    agreed = sum(1 for link in found.links if link.agreements)
    lines = [
        said.say(
            N_("Partners: {all}, of which {agreed} with an agreement that runs."),
            all=said.number(len(found.links)),
            agreed=said.number(agreed),
        )
    ]
    if found.gaps:
        one = N_("In {count} district at least one life domain has no partner.")
        many = N_("In {count} districts at least one life domain has no partner.")
        lines.append(said.ngettext(one, many, len(found.gaps)))
    elif found.coverage:
        lines.append(said.say(N_("Every life domain has a partner in every district.")))
    if found.hanging:
        most = found.hanging[0]
        one = N_("If {name} stopped, one district would have nobody left for a life domain.")
        many = N_("If {name} stopped, {count} times a district would have nobody left for a life domain.")
        lines.append(said.ngettext(one, many, len(most.alone), name=most.organisation.name))
    return lines


def counted(count: int | None, said: Speech, *, is_counted: bool) -> str:
    """A count of referrals as people read it."""
    if not is_counted:
        return said.say(N_("not counted yet"))
    if count is None:
        return said.say(N_("not told"))
    return said.say(N_("about {count}"), count=said.number(count))


def refused(told: Counted, said: Speech) -> str:
    """Which part was refused, as people read it."""
    share = told.refused_share
    return said.say(N_("not told")) if share is None else said.figure(share, "share")


def waiting(link: Link, said: Speech) -> str:
    """How long the wait is, as people read it; unknown is never none."""
    if link.waits is None:
        return said.say(N_("not known"))
    shortest, longest = link.waits
    if shortest == longest:
        return said.ngettext(N_("{count} day"), N_("{count} days"), longest)
    days = {"shortest": said.number(shortest), "longest": said.number(longest)}
    return said.say(N_("{shortest} to {longest} days"), **days)


def waited(link: Link, said: Speech) -> str:
    """How long the middle one in fact waited, as people read it."""
    if link.waited is None:
        return said.say(N_("not told"))
    answer, contact = link.waited.answer_weeks, link.waited.contact_weeks
    parts = []
    if answer is not None:
        one, many = N_("a yes within {count} week"), N_("a yes within {count} weeks")
        parts.append(said.ngettext(one, many, max(answer, 1)))
    if contact is not None:
        one, many = N_("contact within {count} week"), N_("contact within {count} weeks")
        parts.append(said.ngettext(one, many, max(contact, 1)))
    else:
        parts.append(said.say(N_("no day of contact told")))
    return ", ".join(parts)
