"""The API itself: what it answers, to whom, and how it describes itself.

It follows the technical rules of the NLGov REST API Design Rules 2.1.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.api import answering, problems
from ongedeeld.web.api import forms_of_answers as forms
from ongedeeld.web.api.access import Token, signed_in
from ongedeeld.web.api.questions import AreasAsked, Paged, SignalCountsAsked, ValuesAsked
from ongedeeld.web.speaking import speech, told

_ERRORS = (400, 401, 403, 404, 429, 500)
ERRORS: dict[int, Any] = dict.fromkeys(_ERRORS, forms.Problem)
DESCRIPTION = (
    "Lezen wat Ongedeeld weet van gebieden, cijfers, complexen en plannen. "
    "Elke vraag wordt beoordeeld naar de rol en de gebieden van wie vraagt; wat te weinig mensen betreft, "
    "wordt niet verteld. Wie leest, wordt vastgelegd."
)


class Interface(NinjaAPI):
    """The API with problems of RFC 9457 in its description."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The OpenAPI document, with the type of errors and the headers that every answer has."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _describe_answers(operation["responses"])
        return schema


def _describe_answers(responses: dict[Any, Any]) -> None:
    version = {"description": "De versie van deze API.", "schema": {"type": "string"}}
    for status, answer in responses.items():
        answer["headers"] = {"API-Version": version}
        if int(status) >= 400 and "application/json" in answer.get("content", {}):
            answer["content"] = {problems.PROBLEM: answer["content"]["application/json"]}


api = Interface(
    title="Ongedeeld",
    version=problems.VERSION,
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=[Token(), signed_in],
)


answers = Router(by_alias=True)


def described(request: HttpRequest) -> dict[str, Any]:
    """The OpenAPI document, with the address at which it is asked and whom to write to."""
    schema = dict(api.get_openapi_schema(path_prefix=""))
    schema["servers"] = [{"url": request.build_absolute_uri(problems.BASE).rstrip("/")}]
    contact = {"name": "Ongedeeld", "url": request.build_absolute_uri("/"), "email": _address()}
    schema["info"] = {**schema["info"], "contact": contact}
    return schema


def _address() -> str:
    """Where this installation can be written to."""
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">")


Number = Annotated[str, Path(max_length=80)]


@answers.get(
    "/gebieden", response={200: forms.Gebieden, **ERRORS}, operation_id="gebieden", summary="Gebieden"
)
def gebieden(request: HttpRequest, vraag: Query[AreasAsked]) -> dict[str, Any]:
    """Gemeente, wijken en buurten."""
    reader = answering.reader(request, "gebieden")
    found = answering.areas(reader, vraag.niveau, vraag.ligt_in)
    return _page(request, found, vraag)


@answers.get(
    "/gebieden/{code}", response={200: forms.Gebied, **ERRORS}, operation_id="gebied", summary="Een gebied"
)
def gebied(request: HttpRequest, code: Annotated[str, Path(max_length=40)]) -> forms.Gebied:
    """Een gemeente, wijk of buurt."""
    return answering.area(answering.reader(request, "gebieden"), code)


@answers.get(
    "/indicatoren",
    response={200: forms.Indicatoren, **ERRORS},
    operation_id="indicatoren",
    summary="Indicatoren",
)
def indicatoren(request: HttpRequest, vraag: Query[Paged]) -> dict[str, Any]:
    """Welke gepubliceerde cijfers er zijn."""
    reader = answering.reader(request, "indicatoren")
    return _page(request, answering.figures(reader, measures=False), vraag)


@answers.get(
    "/indicatoren/{naam}/waarden",
    response={200: forms.Waarden, **ERRORS},
    operation_id="waardenVanIndicator",
    summary="De waarden van een indicator",
)
def waarden_van_indicator(
    request: HttpRequest, naam: Annotated[str, Path(max_length=80)], vraag: Query[ValuesAsked]
) -> dict[str, Any]:
    """Een gepubliceerd cijfer op alle plekken van een niveau."""
    return _values(request, naam, vraag, measures=False)


@answers.get("/maten", response={200: forms.Maten, **ERRORS}, operation_id="maten", summary="Maten")
def maten(request: HttpRequest, vraag: Query[Paged]) -> dict[str, Any]:
    """Welke maten er zijn: gemengdheid, en binnen bereik die van de complexkaarten."""
    reader = answering.reader(request, "maten")
    return _page(request, answering.figures(reader, measures=True), vraag)


@answers.get(
    "/maten/{naam}/waarden",
    response={200: forms.Waarden, **ERRORS},
    operation_id="waardenVanMaat",
    summary="De waarden van een maat",
)
def waarden_van_maat(
    request: HttpRequest, naam: Annotated[str, Path(max_length=80)], vraag: Query[ValuesAsked]
) -> dict[str, Any]:
    """Een maat op alle plekken van een niveau die binnen bereik liggen."""
    return _values(request, naam, vraag, measures=True)


