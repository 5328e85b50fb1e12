"""Addresses of sending a signal on to the municipality."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals.forwarding import views

urlpatterns = [
    path("signalen/<uuid:key>/gemeente/", views.forward_signal, name="forward_signal"),
    path("signalen/<uuid:key>/gemeente/opnieuw/", views.forward_again, name="forward_again"),
]
