"""Addresses of giving a life for learning, and of what was learned."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.residents import giving_views

urlpatterns = [
    path("mijn/geven/", giving_views.give, name="give_life"),
    path("mijn/geven/terug/", giving_views.take_back, name="take_life_back"),
    path("levenskaarten/geleerd/", giving_views.learned, name="learned"),
]
