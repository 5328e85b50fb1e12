"""Addresses of sending a signal on to the municipality."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals import forwarding_views

urlpatterns = [
    path("signalen/<uuid:key>/gemeente/", forwarding_views.forward_signal, name="forward_signal"),
    path("signalen/<uuid:key>/gemeente/opnieuw/", forwarding_views.forward_again, name="forward_again"),
]
