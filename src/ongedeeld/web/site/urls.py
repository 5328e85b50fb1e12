"""All addresses of the workbench."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("ongedeeld.web.areas.urls")),
    path("account/", include("allauth.urls")),
]
