"""Tables of outcomes: held against the run that they tell of, counted again by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.allocation import read_allocation_policy
from ongedeeld.allocation.groupings import LABELS
from ongedeeld.measures.capacity import cards
from ongedeeld.measures.undividedness import dissimilarity
from ongedeeld.rules import load_law
from ongedeeld.simulation.assuming.household_types import AGES
from ongedeeld.simulation.kernel._state import FLAGS
from ongedeeld.simulation.outcomes.bearing import Known, known_of
from ongedeeld.simulation.outcomes.costs import costs, tenancy_ends
from ongedeeld.simulation.outcomes.legal_tallies import tallies
from ongedeeld.simulation.outcomes.reckoning import tables_of
from ongedeeld.simulation.outcomes.seeking_groups import OF_LETTINGS, of_lettings
from ongedeeld.simulation.outcomes.seen import seen
from ongedeeld.simulation.outcomes.tables import LEVELS, TABLES
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.recording import Run
from ongedeeld.simulation.running import run
from tests.simulation import small_runs

START, YEARS = date(2026, 7, 1), 3
POLICY = """
name = "support and rents"

[[instrument]]
name = "support_agreement"
from = 2026-07-01
agreement = "shelter"
group = "wmo_shelter"
homes = 6
partner = "Haven"
months = 10
hours_a_week = 3
payer = "municipality"
source = "policy"
agreed = ["municipality", "partner"]

