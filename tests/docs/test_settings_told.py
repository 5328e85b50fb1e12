from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = re.compile(r'environ(?:\.get\(|\[)"([A-Z_]+)"')
OF_THE_PROGRAM_ITSELF = {"DJANGO_SETTINGS_MODULE", "ONGEDEELD_DEMO", "ONGEDEELD_INSECURE"}


def test_every_setting_that_is_read_from_the_environment_is_told_in_the_how_to() -> None:
    files = (ROOT / "src" / "ongedeeld" / "web" / "site").glob("*.py")
    read = {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}
    told = (ROOT / "docs" / "how-to" / "production.md").read_text(encoding="utf-8")
    assert read - OF_THE_PROGRAM_ITSELF
    assert not {name for name in read - OF_THE_PROGRAM_ITSELF if f"`{name}`" not in told}
