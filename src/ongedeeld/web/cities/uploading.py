"""Take uploads to the disk in pieces, and no more than somebody may send."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.cities.arriving import no_room, too_large

logger = logging.getLogger(__name__)

OTHERS_BYTES = 20 * 1024**2
"""How much those may send who do not bring data in."""
REFUSAL = "ongedeeld.upload"


class Bounded(TemporaryFileUploadHandler):
    """Stops an upload that is too large, or for which there is no room; the page then tells why."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0
        self._most = OTHERS_BYTES

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Look who sends, before the first byte."""
        if self.request is not None and may(self.request.user, "cities.renew"):
            self._most = settings.UPLOAD_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        self._received += len(raw_data)
        if self._received > self._most:
            self._stop(too_large(str(self.file_name)))
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            logger.warning("an upload could not be written (%s)", type(error).__name__)
            self._stop(no_room(error))

    def _stop(self, refusal: InputError) -> None:
        if self.request is not None:
            self.request.META[REFUSAL] = refusal
        raise StopUpload(connection_reset=False)


def refuse_stopped(request: HttpRequest) -> None:
    """Refuse a form whose upload was stopped.

    Raises
    ------
    InputError
        With why it was stopped.
    """
    refusal = request.META.get(REFUSAL)
    if isinstance(refusal, InputError):
        raise refusal
