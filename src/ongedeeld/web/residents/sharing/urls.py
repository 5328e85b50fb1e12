"""Addresses of sharing; none names anybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.residents.breakthroughs import views as breakthrough_views
from ongedeeld.web.residents.sharing import staff_views as sharing_staff_views
from ongedeeld.web.residents.sharing import views as sharing_views

_MINE: list[URLPattern | URLResolver] = [
    path("ontvangers/", sharing_views.receivers, name="share_receivers"),
    path("delen/", sharing_views.shares, name="shares"),
    path("delen/<uuid:key>/opnieuw/", sharing_views.send_anew, name="send_share_anew"),
    path("gedeeld/", sharing_views.own_shares, name="own_shares"),
    path("gedeeld/intrekken/", sharing_views.withdraw_all_shares, name="withdraw_all_shares"),
    path("gedeeld/<uuid:key>/intrekken/", sharing_views.withdraw_share, name="withdraw_share"),
]
_SHARED: list[URLPattern | URLResolver] = [
    path("", sharing_staff_views.shared, name="shared"),
    path("aantallen/", sharing_staff_views.step_counts, name="step_counts"),
    path("<uuid:key>/", sharing_staff_views.shared_thing, name="shared_thing"),
    path("<uuid:key>/antwoord/", sharing_staff_views.reply_to_share, name="reply_to_share"),
    path("<uuid:key>/doorbraak/", sharing_staff_views.ask_breakthrough, name="ask_breakthrough"),
]
_BREAKTHROUGHS: list[URLPattern | URLResolver] = [
    path("", breakthrough_views.breakthroughs, name="breakthroughs"),
    path("<uuid:key>/", breakthrough_views.breakthrough, name="breakthrough"),
    path("<uuid:key>/antwoord/", breakthrough_views.answer_breakthrough, name="answer_breakthrough"),
    path("<uuid:key>/terugnemen/", breakthrough_views.take_back_breakthrough, name="take_back_breakthrough"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("mijn/", include(_MINE)),
    path("gedeeld/", include(_SHARED)),
    path("doorbraken/", include(_BREAKTHROUGHS)),
]
