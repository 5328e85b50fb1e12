"""Addresses of signals."""

from __future__ import annotations

from ongedeeld.web.signals.answering import urls as answering_urls
from ongedeeld.web.signals.arranging import urls as arranging_urls
from ongedeeld.web.signals.counting import urls as counting_urls
from ongedeeld.web.signals.forwarding import urls as forwarding_urls
from ongedeeld.web.signals.reporting import urls as reporting_urls

urlpatterns = [
    *reporting_urls.urlpatterns,
    *arranging_urls.urlpatterns,
    *counting_urls.urlpatterns,
    *forwarding_urls.urlpatterns,
    *answering_urls.urlpatterns,
]
