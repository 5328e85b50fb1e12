"""Addresses of referrals; none names anybody. A link for an answer is one that nobody guesses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.referrals import referral_views, resident_views
from ongedeeld.web.referrals.answering import link_views, partner_views
from ongedeeld.web.referrals.meetings import views as meeting_views
from ongedeeld.web.referrals.sending import views as sending_views

_MEETINGS: list[URLPattern | URLResolver] = [
    path("", meeting_views.meetings, name="meetings"),
    path("<uuid:key>/", meeting_views.meeting, name="meeting"),
    path("<uuid:key>/agenda/", meeting_views.put_on, name="put_on_meeting"),
    path("<uuid:key>/sluiten/", meeting_views.close, name="close_meeting"),
    path("punt/<uuid:key>/afspraak/", meeting_views.agree, name="agree_at_meeting"),
    path("punt/<uuid:key>/wie/", meeting_views.concern, name="concern_at_meeting"),
]
_RECEIVED: list[URLPattern | URLResolver] = [
    path("", partner_views.received, name="received_referrals"),
    path("overleg/<uuid:key>/", partner_views.meeting, name="received_meeting"),
    path("<uuid:key>/", partner_views.one, name="received_referral"),
    path("<uuid:key>/<slug:answer>/", partner_views.answer, name="answer_received"),
]
_REFERRALS: list[URLPattern | URLResolver] = [
    path("", referral_views.referrals, name="referrals"),
    path("nieuw/", sending_views.new_referral, name="new_referral"),
    path("overleg/", include(_MEETINGS)),
    path("ontvangen/", include(_RECEIVED)),
    path("<uuid:key>/", referral_views.referral, name="referral"),
    path("<uuid:key>/meer/", referral_views.tell_more, name="tell_more"),
    path("<uuid:key>/onderdeel/<uuid:item>/terugnemen/", referral_views.take_back, name="take_back_told"),
    path("<uuid:key>/terugnemen/", referral_views.withdraw, name="withdraw_referral"),
    path("<uuid:key>/contact/", referral_views.contacted, name="contacted_referral"),
    path("<uuid:key>/gedaan/", referral_views.close, name="close_referral"),
    path("<uuid:key>/overdragen/", referral_views.hand_over, name="hand_over_referral"),
    path("<uuid:key>/link/", referral_views.send_link, name="send_answer_link"),
    path("<uuid:key>/link/beeindigen/", referral_views.end_links, name="end_answer_links"),
    path("<uuid:key>/code/", referral_views.code, name="answer_code"),
    path("<uuid:key>/volgcode/", referral_views.follow_code, name="follow_code"),
]
_ANSWER: list[URLPattern | URLResolver] = [
    path("lezen/<uuid:key>/", link_views.read, name="answer_read"),
    path("lezen/<uuid:key>/<slug:answer>/", link_views.answer, name="answer_by_link"),
    path("<slug:token>/", link_views.door, name="answer_link"),
]
_RESIDENT: list[URLPattern | URLResolver] = [
    path("", resident_views.followed, name="my_referrals"),
    path("volgen/", resident_views.follow, name="follow_referral"),
    path("<uuid:key>/terugnemen/", resident_views.take_all_back, name="take_back_referral"),
    path("<uuid:key>/onderdeel/<uuid:item>/terugnemen/", resident_views.take_back, name="take_back_item"),
]

urlpatterns = [
    path("doorverwijzingen/", include(_REFERRALS)),
    path("antwoord/", include(_ANSWER)),
    path("mijn/doorverwijzingen/", include(_RESIDENT)),
]
