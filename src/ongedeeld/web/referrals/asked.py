"""What pages read of a request in the same way."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest


def key_of(text: str) -> UUID:
    """A key that somebody sent; what is none is that of nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def version_of(request: HttpRequest) -> int:
    """The version that was seen; what is none is older than every version."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