@answers.get(
    "/complexkaarten",
    response={200: forms.Complexkaarten, **ERRORS},
    operation_id="complexkaarten",
    summary="Complexkaarten",
)
def complexkaarten(request: HttpRequest, vraag: Query[Paged]) -> dict[str, Any]:
    """De kaarten van complexen binnen bereik."""
    reader = answering.reader(request, "complexkaarten", own=True)
    return _page(request, answering.cards(reader), vraag, verzonnen=reader.invented)


@answers.get(
    "/complexkaarten/{path:nummer}",
    response={200: forms.Complexkaart, **ERRORS},
    operation_id="complexkaart",
    summary="Een complexkaart",
)
def complexkaart(request: HttpRequest, nummer: Number) -> forms.Complexkaart:
    """De kaart van een complex binnen bereik."""
    return answering.card(answering.reader(request, "complexkaarten", own=True), nummer)


@answers.get(
    "/signaalaantallen",
    response={200: forms.Signaalaantallen, **ERRORS},
    operation_id="signaalaantallen",
    summary="Aantallen signalen",
)
def signaalaantallen(request: HttpRequest, vraag: Query[SignalCountsAsked]) -> dict[str, Any]:
    """Hoeveel signalen er per kwartaal, gebied en soort kwamen; beschermd, en voor iedereen gelijk."""
    reader = answering.reader(request, "signaalaantallen")
    found = answering.signal_counts(reader, vraag.gebied, vraag.kwartaal)
    return _page(request, found, vraag, verzonnen=reader.invented)


@answers.get("/plannen", response={200: forms.Plannen, **ERRORS}, operation_id="plannen", summary="Plannen")
def plannen(request: HttpRequest, vraag: Query[Paged]) -> dict[str, Any]:
    """Gebiedsplannen en complexplannen."""
    return _page(request, answering.plans(answering.reader(request, "plannen", city=False)), vraag)


@answers.get(
    "/plannen/{uuid:sleutel}", response={200: forms.Plan, **ERRORS}, operation_id="plan", summary="Een plan"
)
def plan(request: HttpRequest, sleutel: UUID) -> forms.Plan:
    """Een plan met zijn stappen en tekens."""
    return answering.plan(answering.reader(request, "plannen", city=False), sleutel)


def _values(request: HttpRequest, name: str, asked: ValuesAsked, *, measures: bool) -> dict[str, Any]:
    reader = answering.reader(request, "maten" if measures else "indicatoren")
    found, about = answering.values(reader, name, asked.niveau, asked.periode, measures=measures)
    return _page(request, found, asked, **about)


def _page(request: HttpRequest, found: Any, asked: Paged, **more: object) -> dict[str, Any]:
    """One page of a list, and the address of the next.

    Raises
    ------
    InputError
        For a parameter that does not exist: it would be a wish that gets lost.
    """
    known = {field.alias or name for name, field in type(asked).model_fields.items()}
    if unknown := sorted(set(request.GET) - known):
        raise InputError(
            N_("there is no parameter {names} here"),
            expected=N_("one of {known}"),
            names=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    size, page = asked.aantal_per_pagina, asked.pagina
    results, total = answering.cut(found, (page - 1) * size, size)
    following = None
    if page * size < total:
        query = {**request.GET.dict(), "pagina": page + 1}
        following = f"{request.build_absolute_uri(request.path)}?{urlencode(query)}"
    return {
        "totaal": total,
        "pagina": page,
        "aantal_per_pagina": size,
        "volgende": following,
        "resultaten": results,
        **more,
    }


@api.exception_handler(ValidationError)
def _not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [{"plaats": ".".join(map(str, one["loc"][1:])), "melding": one["msg"]} for one in error.errors]
    names = ", ".join(dict.fromkeys(one["plaats"].rpartition(".")[2] for one in wrong))
    detail = speech().say("These parameters are not as described in openapi.json: {names}.", names=names)
    return problems.problem(400, detail, fouten=wrong)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.problem(401)


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.problem(error.status_code, error.message)


@api.exception_handler(PermissionDenied)
def _refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problems.problem(403, speech().told(error.decision) if isinstance(error, Refused) else "")


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    cause = error.args[0] if error.args else ""
    return problems.problem(404, _sentence(cause) if isinstance(cause, OngedeeldError) else str(cause))


@api.exception_handler(OngedeeldError)
def _wrong(request: HttpRequest, error: OngedeeldError) -> HttpResponse:
    return problems.problem(400, _sentence(error))


def _sentence(error: OngedeeldError) -> str:
    """An error with what was expected and how to go on, in one line."""
    return " ".join(told(error).splitlines())


api.add_router("", answers)
