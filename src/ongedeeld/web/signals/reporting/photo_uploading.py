"""Take photos into memory: what was not sealed yet never lies on a disk, not even for a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ongedeeld.errors import N_, InputError

MOST_BYTES = 20 * 1024**2
_REFUSED = "ongedeeld.photos"
View = Callable[..., HttpResponseBase]


class _InMemory(FileUploadHandler):
    """Keeps files in memory, together no more than `MOST_BYTES`; a file too many is left out."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece."""
        self._received += len(raw_data)
        if self._received > MOST_BYTES and self.request is not None:
            self.request.META[_REFUSED] = True
            raise SkipFile
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


def photos_in_memory(view: View) -> View:
    """Have a view take its files into memory.

    The token is looked at inside: looked at before, the files would be read with it, and put on a disk.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [_InMemory(request)]
        return protected(request, *args, **kwargs)

    return taking


def refuse_left_out(request: HttpRequest) -> None:
    """Refuse a form of which a photo was left out.

    Raises
    ------
    InputError
        Saying how much goes along.
    """
    request.POST  # noqa: B018 - reading the form reads the files
    if request.META.get(_REFUSED):
        raise InputError(
            N_("these photos are too large together"),
            expected=N_("at most 20 MB at once"),
            remedy=N_("send fewer photos, or take them at a smaller size"),
        )
