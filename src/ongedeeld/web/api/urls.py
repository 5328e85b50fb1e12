"""Addresses of the API and of its tokens."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.api import views
from ongedeeld.web.api.interface import api

urlpatterns = [
    path("koppelingen/", views.overview, name="api_tokens"),
    path("koppelingen/uitleg/", views.explained, name="api_explained"),
    path("koppelingen/nieuw/", views.give, name="give_api_token"),
    path("koppelingen/<uuid:key>/einde/", views.end, name="end_api_token"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", api.urls),
]
