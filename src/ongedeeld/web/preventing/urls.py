"""Addresses of arrears, deliveries and cases; none names anybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.preventing import arrears_views, case_views, count_views, delivery_views

_DELIVERIES: list[URLPattern | URLResolver] = [
    path("", delivery_views.deliveries, name="deliveries"),
    path("nieuw/", delivery_views.new_delivery, name="new_delivery"),
    path("<uuid:key>/", delivery_views.delivery, name="delivery"),
    path("<uuid:key>/bestand/<slug:form>/", delivery_views.delivery_file, name="delivery_file"),
    path("<uuid:key>/verzonden/", delivery_views.send_delivery, name="send_delivery"),
    path("<uuid:key>/weggooien/", delivery_views.throw_away_delivery, name="throw_away_delivery"),
]
_ARREARS: list[URLPattern | URLResolver] = [
    path("", arrears_views.arrears_list, name="arrears_list"),
    path("nieuw/", arrears_views.new_arrears, name="new_arrears"),
    path("leveringen/", include(_DELIVERIES)),
    path("<uuid:key>/", arrears_views.arrears, name="arrears"),
    path("<uuid:key>/voorwaarden/<str:kind>/", arrears_views.meet_condition, name="meet_condition"),
    path("<uuid:key>/wijzigen/", arrears_views.change_arrears, name="change_arrears"),
    path("<uuid:key>/beeindigen/", arrears_views.end_arrears, name="end_arrears"),
    path("<uuid:key>/uit-levering/", arrears_views.take_out, name="take_out_arrears"),
]
_CASES: list[URLPattern | URLResolver] = [
    path("", case_views.cases, name="cases"),
    path("nieuw/", case_views.new_case, name="new_case"),
    path("aantallen/", count_views.eviction_counts, name="eviction_counts"),
    path("aantallen/bestand/", count_views.eviction_counts_file, name="eviction_counts_file"),
    path("aantallen/meenemen/", count_views.take_counts_along, name="take_counts_along"),
    path("<uuid:key>/", case_views.case, name="case"),
    path("<uuid:key>/geprobeerd/", case_views.try_something, name="try_something"),
    path("<uuid:key>/besluit/", case_views.decide, name="decide_eviction"),
    path("<uuid:key>/besluit/intrekken/", case_views.withdraw, name="withdraw_eviction"),
    path("<uuid:key>/overnemen/", case_views.take_over, name="take_over_case"),
    path("<uuid:key>/beeindigen/", case_views.end_case, name="end_case"),
]

urlpatterns = [
    path("huurachterstand/", include(_ARREARS)),
    path("ontruiming/", include(_CASES)),
]
