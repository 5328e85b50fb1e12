"""Addresses of signing in at the organisation."""

from __future__ import annotations

from allauth.socialaccount import views
from django.urls import include, path

urlpatterns = [
    path("", views.connections, name="socialaccount_connections"),
    path("login/cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/error/", views.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
