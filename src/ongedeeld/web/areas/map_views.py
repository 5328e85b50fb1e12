"""The map: its page, its shapes, and what it shows as a file."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.areas.background import background
from ongedeeld.web.areas.map_exports import FORMATS, table_of
from ongedeeld.web.areas.map_figures import LEVEL_LABELS, Level
from ongedeeld.web.areas.map_queries import (
    ORDERS,
    Asked,
    Shown,
    asked_for,
    choices,
    in_reach,
    offered_periods,
    shown_to,
)
from ongedeeld.web.areas.map_shapes import area_shapes, complex_points, placed, svg
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.speaking import speech

YEAR_SECONDS = 365 * 86_400
WEEK_SECONDS = 7 * 86_400


@require_safe
def map_(request: HttpRequest) -> HttpResponse:
    """A figure on the map and as a table."""
    person = require(request.user, "areas.see_map")
    opened = current(person)
    asked = asked_for(person, opened, request.GET.dict()) if opened else None
    if opened is None or asked is None:
        return render(request, "areas/map.html", {"opened": opened, "shown": None})
    told = speech()
    shown = shown_to(person, opened, asked, told)
    if asked.figure.own:
        seen(person, "map", asked.figure.name, [asked.level.english])
    caption = caption_of(shown, told)
    return render(
        request,
        "areas/map.html",
        {
            "opened": opened,
            "background": background(),
            "shown": shown,
            "asked": asked,
            "caption": caption,
            "levels": [(level, told.say(LEVEL_LABELS[level])) for level in asked.figure.levels],
            "periods": [
                (one.isoformat(), asked.figure.when(one, told)) for one in offered_periods(opened, asked)
            ],
            "figures": _grouped(person, opened, told),
            "values": _values(opened, shown, caption),
            "undrawn": len({row.code for row in shown.rows} - placed(opened, asked.level)),
            "drawing": svg(opened, shown, caption, told),
            "query": urlencode(asked.query),
            "whole_city": urlencode({**asked.query, "binnen": ""}),
            "orders": {order: urlencode({**asked.query, "volgorde": order}) for order in ORDERS},
        },
    )


def caption_of(shown: Shown, told: Speech) -> str:
    """What is shown, and of when."""
    figure = shown.asked.figure
    label = figure.label(told)
    if shown.period is None:
        return label
    if shown.before is not None:
        between = {"before": figure.when(shown.before, told), "now": figure.when(shown.period, told)}
        return told.say(N_("{label}: change from {before} to {now}"), label=label, **between)
    return f"{label}, {figure.when(shown.period, told)}"


def _grouped(person: Person, opened: Opened, told: Speech) -> dict[str, list[tuple[str, str]]]:
    """The figures to choose from, by theme."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for name, figure in choices(person, opened).items():
        themes.setdefault(told.say(figure.theme), []).append((name, figure.label(told)))
    return themes


def _values(opened: Opened, shown: Shown, caption: str) -> dict[str, object]:
    """What the map in the browser draws."""
    return {
        "caption": caption,
        "shapes": reverse("map_shapes", args=[opened.version, shown.asked.level]),
        **_ground(opened, shown.asked.level),
        "places": [
            {
                "code": row.code,
                "name": row.name,
                "style": row.style,
                "figure": row.figure,
                "words": row.words,
                "within": row.within,
                "address": row.address,
            }
            for row in shown.rows
        ],
    }


def _ground(opened: Opened, level: Level) -> dict[str, str]:
    """The outlines below complexes, which are points."""
    if level is not Level.COMPLEX:
        return {}
    return {"ground": reverse("map_shapes", args=[opened.version, Level.NEIGHBOURHOOD])}


@gzip_page
@require_safe
def shapes(request: HttpRequest, version: UUID, level: str) -> HttpResponseBase:
    """The shapes of a level as GeoJSON.

    Those of areas may be kept for ever: the version stands in the address.
    """
    person = require(request.user, "areas.see_map")
    opened = current(person)
    if opened is None or opened.version != str(version) or level not in set(Level):
        raise Http404(N_("There are no such shapes: the City was renewed. Load the page again."))
    asked = Level(level)
    if asked is Level.COMPLEX:
        extent = extent_of(require(person, "areas.see_own_figures"), "areas.see_own_figures")
        body, fingerprint = complex_points(opened, frozenset(in_reach(opened, extent, asked)))
        # Rights change: the browser asks each time, and is told when nothing did.
        keep = "private, no-cache"
    else:
        body, fingerprint = area_shapes(opened, asked)
        keep = f"private, max-age={YEAR_SECONDS}, immutable"
    etag = f'"{fingerprint}"'
    answer = HttpResponse(
        body, content_type="application/geo+json", headers={"Cache-Control": keep, "ETag": etag}
    )
    patch_vary_headers(answer, ["Cookie"])
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
def tile(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """One tile of the background; an empty answer where its file has none."""
    require(request.user, "areas.see_map")
    ground = background()
    if ground is None:
        raise Http404(N_("This workbench has no background for its map."))
    picture = ground.tile(zoom, column, row)
    keep = {"Cache-Control": f"private, max-age={WEEK_SECONDS}"}
    if picture is None:
        return HttpResponse(status=204, headers=keep)
    return HttpResponse(picture, content_type=ground.kind, headers=keep)


@limited("export")
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the map shows as a file; what is taken along stands in the record."""
    person = require(request.user, "areas.see_map")
    opened = current(person)
    asked = asked_for(person, opened, request.GET.dict()) if opened else None
    if opened is None or asked is None or kind not in FORMATS:
        raise Http404(N_("There is no such file."))
    told = speech()
    shown = shown_to(person, opened, asked, told)
    table = table_of(opened, shown, caption_of(shown, told), told)
    seen(person, "map", asked.figure.name, ["export", asked.level.english])
    body = FORMATS[kind].make(opened, shown, table, told)
    answer = HttpResponse(body, content_type=FORMATS[kind].type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(opened, asked, told)}.{kind}"'
    return answer


def _file_name(opened: Opened, asked: Asked, told: Speech) -> str:
    parts = [asked.figure.name, str(asked.level)]
    if opened.city.manifest.invented:
        parts.insert(0, told.say("invented"))
    parts += [one.isoformat() for one in (asked.period, asked.against) if one]
    return "-".join(part.replace(" ", "-") for part in parts)
