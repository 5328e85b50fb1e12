"""Ask an advisory service whether a flaw is known in a locked package: ``python -m tools.audit AUDITOR``.

It stands apart from the tests, because what is known tomorrow of a package of today would make them fail,
and because the service is not always in reach: it then says that nothing was looked into, and ends with 2.
"""

from __future__ import annotations

import json
import subprocess
import sys

LOCKS = ("locks/web.txt",)
FOUND, NOT_ASKED = 1, 2


def audit(auditor: str, lock: str) -> int:
    """Print what is known against the packages of a lock; 0 when nothing is."""
    words = ("--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json")
    asked = subprocess.run(
        [auditor, *words, "--progress-spinner", "off"], check=False, capture_output=True, text=True
    )
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except ValueError:
        why = (asked.stderr.strip().splitlines() or ["it told nothing"])[-1]
        print(_not_asked(lock, f"the advisory service was not reached: {why}"))  # noqa: T201
        return NOT_ASKED
    known = [(one["name"], one["version"], flaw) for one in packages for flaw in one.get("vulns", ())]
    for name, version, flaw in known:
        print(f"{lock}: {name} {version}: {flaw['id']}, mended in {flaw['fix_versions'] or 'no version'}")  # noqa: T201
    left = [f"{one['name']} ({one['skip_reason']})" for one in packages if "skip_reason" in one]
    if len(left) == len(packages):
        # A mirror of packages has no advisories: it knows none of them, each for the same reason.
        why = left[0] if left else "no packages"
        print(_not_asked(lock, f"what was reached holds no advisories: {why}"))  # noqa: T201
        return NOT_ASKED
    print(f"{lock}: {len(packages) - len(left)} packages looked into, {len(known)} flaws known")  # noqa: T201
    for one in left:
        print(f"{lock}: not looked into: {one}")  # noqa: T201
    return FOUND if known else NOT_ASKED if left else 0


def _not_asked(lock: str, why: str) -> str:
    """One sentence: what could not be asked, why, and what stays looked into all the same."""
    return (
        f"{lock}: NOT LOOKED INTO: whether a flaw is known in these packages could not be asked ({why}); "
        "ask again where the service can be reached. Their licences were read in `make test`."
    )


if __name__ == "__main__":
    sys.exit(max(audit(sys.argv[1], lock) for lock in LOCKS))
