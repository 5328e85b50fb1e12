"""Addresses of places. A number of a complex may hold a slash, so longer addresses stand first."""

from __future__ import annotations

from django.urls import path

from ongedeeld.web.areas import document_views, map_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("kaart/", map_views.map_, name="map"),
    path("kaart/kaart.<str:kind>", map_views.export, name="map_export"),
    path("kaart/achtergrond/<int:zoom>/<int:column>/<int:row>", map_views.tile, name="map_tile"),
    path("kaart/vormen/<uuid:version>/<str:level>.json", map_views.shapes, name="map_shapes"),
    path("buurten/<str:code>/", views.neighbourhood, name="neighbourhood"),
    path(
        "buurten/<str:code>/buurtprofiel.<str:kind>",
        document_views.neighbourhood,
        name="neighbourhood_document",
    ),
    path("complexen/<path:number>/oordeel/<uuid:key>/einde/", views.end_overrule, name="end_overrule"),
    path("complexen/<path:number>/oordeel/", views.overrule, name="overrule"),
    path("complexen/<path:number>/schouw/", views.inspect, name="inspect"),
    path("complexen/<path:number>/complexkaart.<str:kind>", document_views.complex_, name="complex_document"),
    path("complexen/<path:number>/", views.complex_, name="complex"),
    path("schouwen/", views.inspections, name="inspections"),
    path("bewoners/<path:unit>/", views.residents, name="residents"),
    path("volgen/<path:unit>/", views.follow, name="follow"),
    path("notities/<uuid:key>/intrekken/", views.take_back_note, name="take_back_note"),
    path("bewonerswoorden/<uuid:key>/intrekken/", views.take_back_words, name="take_back_words"),
]
