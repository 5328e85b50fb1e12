"""Pages to take along: PDF and Word."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.areas.document_queries import complex_contents, neighbourhood_contents
from ongedeeld.web.areas.documents.contents import Contents
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.queries import current
from ongedeeld.web.speaking import spoken


class Format(NamedTuple):
    """How a document is sent."""

    type: str
    make: Callable[[Contents], bytes]


def _word(contents: Contents) -> bytes:
    # Loads when somebody asks for a document: pages need not wait for it.
    from ongedeeld.web.areas.documents.word import word

    return word(contents)


def _pdf(contents: Contents) -> bytes:
    from ongedeeld.web.areas.documents.pdf import pdf

    return pdf(contents)


FORMATS = {
    "pdf": Format("application/pdf", _pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
}


@limited("export")
@require_safe
def neighbourhood(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The portrait of a neighbourhood as PDF or Word."""
    person = require(request.user, "areas.see_neighbourhood")
    if kind not in FORMATS or (opened := current(person)) is None:
        raise Http404(N_("There is no such document."))
    try:
        contents, internal = neighbourhood_contents(
            person, opened, code, Speech(spoken()), timezone.localdate()
        )
    except AbsentError as error:
        raise Http404(error) from error
    if internal:
        seen(person, "neighbourhood", code, ["document"])
    return _sent(contents, kind, code)


@limited("export")
@require_safe
def complex_(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The card of a complex as PDF or Word."""
    person = require(request.user, "areas.see_own_figures")
    if kind not in FORMATS or (opened := current(person)) is None:
        raise Http404(N_("There is no such document."))
    try:
        contents = complex_contents(person, opened, number, Speech(spoken()), timezone.localdate())
    except AbsentError as error:
        raise Http404(error) from error
    seen(person, "complex", number, ["document"])
    return _sent(contents, kind, number)


def _sent(contents: Contents, kind: str, code: str) -> HttpResponse:
    form = FORMATS[kind]
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{contents.title} {code}")
    answer = HttpResponse(form.make(contents), content_type=form.type)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "ignore").decode()}.{kind}"'
    )
    return answer