[[instrument]]
name = "lowered_target_rent"
from = 2026-07-01
source = "policy"
agreed = ["tenants"]
"""


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """The smallest model city under a policy of support and lower rents."""
    file = tmp_path_factory.mktemp("outcomes") / "policy.toml"
    file.write_text(POLICY, encoding="utf-8")
    city = small_runs.whole_city()
    policy = read_allocation_policy(file, city)
    return prepare(city, policy, small_runs.law(), small_runs.assumptions(), start=START, years=YEARS)


@pytest.fixture(scope="module")
def done(setting: Setting) -> Run:
    return run(setting, 3, setting.months)


@pytest.fixture(scope="module")
def known(setting: Setting) -> Known | None:
    return known_of(small_runs.whole_city(), setting)


@pytest.fixture(scope="module")
def tables(done: Run, setting: Setting, known: Known | None) -> dict[str, pl.DataFrame]:
    return tables_of(done, setting, known)


def year_of(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.filter(pl.col("month") // 12 + 1 == year)


def test_every_table_has_its_columns_and_each_key_once(tables: dict[str, pl.DataFrame]) -> None:
    for name, table in TABLES.items():
        assert tables[name].columns == [*table.key, *table.measures], name
        assert not tables[name].select(table.key).is_duplicated().any(), name


def test_lettings_and_homes_add_up_over_the_places_of_every_level(tables: dict[str, pl.DataFrame]) -> None:
    summed = (
        "homes",
        "lettings",
        "let_regular",
        "let_mediated",
        "let_internal",
        "vacated",
        "support",
        "sold",
    )
    totals = tables["places"].group_by("year", "level").agg(pl.col(*summed).sum()).sort("year", "level")
    for (_,), rows in totals.group_by("year"):
        assert len(rows) == len(LEVELS)
        assert rows.select(summed).n_unique() == 1


def test_places_tell_the_lettings_of_the_run(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    whole = tables["places"].filter(level="all")
    for year in range(1, YEARS + 1):
        let, row = year_of(done.lettings, year), whole.filter(year=year).row(0, named=True)
        assert row["lettings"] == len(let)
        assert row["let_mediated"] == (let["route"] == "mediated").sum()
        gone = year_of(done.happened, year).filter(pl.col("what").is_in(["left", "evicted"]))
        assert row["vacated"] == len(gone) + (let["from_home"] >= 0).sum()


def test_turnover_is_of_the_mean_of_homes_at_both_ends(tables: dict[str, pl.DataFrame]) -> None:
    first, second = (tables["places"].filter(level="all", year=year).row(0, named=True) for year in (1, 2))
    assert second["turnover"] == pytest.approx(2 * second["vacated"] / (first["homes"] + second["homes"]))


def test_length_of_residence_is_that_of_who_lives_there(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    at = done.homes_at[2]
    stays = [24 - int(since) for since, lives in zip(at.since, at.type_ >= 0, strict=True) if lives]
    row = tables["places"].filter(level="all", year=2).row(0, named=True)
    assert row["residence_years"] == pytest.approx(sum(stays) / len(stays) / 12)


def test_declined_offers_are_known_of_neighbourhoods_and_not_of_complexes(
    done: Run, tables: dict[str, pl.DataFrame]
) -> None:
    places = tables["places"]
    assert places.filter(level="complex")["declined"].null_count() == len(places.filter(level="complex"))
    assert places.filter(level="all")["declined"].sum() == done.declined["offers"].sum()
    reasons = [f"declined_{one}" for one in ("surroundings", "home", "rent", "other")]
    whole = places.filter(level="neighbourhood").select("declined", *reasons)
    assert (whole["declined"] == whole.drop("declined").sum_horizontal()).all()


def test_households_of_every_grouping_are_all_households(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told = tables["households"].group_by("year", "level", "grouping").agg(pl.col("households").sum())
    for year in range(1, YEARS + 1):
        here = int((done.homes_at[year].type_ >= 0).sum())
        assert set(told.filter(year=year)["households"]) == {here}


def test_groups_of_every_grouping_are_all_seekers(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told = tables["groups"].group_by("year", "grouping").agg(pl.col("seekers", "arrived", "housed").sum())
    for year in range(1, YEARS + 1):
        rows = told.filter(year=year)
        assert set(rows["housed"]) == {len(year_of(done.lettings, year))}
        counted = rows.filter(~pl.col("grouping").is_in(OF_LETTINGS))
        assert counted["seekers"].n_unique() == counted["arrived"].n_unique() == 1
        arrived = done.seekers.filter(year=year - 1, what="arrived")["seekers"].sum()
        assert set(counted["arrived"]) == {arrived}


def test_groups_are_those_that_rules_can_look_at(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told, types = tables["groups"].filter(year=2), small_runs.assumptions().types
    let = year_of(done.lettings, 2)
    large = sum(types[one].household_size >= 6 for one in let["type"])
    young = sum(
        types[row["type"]].income_class == "below_passend"
        for row in let.filter(pl.col("age") == AGES.index("under_23")).to_dicts()
    )
    bound = int((let["flags"] & (1 << FLAGS.index("bound")) > 0).sum())
    for grouping, group, housed in (
        ("household_size", "6", large),
        ("age_and_income", "under_23+below_passend", young),
        ("bound", "yes", bound),
    ):
        assert told.filter(grouping=grouping, group=group)["housed"].to_list() == [housed], grouping


def test_who_needs_a_home_without_steps_is_drawn_as_in_the_run(
    done: Run, setting: Setting, tables: dict[str, pl.DataFrame]
) -> None:
    told = of_lettings(seen(done, setting))["step_free_needed"]
    stepped = pl.Series(setting.stock.step_free == 0).gather(done.lettings["home"])
    assert (told == "yes").any()
    assert not ((told == "yes") & stepped).any()
    summed = (
        tables["groups"].filter(grouping="step_free_needed").group_by("group").agg(pl.col("housed").sum())
    )
    assert dict(summed.iter_rows()) == dict(told.value_counts().iter_rows())


def test_who_seeks_is_not_known_by_what_the_list_is_not_counted_by(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["groups"].filter(pl.col("grouping").is_in(OF_LETTINGS))
    assert rows["seekers"].is_null().all()
    assert rows["share_housed"].is_null().all()


def test_every_group_stands_in_every_year(tables: dict[str, pl.DataFrame]) -> None:
    routes = tables["groups"].filter(grouping="route")
    assert routes["group"].to_list().count("re_housing") == YEARS
    assert set(routes["group"]) == set(LABELS["route"])


def test_where_groups_are_housed_adds_up_to_who_is_housed(tables: dict[str, pl.DataFrame]) -> None:
    key = ["year", "grouping", "group"]
    for level in ("district", "surroundings"):
        told = tables["where"].filter(level=level).group_by(key).agg(pl.col("housed").sum())
        both = tables["groups"].select(*key, "housed").join(told, on=key, suffix="_there")
        assert (both["housed"] == both["housed_there"]).all()


def test_search_counts_from_arriving_and_registration_from_registering(
    done: Run, tables: dict[str, pl.DataFrame]
) -> None:
    kinds = [one.kind for one in small_runs.assumptions().types]
    let = [row for row in year_of(done.lettings, 2).to_dicts() if kinds[row["type"]] == "regular"]
    row = tables["groups"].filter(year=2, grouping="kind", group="regular").row(0, named=True)
    searched = sorted(one["month"] - max(one["arrived"], 0) for one in let)
    registered = [one["month"] - one["registered"] // 32 for one in let]
    assert row["search_mean"] == pytest.approx(sum(searched) / len(searched))
    assert row["search_median"] == searched[len(searched) // 2] or len(searched) % 2 == 0
    assert row["registered_mean"] == pytest.approx(sum(registered) / len(registered))


def test_the_mix_is_the_index_of_the_households_counted(tables: dict[str, pl.DataFrame]) -> None:
    held = tables["households"].filter(year=3, level="neighbourhood", grouping="age_class")
    wide = held.pivot("group", index="unit", values="households").drop("unit")
    row = tables["mix"].filter(year=3, level="neighbourhood", grouping="age_class").row(0, named=True)
    assert row["dissimilarity"] == pytest.approx(dissimilarity(wide, draws=0).value)
    assert row["households"] == held["households"].sum()
    assert row["dissimilarity_by_chance"] > 0


def test_the_balance_at_the_start_is_that_of_the_cards(known: Known | None) -> None:
    assert known is not None
    made = cards(small_runs.whole_city(), day=START, level="neighbourhood").balance.select("unit", "balance")
    assert known.balance("neighbourhood").equals(made)


def test_more_support_lowers_the_balance_of_a_place(done: Run, setting: Setting, known: Known | None) -> None:
    last = done.homes_at[-1]
    everybody = replace(done, homes_at=(*done.homes_at[:-1], last._replace(support_until=last.since + 999)))
    told, more = (
        tables_of(one, setting, known)["bearing"].filter(level="neighbourhood", year=YEARS)
        for one in (done, everybody)
    )
    both = told.join(more, on="unit", suffix="_more").drop_nulls("balance_more")
    assert len(both)
    assert (both["load_more"] > both["load"]).all()
    assert (both["balance_more"] < both["balance"]).all()
    assert (both["capacity_more"] == both["capacity"]).all()


def test_without_cards_there_is_no_balance_and_no_zero(done: Run, setting: Setting) -> None:
    assert tables_of(done, setting)["bearing"].is_empty()


def by_hand(done: Run, happened: list[tuple[int, int, str]], lettings: list[dict[str, object]]) -> Run:
    """A run in which just this happened."""
    rows = [{**done.lettings.row(0, named=True), "from_home": -1, **one} for one in lettings]
    return replace(
        done,
        lettings=pl.DataFrame(rows, schema=done.lettings.schema),
        happened=pl.DataFrame(happened, schema=done.happened.schema, orient="row"),
    )


def test_a_tenancy_ends_when_its_tenant_leaves_or_moves_on(done: Run) -> None:
    told = by_hand(
        done,
        [(5, 1, "left"), (20, 1, "left"), (7, 2, "support_starts")],
        [
            {"month": 2, "home": 1},
            {"month": 9, "home": 1},
            {"month": 3, "home": 2},
            {"month": 30, "home": 4, "from_home": 2},
        ],
    )
    assert tenancy_ends(told, 36).to_list() == [5, 20, 30, 36]


def test_rent_is_forgone_for_as_long_as_the_tenancy_lasts(done: Run, setting: Setting) -> None:
    told = by_hand(
        done,
        [(15, 1, "left")],
        [
            {"month": 10, "home": 1, "rent_cents": 500_00, "full_rent_cents": 600_00, "reservation": -1},
            {"month": 30, "home": 2, "rent_cents": 550_00, "full_rent_cents": 550_00, "reservation": -1},
        ],
    )
    forgone = costs(seen(told, setting)).filter(use="rent")["rent_forgone"].to_list()
    assert forgone == [200_00, 300_00, 0]


def test_hours_of_support_are_those_of_the_policy_until_support_or_tenancy_ends(
    done: Run, setting: Setting
) -> None:
    let = {"plan": 0, "reservation": 0, "support_months": 10}
    told = by_hand(done, [(9, 1, "left")], [{"month": 6, "home": 1, **let}, {"month": 20, "home": 2, **let}])
    rows = costs(seen(told, setting)).filter(use="support_agreement-1")
    assert rows["payer"].unique().to_list() == ["municipality"]
    # Three hours a week are 13 a month: three months in the first year, four in the second, six in the third.
    assert rows["support_hours"].to_list() == [39.0, 52.0, 78.0]


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


def test_hours_that_a_mediating_use_does_not_state_are_not_known(done: Run, setting: Setting) -> None:
    (use, rents) = setting.policy.uses
    silent = replace(use, parameters={k: v for k, v in use.parameters.items() if k != "hours_a_week"})
    stated = replace(setting, policy=replace(setting.policy, uses=(silent, rents)))
    assert costs(seen(done, stated)).filter(use=use.name)["support_hours"].to_list() == [None] * YEARS


def test_how_long_who_waits_is_registered_is_that_of_the_list(done: Run, setting: Setting) -> None:
    told = tables_of(done, setting)["groups"].filter(grouping="household_type", year=YEARS)
    months = 12 * YEARS - done.waiting.registered // 32
    assert told["on_list"].sum() == len(months)
    whole = (told["waiting_registered_mean"] * told["on_list"]).sum()
    assert whole == pytest.approx(float(months.sum()))


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


def test_moves_hold_every_letting_of_a_small_city(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    moves = tables["moves"]
    assert len(moves) == len(done.lettings)
    assert moves["seeker"].equals(done.lettings["seeker"])
    assert moves["from_area"].is_null().equals((done.lettings["from_home"] < 0).rename("from_area"))
