"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.areas import views

urlpatterns = [path("", views.start, name="start")]
