"""What places bear: the balance at the start, and what support adds."""

from __future__ import annotations

from dataclasses import replace

from ongedeeld.measures.capacity import cards
from ongedeeld.simulation.outcomes.bearing import Known
from ongedeeld.simulation.outcomes.reckoning import tables_of
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run
from tests.simulation import small_runs
from tests.simulation.outcomes.cast import START, YEARS


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
