"""The City: made of frames, opened from a folder, never changed in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, CityError
from tests.city.cast import AREAS, CITY, MANIFEST, NORTH, city, figures, stock


def test_a_city_holds_the_tables_that_it_was_given() -> None:
    made = city({"indicators": figures([(NORTH, "residents", 120.0)])})
    assert made.tables() == ("areas", "indicators")
    assert made.has("indicators")
    assert made.table("indicators")["value"].to_list() == [120.0]


def test_a_table_that_a_city_lacks_is_empty_and_has_its_columns() -> None:
    assert not city().has("dwellings")
    assert city().table("dwellings").is_empty()
    assert "rent_cents" in city().table("dwellings").columns


def test_a_city_needs_areas() -> None:
    with pytest.raises(CityError, match="needs the table areas"):
        City.of({}, MANIFEST)


def test_a_strange_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CityError, match=r"no table towns[\s\S]*areas, indicators"):
        City.of({"areas": AREAS, "towns": AREAS}, MANIFEST)
    with pytest.raises(CityError, match="no table towns"):
        city().table("towns")


def test_a_saved_city_comes_back_as_it_was(tmp_path: Path) -> None:
    made = city({"indicators": figures([(NORTH, "residents", 120.0), (CITY, "residents", None)]), **stock()})
    back = City.open(made.save(tmp_path / "new" / "city").path or "")
    assert back.tables() == made.tables()
    for table in made.tables():
        assert back.table(table).equals(made.table(table))
    assert replace(back.manifest, tables={}) == made.manifest


def test_a_city_is_read_from_disk_only_where_it_is_used(tmp_path: Path) -> None:
    saved = city({"indicators": figures([(NORTH, "residents", 120.0)])}).save(tmp_path / "city")
    figures_file = tmp_path / "city" / saved.manifest.tables["indicators"].file
    figures_file.write_bytes(b"")
    opened = City.open(tmp_path / "city")
    assert len(opened.table("areas")) == 4
    with pytest.raises(CityError, match=r"indicators-.*is damaged"):
        opened.table("indicators")


def test_a_table_of_a_later_version_is_left_out(tmp_path: Path) -> None:
    saved = city().save(tmp_path / "city")
    manifest = tmp_path / "city" / "manifest.json"
    file = saved.manifest.tables["areas"].file
    later = f'"tables": {{"orchards": {{"file": "{file}", "rows": 4, "sha256": ""}},'
    manifest.write_text(manifest.read_text().replace('"tables": {', later, 1))
    assert City.open(tmp_path / "city").tables() == ("areas",)


def test_homes_drawn_from_totals_answer_no_question_about_real_homes() -> None:
    drawn = City.of({"areas": AREAS, **stock()}, replace(MANIFEST, stock="drawn"))
    with pytest.raises(AbsentError, match=r"rents cannot be told[\s\S]*--dwellings"):
        drawn.own_stock("dwellings", "rents")
    assert len(city(stock()).own_stock("dwellings", "rents")) == 2


def test_a_city_can_be_saved_over_itself(tmp_path: Path) -> None:
    first = city({"indicators": figures([(NORTH, "residents", 120.0)])}).save(tmp_path / "city")
    again = first.save(tmp_path / "city")
    assert again.table("indicators")["value"].to_list() == [120.0]
    assert len(list((tmp_path / "city").iterdir())) == 3


def test_rows_stand_in_the_order_of_their_key() -> None:
    shuffled = City.of({"areas": AREAS.sample(fraction=1, shuffle=True, seed=3)}, MANIFEST)
    assert shuffled.table("areas").equals(city().table("areas"))
    assert isinstance(shuffled.table("areas").schema["geometry"], pl.Binary)


def test_a_city_from_before_a_column_was_added_opens_with_that_column_empty(tmp_path: Path) -> None:
    saved = city(stock()).save(tmp_path / "city")
    file = saved.path / saved.manifest.tables["dwellings"].file  # type: ignore[operator]
    pl.read_parquet(file).drop("label").write_parquet(file)
    opened = City.open(tmp_path / "city")
    assert opened.table("dwellings")["label"].null_count() == opened.table("dwellings").height > 0
