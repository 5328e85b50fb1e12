"""Addresses of signals."""

from __future__ import annotations

from ongedeeld.web.signals import (
    answering_urls,
    arranging_urls,
    counting_urls,
    forwarding_urls,
    reporting_urls,
)

urlpatterns = [
    *reporting_urls.urlpatterns,
    *arranging_urls.urlpatterns,
    *counting_urls.urlpatterns,
    *forwarding_urls.urlpatterns,
    *answering_urls.urlpatterns,
]
