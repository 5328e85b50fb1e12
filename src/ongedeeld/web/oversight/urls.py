"""Addresses of oversight."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.oversight import network_views, views

_JOB = [
    path("", views.job, name="job"),
    path("stoppen/", views.cancel_job, name="cancel_job"),
    path("opnieuw/", views.retry_job, name="retry_job"),
]
_OVERSIGHT: list[URLPattern | URLResolver] = [
    path("", views.overview, name="oversight"),
    path("logboek/", views.audit, name="audit"),
    path("werk/", views.jobs, name="jobs"),
    path("werk/<uuid:key>/", include(_JOB)),
    path("versies/", views.versions, name="versions"),
    path("rechten/", views.rights, name="rights"),
]
_NETWORK = [
    path("", network_views.network, name="network"),
    path("bestand/", network_views.network_file, name="network_file"),
]

urlpatterns = [
    path("toezicht/", include(_OVERSIGHT)),
    path("partners/netwerk/", include(_NETWORK)),  # a page of the room of partners, as its place says
]
