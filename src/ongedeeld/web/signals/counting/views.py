"""The page on how many signals came, and the file of what everybody may know of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech, harmless
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.signals.counting.areas import ALL, counted_areas
from ongedeeld.web.signals.counting.counts import Counted, Spot, counted, counted_of_own, published_rows
from ongedeeld.web.signals.counting.picture import picture
from ongedeeld.web.signals.counting.quarters import told as quarter_told
from ongedeeld.web.signals.counting.registering import changes_in
from ongedeeld.web.signals.counting.told import opening, running, table
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.speaking import speech
from ongedeeld.web.spreadsheets import csv_bytes

OWN = "eigen"
INVENTED = N_("This city and all its figures are invented.")


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many signals came quarter by quarter, and which part was of each kind."""
    person = require(request.user, "signals.see_counts")
    opened = current(person)
    if opened is None:
        return render(request, "signals/counts.html", {"opened": None, "counted": None})
    today, said = timezone.localdate(), speech()
    own = counted_of_own(person, opened, today)
    asked = request.GET.get("plek", OWN if own else ALL)
    spots = spots_of(opened)
    if asked == OWN and own:
        found, name = own, said.say(N_("your areas together"))
    else:
        spot = spots.get(asked, spots[ALL])
        asked, found = spot.code, counted(person, opened, spot, today)
        name = _name(opened, spot.code, said)
    if found.is_full:
        seen(person, "signal counts", asked, ("counts",))
    return render(
        request,
        "signals/counts.html",
        {"opened": opened, "counted": found, "place": name, "asked": asked, "own": own is not None}
        | {"running": running(today, said)}
        | _shown(found, name, said)
        | {"choices": [(code, _name(opened, code, said)) for code in spots]},
    )


def _shown(found: Counted, name: str, said: Speech) -> dict[str, object]:
    changes = changes_in(found.lines)
    lead = opening(found, changes, name, said)
    return {
        "lead": lead,
        "changes": [(quarter_told(one.quarter, said), one.said(said)) for one in changes],
        "drawing": picture(
            found.lines,
            {one.quarter for one in changes},
            " ".join(lead) or said.say(N_("How many signals came")),
            said,
        ),
        "table": table(found, said),
    }


@limited("export")
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What was published, of every area and quarter: the same for everybody, whoever asks."""
    person = require(request.user, "signals.see_counts")
    opened = current(person)
    if opened is None:
        raise Http404(N_("There is no such file."))
    said = speech()
    invented = opened.city.manifest.invented
    heads = (
        N_("quarter"),
        N_("code"),
        N_("name of the place"),
        N_("kind"),
        N_("number of signals"),
        N_("status"),
    )
    rows = [
        [
            quarter_told(one.quarter, said),
            one.area,
            harmless(_name(opened, one.area, said)),
            said.say(N_("all kinds") if one.kind == ALL else Signal.Kind(one.kind).label),
            "" if one.shown is None else one.shown,
            said.say(N_("not told") if one.shown is None else N_("rounded")),
            *([said.say(INVENTED)] if invented else []),
        ]
        for one in published_rows(person)
    ]
    header = [*map(said.say, heads), *([said.say(N_("note"))] if invented else [])]
    seen(person, "signal counts", ALL, ("export",))
    answer = HttpResponse(csv_bytes([header, *rows]), content_type="text/csv; charset=utf-8")
    prefix = f"{said.say('invented')}-" if invented else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="{prefix}{said.say(N_("signals"))}.csv"'
    return answer


def spots_of(opened: Opened) -> dict[str, Spot]:
    """What can be asked about, by code: all of it, districts, neighbourhoods."""
    areas = counted_areas(opened)
    inner = [code for code in areas.parents if code not in areas.around and code != ALL]
    found = {ALL: Spot(ALL, frozenset())}
    for code in sorted(inner, key=lambda one: areas.names[one]):
        found[code] = Spot(code, _around(opened, code))
        for part in sorted(areas.parts[code], key=lambda one: areas.names[one]):
            found[part] = Spot(part, areas.around[part])
    found |= {code: Spot(code, line) for code, line in areas.around.items() if code not in found}
    return found


def _around(opened: Opened, district: str) -> frozenset[str]:
    above = dict(opened.city.table("areas").select("code", "parent").iter_rows())
    line = [district]
    while (parent := above.get(line[-1])) is not None and parent not in line:
        line.append(parent)
    return frozenset(line)


def _name(opened: Opened, code: str, said: Speech) -> str:
    if code == ALL:
        return said.say(N_("all neighbourhoods with homes of the association"))
    return counted_areas(opened).names.get(code, code)
