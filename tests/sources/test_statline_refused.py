"""What is no table of StatLine, or is damaged, is refused by name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.sources.figures import read_figures
from ongedeeld.sources.tabular import read_sheets
from tests.sources.statline_files import fetched, origin_of_2023, read, saved, values


def test_a_table_of_another_kind_is_not_taken_for_neighbourhood_figures(tmp_path: Path) -> None:
    titles = ("park of plantsoen", "sportterrein", "bos", "bioscoop", "bibliotheek", "apotheek", "restaurant")
    keys = ("ParkOfPlantsoen", "Sportterrein", "Bos", "Bioscoop", "Bibliotheek", "Apotheek", "Restaurant")
    columns: dict[str, tuple[str, str, list[float | None]]] = {
        f"AfstandTot{key}_{number}": (f"Nabijheid/Afstand tot {title}", "km", [1.5] * 4)
        for number, (key, title) in enumerate(zip(keys, titles, strict=True), 5)
    }
    columns["AfstandTotGroteSupermarkt_24"] = ("Nabijheid/Afstand tot grote supermarkt", "km", [0.5] * 4)
    path = fetched(tmp_path, 2023, columns)
    assert values(read(path, "proximity"), "distance_cinema") == [1500]
    with pytest.raises(InputError, match="no table in this file is of a known form"):
        read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"value": [{"WijkenEnBuurten": "BU034', "cut short or damaged"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ('{"value": []}', "has no rows"),
        ('{"type": "FeatureCollection", "features": []}', "not a table of StatLine"),
        ('[{"WijkenEnBuurten": "BU03440111"}, 3]', "not a table of StatLine"),
        ("12", "not a table of StatLine"),
    ],
)
def test_it_refuses_what_is_not_a_table_of_statline(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "kwb-2023.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read_sheets(path)
    assert "kwb-2023.json" in str(caught.value)
    assert "Next: " in str(caught.value)


def test_an_error_names_the_row_and_the_titles_of_the_column(tmp_path: Path) -> None:
    path = fetched(tmp_path, 2023, {"Koopwoningen_40": ("Wonen/Koopwoningen", "%", [50, 50, 120, 50])})
    with pytest.raises(InputError, match=r"row 3, column Wonen/Koopwoningen \(%\), value '120'"):
        read(path)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["value", "rows", "properties", "areas", "year", "Key", "ID", "ParentID", "Title"]
            )
            | st.sampled_from(
                ["WijkenEnBuurten", "Wijken en buurten", "Type", "Koopwoningen_1", "Koopwoningen_2"]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(content=TREES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_it_is_given_it_reads_it_or_says_what_is_wrong(tmp_path: Path, content: Any) -> None:
    path = saved(tmp_path / "kwb-2023.json", content)
    with suppress(InputError):
        read_figures(path, "kwb", "GM0344")


@given(share=st.floats(0, 1, exclude_max=True), noise=st.binary(max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_cut_anywhere_is_refused(tmp_path: Path, share: float, noise: bytes) -> None:
    whole = fetched(tmp_path, 2023, origin_of_2023()).read_bytes()
    path = tmp_path / "cut-2023.json"
    path.write_bytes(whole[: int(share * len(whole))] + noise.replace(b"}", b""))
    with pytest.raises(InputError, match="cut-2023"):
        read_figures(path, "kwb", "GM0344")
