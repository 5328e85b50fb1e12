"""Addresses of answering signals, and of how to go to an address."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals.answering import views, visit_views

urlpatterns = [
    path("signalen/", views.signals, name="signals"),
    path("signalen/bezoeken/", visit_views.visit_notes, name="visit_notes"),
    path("signalen/bezoeken/instellen/", visit_views.set_visit_note, name="set_visit_note"),
    path("signalen/bezoeken/<uuid:key>/opnieuw/", visit_views.look_again, name="look_again_at_visit_note"),
    path("signalen/bezoeken/<uuid:key>/beeindigen/", visit_views.end_visit_note, name="end_visit_note"),
    path("signalen/<uuid:key>/", views.signal, name="signal"),
    path("signalen/<uuid:key>/stap/<slug:step>/", views.take_step, name="take_step"),
    path("signalen/<uuid:key>/foto/<uuid:photo>/", views.photo, name="signal_photo"),
]
