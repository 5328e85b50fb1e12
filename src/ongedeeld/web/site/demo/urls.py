"""The address of signing in to the demo."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.site.demo import views

urlpatterns = [path("demo/", views.sign_in, name="demo")]
