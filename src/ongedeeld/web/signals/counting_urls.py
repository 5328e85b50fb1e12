"""Addresses of counting signals."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals import counting_views

urlpatterns = [
    path("signalen/aantallen/", counting_views.counts, name="signal_counts"),
    path("signalen/aantallen/bestand.csv", counting_views.file, name="signal_counts_file"),
]
