"""Bring versions of the City in, and choose which is read."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of


def store(city: City, *, actor: Person | None) -> CityVersion:
    """Keep a City as a new version, which nobody reads until it is accepted."""
    folder = uuid4().hex
    city.save(folder_of(folder))
    with transaction.atomic():
        version = CityVersion.objects.create(
            name=city.manifest.name,
            region=city.manifest.region,
            folder=folder,
            invented=city.manifest.invented,
            state=CityVersion.State.CHECKED,
            made_by=actor.key if actor else None,
        )
        record(actor, "cities.store", "city version", version.key)
    return version


@transaction.atomic
def accept(version: CityVersion, *, actor: Person | None) -> None:
    """Let everybody read this version from now on; the one before can be returned to."""
    CityVersion.objects.filter(state=CityVersion.State.CURRENT).update(state=CityVersion.State.RETIRED)
    version.state = CityVersion.State.CURRENT
    version.accepted_at = timezone.now()
    version.save(update_fields=["state", "accepted_at"])
    record(actor, "cities.accept", "city version", version.key, ["state", "accepted_at"])
