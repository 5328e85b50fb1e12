"""Addresses of arranging signals: teams, rules, and the work of a team."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.signals.arranging import rule_views, team_views, work_views

urlpatterns = [
    path("signalen/teams/", team_views.teams, name="signal_teams"),
    path("signalen/teams/nieuw/", team_views.new_team, name="new_signal_team"),
    path("signalen/teams/<uuid:key>/", team_views.team, name="signal_team"),
    path("signalen/teams/<uuid:key>/wijzigen/", team_views.change_team, name="change_signal_team"),
    path("signalen/teams/<uuid:key>/sluiten/", team_views.close_team, name="close_signal_team"),
    path("signalen/teams/<uuid:key>/openen/", team_views.open_team, name="open_signal_team"),
    path("signalen/teams/<uuid:key>/leden/", team_views.add_member, name="add_team_member"),
    path(
        "signalen/teams/<uuid:key>/leden/<uuid:who>/weg/", team_views.remove_member, name="remove_team_member"
    ),
    path("signalen/teams/<uuid:key>/leden/<uuid:who>/leidt/", team_views.let_lead, name="let_member_lead"),
    path(
        "signalen/teams/<uuid:key>/leden/<uuid:who>/afwezig/",
        team_views.set_absence,
        name="set_member_absence",
    ),
    path("signalen/regels/", rule_views.rules, name="signal_rules"),
    path("signalen/regels/nieuw/", rule_views.new_rule, name="new_signal_rule"),
    path("signalen/regels/bestand/", rule_views.rules_file, name="signal_rules_file"),
    path("signalen/regels/inlezen/", rule_views.bring_rules_in, name="bring_signal_rules_in"),
    path("signalen/regels/<uuid:key>/", rule_views.change_rule, name="signal_rule"),
    path("signalen/regels/<uuid:key>/verplaatsen/", rule_views.move_rule, name="move_signal_rule"),
    path("signalen/regels/<uuid:key>/eindigen/", rule_views.end_rule, name="end_signal_rule"),
    path("signalen/team/<uuid:key>/", work_views.team_work, name="team_work"),
    path("signalen/team/<uuid:key>/overdragen/", work_views.hand_over, name="hand_over_work"),
    path("signalen/team/<uuid:key>/afwezig/", work_views.own_absence, name="own_absence"),
]
