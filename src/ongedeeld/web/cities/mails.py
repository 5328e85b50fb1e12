"""The letter to the data managers about files from the drop folder: counts and where to look, no more."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import CityVersion

logger = logging.getLogger(__name__)

_SUBJECTS = {
    CityVersion.State.REFUSED: N_("Ongedeeld: the files in the drop folder cannot be used"),
    CityVersion.State.CHECKED: N_("Ongedeeld: the files in the drop folder were checked"),
    CityVersion.State.CURRENT: N_("Ongedeeld: the files in the drop folder are in use"),
}
_LINES = {
    CityVersion.State.REFUSED: N_("The files in the drop folder were read ({files}), and cannot be used."),
    CityVersion.State.CHECKED: N_(
        "The files in the drop folder were read and checked ({files}): errors {error}, warnings {warning}, "
        "notes {note}. Nobody uses them before somebody accepts them."
    ),
    CityVersion.State.CURRENT: N_(
        "The files in the drop folder were read and checked ({files}) without errors: warnings {warning}, "
        "notes {note}. As was set, they are in use from now on; you can go back to the version before."
    ),
}
_WHERE = N_("The report, with what to do next: {link}")


def tell_data_managers(version: CityVersion) -> int:
    """Send each data manager the counts of a report, in their own language; to how many it was sent."""
    if not settings.EMAIL_HOST:
        return 0
    counts = dict.fromkeys(("error", "warning", "note"), 0) | version.report.get("counts", {})
    link = settings.ADDRESS.rstrip("/") + reverse("city_version", args=[version.key])
    state = CityVersion.State(version.state)
    people = _data_managers()
    for person in people:
        speech = Speech("en" if person.language == "en" else "nl")
        body = [
            speech.say(_LINES[state], files=len(version.files), **counts),
            speech.say(_WHERE, link=link),
        ]
        try:
            send_mail(speech.say(_SUBJECTS[state]), "\n\n".join(body), None, [person.email])
        except OSError as error:  # the report stands in the workbench all the same
            logger.warning("a letter about the drop folder was not sent (%s)", type(error).__name__)
    return len(people)


def _data_managers() -> list[Person]:
    today = timezone.localdate()
    people = Person.objects.filter(
        is_active=True, is_demo=False, roles_held__role=Role.DATA_MANAGER
    ).distinct()
    return [
        person
        for person in people.prefetch_related("roles_held")
        if any(held.as_role is Role.DATA_MANAGER and held.runs_on(today) for held in person.roles_held.all())
    ]
