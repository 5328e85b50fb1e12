"""Two cities to measure: one worked by hand, and the model city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld import City
from ongedeeld.sources.model_city import model_city
from tests.small_city import small_city


@pytest.fixture(scope="session")
def vogelstad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured") / "vogelstad"
    earlier = small_city(share_association=(0.5, 0.5, 0.4, 0.5), share_private_rent=(0.3, 0.1, 0.0, 0.1))
    before = earlier.table("indicators").with_columns(period=pl.lit(date(2019, 1, 1)))
    now = small_city()
    tables = {"areas": now.table("areas"), "indicators": pl.concat([now.table("indicators"), before])}
    City.of(tables, now.manifest).save(folder)
    return folder


@pytest.fixture(scope="session")
def voorbeeldstad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured") / "voorbeeldstad"
    model_city(seed=1, scale=0.1).save(folder)
    return folder
