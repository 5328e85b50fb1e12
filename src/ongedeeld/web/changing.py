"""Change a row that others may be changing too: whoever was first is never overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from ongedeeld.errors import N_, OngedeeldError


class ChangedMeanwhileError(OngedeeldError):
    """Somebody else changed it since it was opened."""


def write(row: models.Model, version: int, **values: object) -> None:
    """Write values of a row, when nobody wrote it since `version`; the row then holds what stands there.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else was first; nothing is written.
    """
    same = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not same.update(version=F("version") + 1, **values):
        raise ChangedMeanwhileError(
            N_("somebody else changed this in the meantime"),
            remedy=N_("look at it as it is now, and do it again if it is still needed"),
        )
    row.refresh_from_db()
