"""Addresses of partners; none names anybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.partners import (
    agreement_views,
    exchange_views,
    organisation_views,
    resident_views,
    support_views,
)

_AGREEMENTS: list[URLPattern | URLResolver] = [
    path("", agreement_views.agreements, name="agreements"),
    path("nieuw/", agreement_views.new_agreement, name="new_agreement"),
    path("<uuid:key>/", agreement_views.agreement, name="agreement"),
    path("<uuid:key>/wijzigen/", agreement_views.change_agreement, name="change_agreement"),
    path("<uuid:key>/beeindigen/", agreement_views.end_agreement, name="end_agreement"),
]
_SUPPORTS: list[URLPattern | URLResolver] = [
    path("", support_views.supports, name="supports"),
    path("nieuw/", support_views.new_support, name="new_support"),
    path("<uuid:key>/", support_views.support, name="support"),
    path("<uuid:key>/wijzigen/", support_views.change_support, name="change_support"),
    path("<uuid:key>/beeindigen/", support_views.end_support, name="end_support"),
]
_OFFERS: list[URLPattern | URLResolver] = [
    path("", organisation_views.change_offer, name="change_offer"),
    path("wachttijd/", organisation_views.tell_wait, name="tell_wait"),
    path("beeindigen/", organisation_views.end_offer, name="end_offer"),
]
_PARTNERS: list[URLPattern | URLResolver] = [
    path("", organisation_views.partners, name="partners"),
    path("nieuw/", organisation_views.new_partner, name="new_partner"),
    path("afspraken/", include(_AGREEMENTS)),
    path("begeleiding/", include(_SUPPORTS)),
    path("aanbod/<uuid:key>/", include(_OFFERS)),
    path("uitwisselen/", exchange_views.exchange, name="exchange_partners"),
    path("uitwisselen/overnemen/", exchange_views.take_over, name="take_over_partners"),
    path("hsds.json", exchange_views.hsds_json, name="hsds_json"),
    path("hsds.zip", exchange_views.hsds_zip, name="hsds_zip"),
    path("<uuid:key>/", organisation_views.partner, name="partner"),
    path("<uuid:key>/wijzigen/", organisation_views.change_partner, name="change_partner"),
    path("<uuid:key>/beeindigen/", organisation_views.end_partner, name="end_partner"),
    path("<uuid:key>/aanbod/nieuw/", organisation_views.new_offer, name="new_offer"),
    path("<uuid:key>/mensen/", organisation_views.take_in_member, name="take_in_member"),
    path("<uuid:key>/mensen/<uuid:member>/", organisation_views.let_go_member, name="let_go_member"),
]

urlpatterns = [
    path("partners/", include(_PARTNERS)),
    path("mijn/aanbod/", resident_views.offers, name="offers_for_residents"),
]
