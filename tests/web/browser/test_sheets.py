"""What holds of every page because it holds of the sheets."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

BUILT = Path(settings.HERE) / "static" / "built"


def test_no_page_is_turned_by_how_a_phone_is_held() -> None:
    sheets = list(BUILT.glob("*.css"))
    assert sheets
    assert all("orientation:" not in sheet.read_text(encoding="utf-8") for sheet in sheets)
