"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.plans import part_views, views

urlpatterns = [
    path("plannen/", views.plans, name="plans"),
    path("plannen/nieuw/", views.new_plan, name="new_plan"),
    path("plannen/<uuid:key>/", views.plan, name="plan"),
    path("plannen/<uuid:key>/wijzigen/", views.change_plan, name="change_plan"),
    path("plannen/<uuid:key>/weggooien/", views.throw_away, name="throw_away_draft"),
    path("plannen/<uuid:key>/acties/", views.add_step, name="add_step"),
    path("plannen/<uuid:key>/acties/<uuid:step>/", views.end_step, name="end_step"),
    path("plannen/<uuid:key>/acties/<uuid:part>/wijzigen/", part_views.change_step, name="change_step"),
    path("plannen/<uuid:key>/acties/<uuid:part>/weghalen/", part_views.remove_step, name="remove_step"),
    path("plannen/<uuid:key>/inspraak/", views.add_say, name="add_say"),
    path("plannen/<uuid:key>/inspraak/<uuid:part>/wijzigen/", part_views.change_say, name="change_say"),
    path("plannen/<uuid:key>/inspraak/<uuid:part>/weghalen/", part_views.remove_say, name="remove_say"),
    path("plannen/<uuid:key>/kenmerken/", views.add_sign, name="add_sign"),
    path("plannen/<uuid:key>/kenmerken/<uuid:part>/wijzigen/", part_views.change_sign, name="change_sign"),
    path("plannen/<uuid:key>/kenmerken/<uuid:part>/weghalen/", part_views.remove_sign, name="remove_sign"),
    path("plannen/<uuid:key>/terugblik/", views.review, name="review_plan"),
    path("plannen/<uuid:key>/vaststellen/", views.agree, name="agree_plan"),
    path("plannen/<uuid:key>/word/", views.document, name="plan_document"),
]
