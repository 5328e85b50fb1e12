"""What each use of a policy rests on: articles, parties and what stands in the way, kept with the results."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from ongedeeld.city import City
from ongedeeld.simulation.futures.asked import Asked
from ongedeeld.simulation.futures.lawfulness import Footing, footings
from ongedeeld.simulation.futures.scenario import read_scenario
from ongedeeld.sources.model_city import model_city

POLICY = """
name = "Shelter and a permit"

[[instrument]]
name = "contingent"
from = 2026-09-01
until = 2027-08-31
areas = ["WK999901"]
group = "wmo_shelter"
homes = 20
partner = "De Haven"
agreement = "Homes for the shelter"
agreed = ["municipality", "partner"]
source = "invented"

[[instrument]]
name = "wbmgp_nuisance"
areas = ["BU99990103"]
from = 2026-10-15
"""


def _footings(tmp_path: Path) -> tuple[tuple[Footing, ...], Asked]:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY, encoding="utf-8")
    city: City = model_city(scale=0.05)
    scenario = read_scenario(city, file, start=date(2026, 9, 1), years=1, what_if=True)
    found = footings(scenario.prepare())
    return found, Asked.of(scenario, 1, 1, uses=found)


def test_a_lawful_use_tells_its_articles_and_who_agreed(tmp_path: Path) -> None:
    (contingent, _), _ = _footings(tmp_path)
    assert contingent.lawful
    assert contingent.agreed == ("municipality", "partner")
    assert (contingent.homes, contingent.end) == (20, date(2027, 8, 31))
    assert any("Woningwet 46a" in article for article in contingent.articles)


def test_what_stands_in_the_way_is_told_from_the_day_on_which_it_begins(tmp_path: Path) -> None:
    (_, permit), _ = _footings(tmp_path)
    assert not permit.lawful
    first = permit.against[0]
    assert first.day == date(2026, 10, 15)
    assert "is not designated for article 10" in first.says.en
    assert "niet aangewezen voor artikel 10" in first.says.nl


def test_a_manifest_holds_it_and_gives_it_back(tmp_path: Path) -> None:
    found, asked = _footings(tmp_path)
    assert Asked.from_dict(json.loads(asked.to_json())).uses == found
