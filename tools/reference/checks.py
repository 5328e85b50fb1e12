"""The page of checks, from the checks themselves."""

from __future__ import annotations

import inspect
import re

from ongedeeld.city import CHECKS
from tools.reference.markdown import code, whole

INTRODUCTION = """# Checks

`ongedeeld check DIR` and `City.check()` run every check. All of them run and report together; each finding
names its rows.

An **error** makes results wrong, a **warning** may, a **note** tells what is not known. The command ends
with exit code 1 when there is an error, and with `--strict` also when there is a warning; notes never fail.
"""


def page() -> str:
    """All checks with their severity and meaning."""
    parts = [INTRODUCTION]
    for name, check in CHECKS.items():
        severities = dict.fromkeys(re.findall(r'"(error|warning|note)"', inspect.getsource(check)))
        parts += [f"## {name}", f"Severity: {', '.join(map(code, severities))}.", inspect.getdoc(check) or ""]
    return whole(*parts)
