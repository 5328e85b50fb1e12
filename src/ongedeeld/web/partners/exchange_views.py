"""The register as a file, and a file into the register: first what it would do, then doing it."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.partners import queries
from ongedeeld.web.partners.around import areas_now
from ongedeeld.web.partners.hsds import Object, document
from ongedeeld.web.partners.hsds_reading import Directory, read
from ongedeeld.web.partners.hsds_tables import to_zip
from ongedeeld.web.partners.models import DOMAINS
from ongedeeld.web.partners.organisations import KEEP
from ongedeeld.web.partners.taking_over import KIND_LABELS, Kind, changes
from ongedeeld.web.partners.taking_over import take_over as taken_over
from ongedeeld.web.speaking import speech, told

MOST_BYTES = 5_000_000


class FileForm(forms.Form):
    """A file to bring in; `take` is pressed when what it would do was seen."""

    file = forms.FileField(
        label=N_("File"), help_text=N_("A .json as HSDS 3 describes, or a .zip of its tables; at most 5 MB.")
    )
    domain = forms.ChoiceField(
        label=N_("Life domain of services that tell none"),
        required=False,
        choices=(("", N_("none: tell me which they are")), *DOMAINS),
        help_text=N_(
            "Directories of others have no life domains. You can change it for each offer afterwards."
        ),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Not too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(N_("The file is larger than 5 MB."))
        return file


@require_http_methods(["GET", "POST"])
@limited("partner_files")
def exchange(request: HttpRequest) -> HttpResponse:
    """Take the register along; or see what a file would do to it, without doing it."""
    person = require(request.user, queries.SEE if request.method == "GET" else KEEP)
    form = FileForm(request.POST or None, request.FILES or None)
    directory = _read(form) if form.is_valid() else None
    return _page(request, person, form, directory)


@require_POST
@limited("partner_files")
def take_over(request: HttpRequest) -> HttpResponse:
    """Do what the file tells. It is read anew: nothing of it was kept meanwhile."""
    person = require(request.user, KEEP)
    form = FileForm(request.POST, request.FILES)
    directory = _read(form) if form.is_valid() else None
    if directory is None or directory.errors:
        return _page(request, person, form, directory)
    try:
        done = taken_over(directory, actor=person, now=timezone.now())
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return _page(request, person, form, directory)
    count = Counter(one.kind for one in done)
    messages.success(
        request,
        speech().say(
            N_("Taken over: {new} new, {changed} changed, {same} as they were."),
            new=count[Kind.NEW],
            changed=count[Kind.CHANGED],
            same=count[Kind.SAME],
        ),
    )
    return HttpResponseRedirect(reverse("partners"), status=303)


def _read(form: FileForm) -> Directory | None:
    """What a file tells; none where it is no such file, which the form then tells."""
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        return read(file.name or "", file.read(), areas_now(), domain=form.cleaned_data["domain"])
    except InputError as error:
        form.add_error("file", told(error))
        return None


def _page(request: HttpRequest, person: Person, form: FileForm, directory: Directory | None) -> HttpResponse:
    shown = {
        "form": form,
        "directory": directory,
        "changes": changes(directory) if directory else [],
        "kinds": KIND_LABELS,
        "told": told,
        "may_keep": bool(may(person, KEEP)),
    }
    wrong = form.errors or (directory is not None and directory.errors)
    return render(request, "partners/exchange.html", shown, status=422 if wrong else 200)


@require_GET
@limited("partner_files")
def hsds_json(request: HttpRequest) -> HttpResponse:
    """The register as the API of HSDS 3 answers it."""
    person = require(request.user, queries.SEE)
    answer = JsonResponse(_document(person, "json"), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="partners-hsds.json"'
    return answer


@require_GET
@limited("partner_files")
def hsds_zip(request: HttpRequest) -> HttpResponse:
    """The register as an archive of tables."""
    person = require(request.user, queries.SEE)
    answer = HttpResponse(to_zip(_document(person, "csv")), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="partners-hsds.zip"'
    return answer


def _document(person: Person, form: str) -> Object:
    areas = areas_now()
    seen(person, "directory", "hsds", [form])
    return document(queries.organisations_for(person, areas), areas)
