"""All addresses of the workbench."""

from __future__ import annotations

from django.urls import include, path

from ongedeeld.web.site.language import choose_language

urlpatterns = [
    path("taal/", choose_language, name="choose_language"),
    path("", include("ongedeeld.web.areas.urls")),
    path("", include("ongedeeld.web.accounts.urls")),
    path("", include("ongedeeld.web.cities.urls")),
    path("", include("ongedeeld.web.safeguards.urls")),
    path("", include("ongedeeld.web.partners.urls")),
    path("", include("ongedeeld.web.signals.urls")),
    path("", include("ongedeeld.web.preventing.urls")),
    path("", include("ongedeeld.web.residents.urls")),
    path("", include("ongedeeld.web.referrals.urls")),
    path("", include("ongedeeld.web.plans.urls")),
    path("", include("ongedeeld.web.knowledge.urls")),
    path("", include("ongedeeld.web.oversight.urls")),
    path("", include("ongedeeld.web.api.urls")),
    path("", include("ongedeeld.web.site.demo.urls")),
]

handler403 = "ongedeeld.web.site.failing.refused"
handler404 = "ongedeeld.web.site.failing.missing"
handler500 = "ongedeeld.web.site.failing.broken"
