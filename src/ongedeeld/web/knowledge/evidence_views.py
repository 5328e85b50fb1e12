"""Pages of the evidence: what is assumed about neighbourhoods, and how well that is supported."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ongedeeld.vocabulary import EvidenceRecord, load_evidence, translator
from ongedeeld.vocabulary.evidence import UnknownRecordError
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, GRADES
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.speaking import spoken


@require_GET
def evidence(request: HttpRequest) -> HttpResponse:
    """All records, or those of a grade in which words occur."""
    require(request.user, "knowledge.see_rules")
    grade, search = request.GET.get("graad", ""), request.GET.get("zoek", "")[:100]
    found = [
        one
        for one in load_evidence().values()
        if (grade not in GRADES or one.grade == grade) and _holds(search, one)
    ]
    return render(
        request,
        "knowledge/evidence.html",
        {
            "records": found,
            "grade": grade if grade in GRADES else "",
            "search": search,
            "grades": GRADES,
            "directions": DIRECTIONS,
            "translate": translator(spoken()).gettext,
        },
    )


def _holds(search: str, record: EvidenceRecord) -> bool:
    """Whether all words occur in what the record says, or in its sources."""
    translate = translator(spoken()).gettext
    texts = [both.say(translate) for both in (record.label, record.claim, record.found_where)]
    whole = " ".join([record.name, *texts, *(source.title for source in record.sources)]).casefold()
    return all(word in whole for word in search.casefold().split())


@require_GET
def evidence_record(request: HttpRequest, name: str) -> HttpResponse:
    """One record: its claim, figure, grade, sources, and what it may not be used for."""
    require(request.user, "knowledge.see_rules")
    try:
        record = load_evidence()[name]
    except UnknownRecordError as error:
        raise Http404(error) from error
    return render(
        request,
        "knowledge/evidence_record.html",
        {
            "record": record,
            "grade": GRADES[record.grade],
            "direction": DIRECTIONS[record.direction],
            "translate": translator(spoken()).gettext,
        },
    )
