"""Cards with inspections and views that are not in the City: laid over it, never written to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.measures.capacity import Cards, Views, cards, raw_figures
from ongedeeld.measures.capacity.views import Overrule, ResidentsGrade
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.carrying import Counted, cards_now, counted_in, with_inspections
from ongedeeld.web.areas.models import Inspection
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.areas.portraits import State, drawn
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from tests.web.areas.conftest import HERE

DAY = date(2026, 1, 1)
LATER = date(2026, 11, 22)
CLEAN = "inspection_clean"


@pytest.fixture(scope="module")
def plain(model: City) -> Cards:
    return cards(model, day=DAY)


def inspected(number: str, day: date, *marks: float) -> pl.DataFrame:
    row = ("complex", number, day, "staff", *marks)
    names = ("level", "unit", "period", "by", "clean", "whole", "safe")
    return pl.DataFrame([row], schema=list(names), orient="row").with_columns(
        pl.col("clean", "whole", "safe").cast(pl.Float64)
    )


def figure(city: City, number: str, until: date | None) -> dict[str, object]:
    table = raw_figures(city, day=DAY, inspected_until=until).table
    return table.filter((pl.col("unit") == number) & (pl.col("indicator") == CLEAN)).row(0, named=True)


def test_a_later_inspection_counts_with_those_of_the_year_before(model: City) -> None:
    number = model.table("complexes")["complex"][0]
    before = figure(model, number, None)
    more = with_inspections(model, inspected(number, LATER, 1, 1, 1))
    after = figure(more, number, LATER)
    answers = int(str(before["answers"]).partition(".")[0])
    mean = (float(str(before["mean"])) * answers + 1) / (answers + 1)
    assert after["answers"] == answers + 1
    assert after["mean"] == pytest.approx(mean)
    assert (after["period_start"], after["period_end"]) == (before["period_start"], LATER)


def test_it_does_not_count_until_it_is_asked_for(model: City) -> None:
    number = model.table("complexes")["complex"][0]
    more = with_inspections(model, inspected(number, LATER, 1, 1, 1))
    assert figure(more, number, None) == figure(model, number, None)


def test_the_city_itself_stays_as_it_is(model: City) -> None:
    held = model.table("inspections").height
    with_inspections(model, inspected("C001", LATER, 1, 1, 1))
    assert model.table("inspections").height == held


def test_two_inspections_of_a_day_count_as_their_mean(model: City) -> None:
    both = pl.concat([inspected("C001", LATER, 1, 2, 3), inspected("C001", LATER, 3, 2, 1)])
    rows = with_inspections(model, both).table("inspections").filter(pl.col("period") == LATER)
    assert rows.select("clean", "whole", "safe").rows() == [(2.0, 2.0, 2.0)]


def test_views_stand_beside_the_figures_and_change_none(plain: Cards) -> None:
    unit = plain.units["unit"][0]
    view = Overrule(unit, "nuisance", 4.0, "Onrust.", LATER)
    seen = plain.with_views(Views((view,), (ResidentsGrade(unit, 7.2, 64, DAY),)), LATER)
    row = seen.themes.filter((pl.col("unit") == unit) & (pl.col("theme") == "nuisance")).row(0, named=True)
    assert (row["overruled"], row["reason"], row["until"]) == (4.0, "Onrust.", LATER)
    assert seen.themes.drop("overruled", "reason", "until").equals(
        plain.themes.drop("overruled", "reason", "until")
    )
    assert seen.ranks.equals(plain.ranks)
    assert seen.grades["grade"].to_list() == [7.2]
    assert "professional_view" in seen.evidence


def test_a_view_that_ended_no_longer_stands_there(plain: Cards) -> None:
    view = Overrule(plain.units["unit"][0], "nuisance", 4.0, "Onrust.", LATER - timedelta(days=1))
    assert plain.with_views(Views((view,)), LATER).themes["overruled"].null_count() == plain.themes.height


def test_a_view_on_a_place_that_is_not_there_is_refused(plain: Cards) -> None:
    with pytest.raises(InputError, match="no card"):
        plain.with_views(Views((Overrule("C999999", "nuisance", 4.0, "Onrust.", LATER),)))


# In portraits


def recorded(number: str, mark: int = 1, **own: int) -> Inspection:
    return Inspection.objects.create(
        complex=number, day=timezone.localdate(), how_clean=mark, how_whole=mark, how_safe=mark, **own
    )


def charts_of(person: Person, opened: Opened, code: str) -> str:
    """What a portrait draws of what a place asks and bears."""
    sections = drawn(opened, code, "nl", "internal").sections
    return sections.partition('id="bearing"')[2].partition("<section")[0]


def test_an_inspection_counts_in_the_charts_of_its_neighbourhood_at_once(
    city: City, sanne: Person, number: str
) -> None:
    opened = current(sanne)
    assert opened
    before = charts_of(sanne, opened, HERE)
    assert charts_of(sanne, opened, HERE) == before
    for _ in range(6):
        recorded(number)
    after = charts_of(sanne, opened, HERE)
    assert before
    assert after != before


def test_elsewhere_it_counts_from_the_next_day(city: City, sanne: Person, far: str) -> None:
    opened = current(sanne)
    assert opened
    here = places_of(opened).of(HERE)
    made = recorded(far)
    assert counted_in(here, timezone.localdate()) == Counted()
    assert counted_in(here, timezone.localdate() + timedelta(days=1)) == Counted(made.pk, 1)


def test_an_inspection_that_is_there_after_one_with_a_higher_number_counts_as_well(
    city: City, sanne: Person, number: str
) -> None:
    opened = current(sanne)
    assert opened
    recorded(number, 1, id=1001)
    before = cards_now(opened)
    recorded(number, 5, id=1000)
    after = cards_now(opened)
    assert before is not None
    assert after is not None
    marks = [
        one.figures.filter((pl.col("unit") == number) & (pl.col("indicator") == CLEAN))["mean"].item()
        for one in (before, after)
    ]
    assert marks[1] > marks[0]


def test_the_public_sees_neither_inspections_nor_evidence_of_the_association(
    city: City, sanne: Person, number: str
) -> None:
    opened = current(sanne)
    assert opened
    recorded(number)
    assert State.of(opened, HERE, "public") == State()
    assert State.of(opened, HERE, "internal") != State()


def test_a_view_stands_beside_its_complex_in_the_list(
    city: City, sannes: Client, number: str, view: Callable[..., dict[str, str]]
) -> None:
    assert "één oordeel ernaast" not in sannes.get(f"/buurten/{HERE}/").content.decode()
    sannes.post(f"/complexen/{number}/oordeel/", view())
    assert "één oordeel ernaast" in sannes.get(f"/buurten/{HERE}/").content.decode()
