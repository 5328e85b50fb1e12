"""What the workbench is delivered with may be used together with the EUPL-1.2: each package of both locks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
_FREE = "asks for its notice only, so the whole may be given on under the EUPL"
_APART = "holds for its own files only, which stay as they are; named in the appendix of the EUPL"
ALLOWED = {
    "0BSD": "asks for nothing",
    "Apache-2.0": _FREE,
    "Apache-2.0 WITH LLVM-exception": _FREE,
    "BSD-0-Clause": "asks for nothing; how htmx writes 0BSD",
    "BSD-2-Clause": _FREE,
    "BSD-3-Clause": _FREE,
    "CC0-1.0": "asks for nothing",
    "ISC": _FREE,
    "LGPL-3.0-only": "is imported and can be replaced by another version; named in the appendix of the EUPL",
    "MIT": _FREE,
    "MIT-CMU": _FREE,
    "MIT-0": "asks for nothing",
    "MPL-2.0": _APART,
    "PSF-2.0": _FREE,
    "Zlib": _FREE,
}
"""Every licence that may come in, by its SPDX name, and why."""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""How older packages tell theirs."""
READ = {
    "altair": "BSD-3-Clause",
    "patsy": "BSD-2-Clause AND PSF-2.0",
    # It also bears the classifier of a trademark: "QR Code" is one of Denso Wave, who let everybody use it.
    "qrcode": "BSD-3-Clause",
}
"""What stands in the licence file of a package that tells it in no form that a machine reads."""


def _locked() -> list[str]:
    """The packages of the lock that this machine has."""
    lines = re.findall(r"^(\S+==[^\\]*?) \\$", (ROOT / "locks" / "web.txt").read_text(), re.MULTILINE)
    wanted = [Requirement(line) for line in lines]
    return sorted(one.name for one in wanted if one.marker is None or one.marker.evaluate())


def _licence(package: str) -> str:
    """The licence of an installed package, as an expression of SPDX."""
    told = metadata(package)
    expression = READ.get(package) or told.json.get("license_expression")
    if expression:
        return str(expression)
    named = [
        CLASSIFIERS.get(line.rpartition(" :: ")[2], line)
        for line in told.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    return " AND ".join(named) or str(told.json.get("license"))


def _refused(expression: str) -> Iterator[str]:
    """The licences that stand in the way; of a choice, one that is allowed is enough."""
    for part in expression.strip("()").split(" AND "):
        choice = part.strip("()").split(" OR ")
        if not ALLOWED.keys() & set(choice):
            yield " OR ".join(choice)


@pytest.mark.parametrize("package", _locked())
def test_a_package_has_a_licence_that_fits_the_eupl(package: str) -> None:
    assert list(_refused(_licence(package))) == []


def test_so_has_everything_that_is_delivered_to_browsers() -> None:
    lock = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    delivered = {name: told for name, told in lock.items() if name and not told.get("dev")}
    assert delivered
    refused = {name: list(_refused(told.get("license", "none"))) for name, told in delivered.items()}
    assert {name: why for name, why in refused.items() if why} == {}


def test_a_licence_that_spreads_is_refused() -> None:
    assert list(_refused("MIT AND (GPL-3.0-only OR LicenseRef-Proprietary)")) == [
        "GPL-3.0-only OR LicenseRef-Proprietary"
    ]
    assert list(_refused("Apache-2.0 OR GPL-2.0-only")) == []
