"""The site of the documentation builds without a single warning."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

ASKING = re.compile(r'<(?:(?:script|img|iframe)[^>]*src|link[^>]*href)="(?:https?:)?//[^"]+"')
# A table whose rows are not on lines of their own becomes a paragraph with bars.
RUN_TOGETHER = re.compile(r"<(?:p|li)>[^<]*\|[^<]*")


def test_the_site_builds_without_warnings_and_asks_nothing_of_other_hosts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    pages = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")]
    assert not [ask for page in pages for ask in ASKING.findall(page)]
    assert not [text for page in pages for text in RUN_TOGETHER.findall(page)]
