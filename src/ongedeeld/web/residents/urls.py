"""Addresses of residents. The words of a card, an invitation or an address stand in none of them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ongedeeld.web.residents import door_views
from ongedeeld.web.residents.giving import urls as giving_urls
from ongedeeld.web.residents.own import views as own_views
from ongedeeld.web.residents.sharing import urls as sharing_urls
from ongedeeld.web.residents.vault import invite_views
from ongedeeld.web.residents.vault import views as vault_views

_VAULT: list[URLPattern | URLResolver] = [
    path("stand/", vault_views.stand, name="vault_stand"),
    path("begin", vault_views.begin, name="vault_begin"),
    path("open", vault_views.open_vault, name="vault_open"),
    path("items", vault_views.items, name="vault_items"),
    path("items/<uuid:key>/versions", vault_views.versions, name="vault_versions"),
    path("locks", vault_views.locks, name="vault_locks"),
    path("close", vault_views.close, name="vault_close"),
    path("block", vault_views.block, name="vault_block"),
    path("delete", vault_views.delete, name="vault_delete"),
    path("pending", vault_views.pending, name="vault_pending"),
    path("undo", vault_views.undo, name="vault_undo"),
]
_MINE: list[URLPattern | URLResolver] = [
    path("", door_views.shell, name="door"),
    path("begin/", door_views.shell, name="begin_vault"),
    path("kaart/", door_views.shell, name="own_map"),
    path("zonder-verbinding/", door_views.shell, name="own_map_shell"),
    path("voorbeeld/", door_views.example, name="example_map"),
    path("dienst.js", door_views.worker, name="own_map_worker"),
    path("taal/", door_views.choose_language, name="resident_language"),
    path("sluiten/", own_views.close, name="close_map"),
    path("signalen/", own_views.own_signals, name="own_signals"),
    path("gegevens/", own_views.own_data, name="own_data"),
    path("gegevens/levenskaart.json", own_views.download, name="own_download"),
    path("gegevens/sluiten/", own_views.close_elsewhere, name="close_elsewhere"),
    path("gegevens/loskoppelen/", own_views.unlink_home, name="unlink_home"),
    path("gegevens/vragen/", own_views.ask_about_data, name="ask_about_data"),
    path("kluis/", include(_VAULT)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("mijn/", include(_MINE)),
    path("levenskaart/uitnodigen/", invite_views.invite_resident, name="invite_resident"),
    path("levenskaart/beginnen/", invite_views.begin_here, name="begin_here"),
    *sharing_urls.urlpatterns,
    *giving_urls.urlpatterns,
]
