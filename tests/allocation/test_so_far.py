"""What earlier lettings leave of a ceiling, a number and a share: two half rounds keep them as one whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
from ongedeeld.allocation import Round, allocate, effects_of
from ongedeeld.allocation.reading import read_so_far
from ongedeeld.city import City
from ongedeeld.rules import LETTING_COLUMNS, Lettings, load_law, read_lettings
from tests.allocation.steered_city import DAY, MEREL, policy_of, steered_city

MOST_SEEKERS = 12


def _with_homes_of_seekers(stock: City) -> City:
    """The City with a home for each seeker who would leave one, X00 and on; it is no vacancy of a round."""
    homes = stock.table("dwellings")
    lived_in = [
        homes.head(1).with_columns(dwelling=pl.lit(f"X{number:02d}")) for number in range(MOST_SEEKERS)
    ]
    tables = {name: stock.table(name) for name in stock.tables()}
    return City.of({**tables, "dwellings": pl.concat([homes, *lived_in])}, stock.manifest)


CITY = _with_homes_of_seekers(steered_city())
HOMES = ("M1", "M2", "M3", "M4", "T1", "T2", "T3", "T4")
AGREED = 'agreement = "Baken"\nsource = "minutes"\nagreed = ["municipality", "tenants", "partner", "region"]'
PUBLISHED = 'source = "policy"\nagreed = ["municipality", "tenants"]'
MEDIATED = f'{AGREED}\ngroup = "medical"\npartner = "Haven"'
CONTINGENT = f'name = "contingent"\n{MEDIATED}\nhomes = 3'
CEILING = f'name = "ceiling"\nuntil = 2026-12-31\n{AGREED}\nmost = {{ Merelhof = 1 }}\nregional_total = 0'
MOTIVATION = f'name = "motivation_letting"\ncomplexes = ["Tulphof"]\n{PUBLISHED}\nshare = 0.34'
USES = (
    CONTINGENT,
    CEILING,
    MOTIVATION,
    f'name = "internal_movers"\n{PUBLISHED}\nshare = 0.5',
    f'name = "neighbourly_work"\nareas = ["{MEREL}"]\n{PUBLISHED}\nhomes = 2',
    f'name = "mixed_complex"\ncomplexes = ["Merelhof"]\n{AGREED}\ngroup = "youth"\nshare = 0.25',
    f'name = "local_binding"\n{PUBLISHED}\nshare = 0.4',
)
EARLY = {
    "letting": "L0",
    "date": DAY,
    "municipality": "GM9999",
    "social": True,
    "rent_cents": 600_00,
    "household_size": 1,
    "income_class": "below_passend",
}


def played(homes: Sequence[str], people: pl.DataFrame, *uses: str, so_far: Lettings | None = None) -> Round:
    """A round of these homes; so small a one leaves groups no chance, which plays no part here."""
    city, law = CITY, load_law()
    written = 'name = "p"\n' + "".join(f"[[instrument]]\nfrom = 2026-07-01\n{use}\n" for use in uses)
    with TemporaryDirectory() as folder:
        policy = policy_of(Path(folder), written, city)
    frame = pl.DataFrame(
        [{"vacancy": f"V{home}", "dwelling": home, "available": DAY, "rent_cents": 650_00} for home in homes]
    )
    effects = effects_of(policy, law, city, DAY, so_far=so_far, what_if=True)
    return allocate(city, frame, people, law=law.on(DAY), policy=effects, so_far=so_far, what_if=True)


def persons(*facts: dict[str, Any]) -> pl.DataFrame:
    """Seekers S00, S01, ... in order of registration, of small incomes unless a test says else."""
    usual = {"household_size": 1, "minors": 0, "income_class": "below_passend", "pension_age": False}
    rows = [
        {
            "seeker": f"S{number:02d}",
            "registered": date(2010, 1, 1) + timedelta(days=number),
            **usual,
            **one,
            "current_dwelling": f"X{number:02d}" if one.get("leaves_a_home") else None,
        }
        for number, one in enumerate(facts)
    ]
    return pl.DataFrame(rows, infer_schema_length=None).select(pl.exclude("leaves_a_home"))


def after(first: Round, people: pl.DataFrame) -> tuple[pl.DataFrame, Lettings]:
    """Who still seeks after a round, and the lettings so far, read from the file that it gives."""
    file = BytesIO()
    first.lettings_so_far().write_csv(file)
    let = read_so_far(pl.read_csv(file.getvalue(), infer_schema=False))
    return people.filter(~pl.col("seeker").is_in(first.lettings["seeker"].implode())), let


def table(*rows: dict[str, Any]) -> Lettings:
    """Lettings so far, each with a number of its own."""
    frame = pl.DataFrame([row | {"letting": f"L{number}"} for number, row in enumerate(rows)])
    empty = [pl.col(name).cast(pl.String) for name, type_ in frame.schema.items() if type_ == pl.Null]
    return read_lettings(frame.with_columns(empty))


TRAITS = st.fixed_dictionaries(
    {
        "age_class": st.sampled_from(["under_23", "35_54"]),
        "contingent": st.sampled_from([None, "Baken"]),
        "leaves_a_home": st.booleans(),
        "motivation": st.booleans(),
        "neighbourly_work": st.booleans(),
        "municipality_years": st.sampled_from([0, 9]),
    }
)


@given(
    st.lists(TRAITS, min_size=4, max_size=12),
    st.lists(st.sampled_from(USES), min_size=1, max_size=4, unique=True),
    st.integers(1, 7),
)
@settings(max_examples=settings().max_examples // 8)
def test_two_half_rounds_give_what_one_whole_round_gives(
    facts: list[dict[str, Any]], uses: list[str], at: int
) -> None:
    people, nothing = persons(*facts), read_so_far(pl.DataFrame(schema=list(LETTING_COLUMNS)))
    whole = played(HOMES, people, *uses, so_far=nothing)
    first = played(HOMES[:at], people, *uses, so_far=nothing)
    left, let = after(first, people)
    halves = [first, *([played(HOMES[at:], left, *uses, so_far=let)] if len(left) else [])]
    told = ("vacancy", "seeker", "route")
    assert pl.concat([one.lettings.select(told) for one in halves]).equals(whole.lettings.select(told))


def test_a_ceiling_counts_the_mediation_of_its_period() -> None:
    people = persons(*({"contingent": "Baken"} for _ in range(4)))
    first = played(["M1"], people, CONTINGENT, CEILING)
    left, let = after(first, people)
    assert first.lettings["route"].to_list() == ["mediated"]
    assert played(["M2"], left, CONTINGENT, CEILING, so_far=let).lettings["route"].to_list() == ["regular"]
    before = read_lettings(let.frame.with_columns(date=pl.lit(date(2026, 6, 30))))
    assert played(["M2"], left, CONTINGENT, CEILING, so_far=before).lettings["route"].item() == "mediated"


def test_the_free_space_of_the_year_is_used_up_over_rounds() -> None:
    """Of 40 lettings 7.5 % is three: after 37, two in the first round leave one for the second."""
    people = persons(*({"income_class": "above", "free_space_ground": "house_swap"} for _ in range(4)))
    first = played(["M1", "M2"], people, so_far=table(*[EARLY | {"income_class": "below_daeb"}] * 37))
    left, let = after(first, people)
    second = played(["M3", "M4"], left, so_far=let)
    assert (len(first.lettings), len(second.lettings)) == (2, 1)


@pytest.mark.parametrize(
    ("changed", "winner"),
    [
        ({}, "S01"),
        ({"complex": "Merelhof"}, "S00"),
        ({"date": date(2026, 6, 30)}, "S00"),
        ({"instruments": "motivation_letting"}, "S00"),
        ({"complex": None, "area": "BU99990201"}, "S00"),
    ],
)
def test_a_share_is_of_the_lettings_on_its_own_homes_in_its_own_period(
    changed: dict[str, Any], winner: str
) -> None:
    """With two before it, one of three lettings in Tulphof is within 34 %, and one of two is not."""
    people = persons({}, {"motivation": True})
    there = EARLY | {"complex": "Tulphof", "area": "BU99990201", "instruments": None}
    done = played(["T1"], people, MOTIVATION, so_far=table(there, there | changed))
    assert done.lettings["seeker"].item() == winner


@pytest.mark.parametrize(
    ("use", "column"),
    [
        (MOTIVATION, "complex"),
        (MOTIVATION, "area"),
        (MOTIVATION, "instruments"),
        (CEILING, "complex"),
        (CEILING, "contingent"),
    ],
)
def test_what_lettings_do_not_tell_is_not_counted_as_none(use: str, column: str) -> None:
    row = EARLY | {"complex": "Tulphof", "area": MEREL, "instruments": "points", "contingent": "Baken"}
    without = table({name: value for name, value in row.items() if name != column})
    with pytest.raises(AbsentError, match=f"no column {column}"):
        played(["T1"], persons({}), use, so_far=without)


def test_lettings_name_instruments_of_the_catalogue() -> None:
    row = EARLY | {"instruments": "internal_movers motivaton_letting"}
    with pytest.raises(InputError, match=r"(?s)no instrument motivaton_letting.*mean motivation_letting"):
        read_so_far(pl.DataFrame([row]))


def test_the_lettings_of_a_round_are_those_that_the_next_one_reads() -> None:
    people = persons({"contingent": "Baken"}, {"leaves_a_home": True, "motivation": True})
    first = played(["M1", "T1"], people, CONTINGENT, MOTIVATION.replace("0.34", "1"))
    _, let = after(first, people)
    made = first.as_lettings()
    assert let.frame.select(made.columns).equals(made.sort("date", "letting"))
    assert made.select("complex", "contingent", "instruments").rows() == [
        ("Merelhof", "Baken", "contingent"),
        ("Tulphof", None, "motivation_letting"),
    ]


def test_what_earlier_lettings_do_not_tell_is_not_made_up() -> None:
    done = played(["M1"], persons({}), so_far=table(EARLY))
    assert "instruments" not in done.lettings_so_far().columns
    assert done.lettings_so_far()["letting"].to_list() == ["L0", f"round {DAY} VM1"]
