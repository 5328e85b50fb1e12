"""Addresses of giving a life for learning, and of what was learned."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.residents.giving import views

urlpatterns = [
    path("mijn/geven/", views.give, name="give_life"),
    path("mijn/geven/terug/", views.take_back, name="take_life_back"),
    path("levenskaarten/geleerd/", views.learned, name="learned"),
]
