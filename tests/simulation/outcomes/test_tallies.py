"""What was agreed and what the law asks, held against what the run did."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ongedeeld.allocation import read_allocation_policy
from ongedeeld.rules import load_law
from ongedeeld.simulation.outcomes.legal_tallies import tallies
from ongedeeld.simulation.outcomes.seen import seen
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.recording import Run
from ongedeeld.simulation.running import run
from tests.simulation import small_runs
from tests.simulation.outcomes.cast import POLICY, START, YEARS


def test_agreements_tell_what_was_delivered_of_what_was_agreed(
    done: Run, tables: dict[str, pl.DataFrame]
) -> None:
    rows = tables["tallies"].filter(tally="agreement:support_agreement-1")
    mediated = done.lettings.filter(route="mediated")["month"]
    assert rows["done"].to_list() == [(mediated < 12 * year).sum() for year in (1, 2, 3)]
    assert rows["agreed"].unique().to_list() == [6.0]


def test_an_agreement_is_judged_once_at_the_end_of_its_term(
    done: Run, setting: Setting, tmp_path: Path
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        POLICY.replace("from = 2026-07-01\nagreement", "from = 2026-07-01\nuntil = 2028-03-31\nagreement")
    )
    city, law, assumed = small_runs.whole_city(), small_runs.law(), small_runs.assumptions()
    policy = read_allocation_policy(file, city)
    ending = prepare(city, policy, law, assumed, start=START, years=YEARS)
    rows = tallies(seen(run(ending, 3, ending.months), ending)).filter(tally="agreement:support_agreement-1")
    assert rows["year"].to_list() == [1, 2]
    done_, agreed = rows["done"][1], rows["agreed"][1]
    assert rows["met"].to_list() == [None, float(done_ >= agreed)]


def test_an_agreement_that_outlasts_the_run_is_not_judged(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["tallies"].filter(tally="agreement:support_agreement-1")
    assert rows["met"].to_list() == [None] * YEARS


def test_a_contingent_of_local_policy_is_judged_in_the_year_in_which_it_ends(
    done: Run, setting: Setting, tmp_path: Path
) -> None:
    file = tmp_path / "local.toml"
    file.write_text(
        'holder = "GM9999"\n[[contingents]]\nname = "refuge"\ntarget_group = "protected_living_exit"\n'
        "homes = 50\n"
        'parties = ["Haven"]\nfrom = 2026-01-01\nuntil = 2028-01-31\nsource = "agreement"\n',
        encoding="utf-8",
    )
    city, assumed = small_runs.whole_city(), small_runs.assumptions()
    held = prepare(city, setting.policy, load_law(file), assumed, start=START, years=YEARS)
    rows = tallies(seen(done, held)).filter(tally="contingent:refuge")
    assert rows.select("year", "met").rows() == [(1, None), (2, 0.0)]


def test_the_law_counts_the_social_lettings_of_a_calendar_year(
    done: Run, setting: Setting, tables: dict[str, pl.DataFrame]
) -> None:
    # The run begins in July: the calendar year 2027 is its months 6 up to 18.
    row = tables["tallies"].filter(tally="daeb", year=2).row(0, named=True)
    homes = done.lettings.filter(pl.col("month").is_between(6, 17))["home"]
    assert row["of"] == (setting.homes["sector"].gather(homes) == "social").sum()
    assert row["asked"] == 0.925
    assert row["share"] == row["done"] / row["of"]


def test_permit_holders_are_counted_for_every_half_year_that_ends(
    done: Run, setting: Setting, tmp_path: Path
) -> None:
    file = tmp_path / "local.toml"
    file.write_text(
        'holder = "GM9999"\n[[permit_holders]]\nmunicipality = "GM9999"\npeople = 2\nfrom = 2026-01-01\n'
        'until = 2030-12-31\nsource = "target"\n',
        encoding="utf-8",
    )
    city = small_runs.whole_city()
    targeted = prepare(
        city, setting.policy, load_law(file), small_runs.assumptions(), start=START, years=YEARS
    )
    rows = tallies(seen(done, targeted)).filter(tally="permit_holders:GM9999")
    types = small_runs.assumptions().types
    people = sum(
        types[one].household_size
        for one in done.lettings["type"]
        if types[one].target_group == "permit_holder"
    )
    assert rows["done"].sum() == people
    assert rows["agreed"].to_list() == [4.0, 4.0, 4.0]
