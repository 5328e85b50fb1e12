"""Addresses of what residents ask."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.safeguards import request_views as views

BASE = "verzoeken/"

urlpatterns = [
    path(BASE, views.requests, name="requests"),
    path(f"{BASE}nieuw/", views.new_request, name="new_request"),
    path(f"{BASE}<uuid:key>/", views.request_page, name="request"),
    path(f"{BASE}<uuid:key>/identiteit/", views.confirm_identity, name="confirm_identity"),
    path(f"{BASE}<uuid:key>/verlengen/", views.extend, name="extend_request"),
    path(f"{BASE}<uuid:key>/toevoegen/", views.add_by_key, name="name_record"),
    path(f"{BASE}<uuid:key>/gevonden/<uuid:thing>/", views.decide, name="decide_finding"),
    path(f"{BASE}<uuid:key>/gevonden/<uuid:thing>/hervatten/", views.end_stop, name="end_stop"),
    path(f"{BASE}<uuid:key>/beantwoorden/", views.close, name="close_request"),
    path(f"{BASE}<uuid:key>/bestand.<str:form>", views.export, name="export_request"),
]
