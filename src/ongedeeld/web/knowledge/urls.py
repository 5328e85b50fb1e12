"""Addresses of rules, proposals of local policy, and evidence."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.knowledge import evidence_views, proposal_views, views

urlpatterns = [
    path("regels/", views.rules, name="rules"),
    path("regels/verschil/", views.difference, name="rules_difference"),
    path("regels/lokaal/", proposal_views.proposals, name="proposals"),
    path("regels/lokaal/nieuw/", proposal_views.new_proposal, name="new_proposal"),
    path("regels/lokaal/bestand/", proposal_views.local_file, name="local_policy_file"),
    path("regels/lokaal/<uuid:key>/", proposal_views.proposal, name="proposal"),
    path("regels/lokaal/<uuid:key>/aannemen/", proposal_views.accept, name="accept_proposal"),
    path("regels/lokaal/<uuid:key>/afwijzen/", proposal_views.decline, name="decline_proposal"),
    path("regels/lokaal/<uuid:key>/terugnemen/", proposal_views.withdraw, name="withdraw_proposal"),
    path("regels/lokaal/<uuid:key>/einde/", proposal_views.end, name="end_proposal"),
    path("regels/lokaal/<uuid:key>/eruit/", proposal_views.take_out, name="take_out_proposal"),
    path("regels/<slug:name>/", views.rule, name="rule"),
    path("onderbouwing/", evidence_views.evidence, name="evidence"),
    path("onderbouwing/eigen/<uuid:key>/", evidence_views.answer_evidence, name="answer_evidence"),
    path("onderbouwing/<slug:name>/eigen/", evidence_views.propose_evidence, name="propose_evidence"),
    path("onderbouwing/<slug:name>/", evidence_views.evidence_record, name="evidence_record"),
]
