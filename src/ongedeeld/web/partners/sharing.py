"""Which items an agreement can name as data that may be shared: what it does not name stays where it is."""

from __future__ import annotations

from collections.abc import Mapping

from ongedeeld.errors import N_

DATA: Mapping[str, str] = {
    "name": N_("name"),
    "address": N_("address"),
    "contact": N_("telephone or e-mail"),
    "question": N_("what is asked"),
    "tried": N_("what was tried already"),
    "wish": N_("what the resident wants first"),
}
"""Each item with what it is called: the same items that a referral can tell, and no others."""
