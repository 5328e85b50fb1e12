"""The cases: each is prepared outside the clock and gives back the work to time.

The plain way reads the same files with pandas, openpyxl and GeoPandas as one would in a notebook: no checks,
no vocabulary, nothing written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

SHARED = Path(os.environ.get("ONGEDEELD_SHARED", Path(__file__).parents[2] / "shared" / "data"))
UTRECHT = SHARED / "utrecht"
COUNTRY = SHARED / "neighbourhoods_2024" / "nl_gebieden_2024.csv"
DISTRICTS = SHARED / "districts_2022" / "nl_wijken_2022.gpkg"
TODAY = date(2026, 1, 1)

Work = Callable[[], object]


def _load_readers() -> None:
    """Load what reads files, outside the clock, as the other way loads pandas."""
    for name in ("fastexcel", "pyogrio", "pyproj", "shapely"):
        import_module(name)


def build_utrecht() -> Work:
    """Build and save the City of Utrecht: five files, 111 neighbourhoods."""
    _load_readers()
    from ongedeeld.sources import Inputs, build

    inputs = Inputs(
        kwb=[UTRECHT / "kwb-2023.xlsx", UTRECHT / "kwb-2024-partial.xlsx"],
        livability=[UTRECHT / "province-leefbaarometer-2020.csv"],
        proximity=[UTRECHT / "proximity-2023.csv"],
        boundaries=[UTRECHT / "neighbourhoods-2020-partial.geojson"],
    )
    folder = Path(tempfile.mkdtemp()) / "city"
    return lambda: build("GM0344", inputs, today=TODAY).save(folder)


def read_utrecht_plainly() -> Work:
    """Read the same five files."""
    import geopandas
    import pandas

    def work() -> object:
        return (
            pandas.read_excel(UTRECHT / "kwb-2023.xlsx"),
            pandas.read_excel(UTRECHT / "kwb-2024-partial.xlsx"),
            pandas.read_csv(UTRECHT / "province-leefbaarometer-2020.csv"),
            pandas.read_csv(UTRECHT / "proximity-2023.csv", sep=";"),
            geopandas.read_file(UTRECHT / "neighbourhoods-2020-partial.geojson"),
        )

    return work


def build_country() -> Work:
    """Build and save a City of 14,574 neighbourhoods, with the boundaries of the districts."""
    _load_readers()
    from ongedeeld.sources import Inputs, build

    folder = Path(tempfile.mkdtemp()) / "city"
    inputs = Inputs(kwb=[COUNTRY], boundaries=[DISTRICTS])
    return lambda: build("NL", inputs, today=TODAY).save(folder)


def read_country_plainly() -> Work:
    """Read the same two files."""
    import geopandas
    import pandas

    return lambda: (pandas.read_csv(COUNTRY), geopandas.read_file(DISTRICTS))


def open_country() -> Work:
    """Open a saved City of 14,574 neighbourhoods."""
    from ongedeeld import City

    city = build_country()()
    path = city.path  # type: ignore[attr-defined]
    return lambda: City.open(path)


def portraits_of_utrecht() -> Work:
    """Write the atlas of Utrecht: a start page and 111 portraits."""
    from ongedeeld.reporting import write_atlas

    city = build_utrecht()()
    folder = Path(tempfile.mkdtemp())
    return lambda: write_atlas(city, folder / "atlas", language="nl", audience="internal")  # type: ignore[arg-type]


def model_city() -> Work:
    """Make the model city at scale 1: 60,000 homes, ten years."""
    from ongedeeld.sources.model_city import model_city as make

    return lambda: make(seed=1, scale=1.0)


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "Build Utrecht (111 neighbourhoods)": (build_utrecht, read_utrecht_plainly),
    "Build the Netherlands (14,574 neighbourhoods)": (build_country, read_country_plainly),
    "Open the Netherlands": (open_country, None),
    "Atlas of Utrecht (111 portraits)": (portraits_of_utrecht, None),
    "Model city (60,000 homes)": (model_city, None),
}
