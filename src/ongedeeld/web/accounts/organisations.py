"""Where people can sign in other than here."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest


def organisations(request: HttpRequest) -> list[Any]:
    """The sign-in pages of organisations that this installation trusts, as allauth knows them."""
    if not settings.OIDC_ISSUER:
        return []
    providers: list[Any] = get_adapter(request).list_providers(request)
    return providers
