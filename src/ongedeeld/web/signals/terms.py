"""Terms that the law sets to who writes about somebody."""

from __future__ import annotations

from datetime import timedelta

TOLD_WITHIN = timedelta(days=28)
"""Who is written about without knowing hears of it within a month (GDPR 14(3)a)."""
