"""Vogelstad with eight homes, tenants and a policy with every instrument, for tests of settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.allocation.policies import Policy
from ongedeeld.city import City, conform
from ongedeeld.rules import Law, load_law
from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.preparing.setting import Setting, prepare
from tests.allocation.steered_city import policy_of, steered_city

START = date(2026, 9, 1)

EVERYTHING = """
name = "everything"

[[instrument]]
name = "two_rents"
from = 2026-01-01
complexes = ["Merelhof"]
agreed = ["tenants"]
source = "policy"

[[instrument]]
name = "label_seniors"
from = 2026-01-01
complexes = ["Tulphof"]
criterion = "nature"
agreed = ["council"]
source = "policy"

[[instrument]]
name = "motivation_letting"
from = 2027-03-10
until = 2029-06-30
areas = ["BU99990101"]
share = 0.3
agreed = ["tenants"]
source = "policy"

[[instrument]]
name = "neighbourly_work"
from = 2026-01-01
homes = 3
complexes = ["Merelhof"]
agreed = ["tenants"]
agreement = "Work"
source = "policy"

[[instrument]]
name = "support_agreement"
from = 2026-01-01
until = 2030-12-31
group = "wmo_shelter"
homes = 12
partner = "De Haven"
months = 12
hours_a_week = 3
payer = "municipality"
agreement = "Haven"
agreed = ["municipality", "partner"]
source = "agreement"

[[instrument]]
name = "internal_movers"
from = 2026-01-01
share = 0.2
agreed = ["tenants"]
source = "policy"

[[instrument]]
name = "moving_chain"
from = 2026-01-01
rooms_more = 1
homes = 5
agreed = ["tenants"]
source = "policy"

[[instrument]]
name = "lottery"
from = 2026-01-01
complexes = ["Tulphof"]
agreed = ["municipality"]
source = "policy"
"""


def tenants(city: City, *, empty: tuple[str, ...] = ("T4",)) -> City:
    """The City with a tenant in every home but some: one person of 35 to 54, since 2020."""
    rows = [
        {"tenancy": f"H{home}", "dwelling": home, "start": date(2020, 5, 4), "household_size": 1}
        | {"age_class": "35_54", "route": "regular", "status": "observed"}
        for home in city.table("dwellings")["dwelling"]
        if home not in empty
    ]
    tables = {name: city.table(name) for name in city.tables()}
    return City.of({**tables, "tenancies": conform("tenancies", pl.DataFrame(rows))}, city.manifest)


def setting_of(folder: Path, text: str = "", **rest: Any) -> Setting:
    """Vogelstad set up for two years under a policy of this text."""
    city = rest.pop("city", None) or tenants(steered_city())
    policy: Policy | None = policy_of(folder, text, city) if text else None
    law: Law = rest.pop("law", None) or load_law()
    given = {"start": START, "years": 2, **rest}
    return prepare(city, policy, law, rest.pop("assumptions", None) or load_assumptions(), **given)
