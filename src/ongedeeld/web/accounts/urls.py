"""Addresses of people and of signing in: those pages of allauth that are in use here, and no others."""

from __future__ import annotations

from allauth.account import views as sign_in
from django.urls import URLPattern, URLResolver, include, path, re_path

from ongedeeld.web.accounts import my_views, views

_PERSON = [
    path("", views.one, name="person"),
    path("rol/", views.give_role, name="give_role"),
    path("rol/<int:role>/einde/", views.end_role, name="end_role"),
    path("opnieuw-uitnodigen/", views.invite_again, name="invite_again"),
    path("toegang/", views.access, name="access"),
    path("verwijderen/", views.remove, name="remove_person"),
]
_PASSWORD = [
    path("change/", sign_in.password_change, name="account_change_password"),
    path("set/", sign_in.password_set, name="account_set_password"),
    path("reset/", sign_in.password_reset, name="account_reset_password"),
    path("reset/done/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "reset/key/done/", sign_in.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
]
_ACCOUNT: list[URLPattern | URLResolver] = [
    path("", my_views.account, name="account"),
    path("uitnodiging/<str:token>/", my_views.accept_invitation, name="accept_invitation"),
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/", include(_PASSWORD)),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("organisatie/", include("ongedeeld.web.accounts.organisation_urls")),
]
urlpatterns = [
    path("mensen/", views.people, name="people"),
    path("mensen/uitnodigen/", views.invite, name="invite"),
    path("mensen/<uuid:key>/", include(_PERSON)),
    path("account/", include(_ACCOUNT)),
]
