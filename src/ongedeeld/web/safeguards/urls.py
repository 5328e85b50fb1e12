"""Addresses of safeguards."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.safeguards import request_urls, views

_PAGES: list[URLPattern | URLResolver] = [
    path("", views.protection, name="protection"),
    path("verwerkingen/", views.processed, name="processed"),
    path("verwerkingen/export/", views.export_processed, name="export_processed"),
    path("verwerkingen/<slug:operation>/", views.operation, name="operation"),
    path("verwijderd/", views.removed, name="removed"),
    *request_urls.urlpatterns,
]

urlpatterns = [path("gegevensbescherming/", include(_PAGES))]
