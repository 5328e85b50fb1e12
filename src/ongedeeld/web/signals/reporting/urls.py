"""Addresses of reporting signals."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals.reporting import views

urlpatterns = [
    path("signalen/nieuw/", views.new_signal, name="new_signal"),
    path("signalen/nieuw/stand/", views.standing, name="new_signal_standing"),
    path("signalen/nieuw/zonder-verbinding/", views.shell, name="new_signal_shell"),
    path("signalen/dienst.js", views.worker, name="signals_worker"),
]
