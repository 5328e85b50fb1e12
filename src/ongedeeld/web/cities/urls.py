"""Addresses of the data room, and of the search for addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.cities import views

_VERSION = [
    path("", views.city_version, name="city_version"),
    path("overnemen/", views.accept_version, name="accept_version"),
    path("terug/", views.roll_back, name="roll_back"),
    path("weggooien/", views.discard_version, name="discard_version"),
    path("opnieuw/", views.check_again, name="check_again"),
    path("stoppen/", views.stop_check, name="stop_check"),
]
_DATA: list[URLPattern | URLResolver] = [
    path("", views.data, name="data"),
    path("binnenhalen/", views.bring_in, name="bring_in"),
    path("ophalen/", views.fetch_city, name="fetch_city"),
    path("klaargezet/", views.take_drop, name="take_drop"),
    path("sjablonen/<slug:table>/", views.own_template, name="own_template"),
    path("versies/<uuid:key>/", include(_VERSION)),
]

urlpatterns = [
    path("gegevens/", include(_DATA)),
    path("adressen/", views.addresses, name="addresses"),
]
