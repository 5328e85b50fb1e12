"""Addresses of counting signals."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals.counting import views

urlpatterns = [
    path("signalen/aantallen/", views.counts, name="signal_counts"),
    path("signalen/aantallen/bestand.csv", views.file, name="signal_counts_file"),
]
