"""What arrives is held against its name and looked into before anything is done with it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities import arriving
from ongedeeld.web.cities.arriving import clean_name, incoming, keep, refuse_dangerous_archive, unpack
from ongedeeld.web.cities.recognising import kinds_of, sort
from tests.shared import shared
from tests.web.cities.conftest import packed, sent
from tests.web.conftest import Visit


def archive(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.zip"
    path.write_bytes(packed(files))
    return path


@given(st.text(max_size=300))
def test_a_cleaned_name_stays_in_its_folder(name: str) -> None:
    cleaned = clean_name(name)
    assert Path(cleaned).name == cleaned
    assert cleaned not in ("", ".", "..")
    assert not cleaned.startswith(".")
    assert len(cleaned) < 120
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.exe", b"MZ", "this kind of file is not taken"),
        ("a.csv", b"PK\x03\x04abc", "not what its name says"),
        ("a.csv", b"a;b\x00", "not what its name says"),
        ("a.xlsx", b"complex;naam\n", "not what its name says"),
        ("a.gpkg", b"complex;naam\n", "not what its name says"),
        ("a.csv", b"", "empty"),
        ("a.zip", b"PK\x03\x04abc", "cut short or damaged"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_not_kept(
    name: str, content: bytes, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        keep([sent("goed.csv", "a;b\n"), sent(name, content)])
    assert list(incoming().glob("*")) == []


def test_files_with_one_name_are_kept_apart() -> None:
    folder, names = keep([sent("a.csv", "1"), sent("A.csv", "2"), sent("../a.csv", "3")])
    assert names == ["a.csv", "A (2).csv", "a (3).csv"]
    assert sorted(path.name for path in incoming(folder).iterdir()) == sorted(names)


def test_too_many_and_too_large_are_refused(settings: Settings) -> None:
    with pytest.raises(InputError, match="31 files"):
        keep([sent(f"{number}.csv", "1") for number in range(31)])
    with pytest.raises(InputError, match="0 files"):
        keep([])
    settings.UPLOAD_BYTES = 10
    with pytest.raises(InputError, match="too large"):
        keep([sent("a.csv", "x" * 11)])


def test_an_archive_that_would_become_very_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "SMALL", 1000)
    with pytest.raises(InputError, match="far too large"):
        refuse_dangerous_archive(archive(tmp_path, {"a.csv": b"0" * 1_000_000}))
    monkeypatch.setattr(arriving, "MOST_ENTRIES", 2)
    with pytest.raises(InputError, match="too many entries"):
        refuse_dangerous_archive(archive(tmp_path, {str(number): b"" for number in range(3)}))


@pytest.mark.parametrize("name", ["../manifest.json", "/manifest.json", "a/../../b", "C:/b", "..\\b"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="lead out"):
        refuse_dangerous_archive(archive(tmp_path, {name: b"{}"}))


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("manifest.json")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="lead out"):
        refuse_dangerous_archive(tmp_path / "a.zip")


def test_of_an_archive_only_the_files_beside_its_manifest_are_unpacked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = archive(
        tmp_path, {"stad/manifest.json": b"{}", "stad/a.parquet": b"1", "b": b"2", "stad/c/d": b"3"}
    )
    unpack(path, out)
    assert sorted(file.name for file in out.iterdir()) == ["a.parquet", "manifest.json"]


def test_unpacking_stops_where_an_archive_becomes_larger_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = archive(tmp_path, {"manifest.json": b"{}" * 100})
    monkeypatch.setattr(arriving, "refuse_dangerous_archive", lambda _: None)
    monkeypatch.setattr(arriving, "MOST_UNPACKED", 100)
    with pytest.raises(InputError, match="too large"):
        unpack(path, out)


@pytest.mark.parametrize(
    ("name", "content", "kinds"),
    [
        ("Complexen.csv", "complex;naam\nC;N\n", ["complexes"]),
        ("export van 3 mei.csv", "complex;naam;bouwjaar\nC;N;1960\n", ["complexes"]),
        ("bag.csv", "straat;huisnummer\nA;1\n", ["addresses"]),
        ("kwb-2025.xlsx", "", ["kwb"]),
        ("Leefbaarometer-scores.zip", "", ["livability"]),
        ("buurten.gpkg", "", ["boundaries"]),
    ],
)
def test_a_file_is_known_by_its_name_or_its_headers(
    tmp_path: Path, name: str, content: str, kinds: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() or packed({"a.csv": b"1"}))
    assert kinds_of(path) == kinds


def test_a_file_that_is_not_known_is_refused_with_the_names_that_are(tmp_path: Path) -> None:
    (tmp_path / "iets.csv").write_text("a;b\n1;2\n")
    with pytest.raises(InputError) as caught:
        sort([tmp_path / "iets.csv"])
    assert "dwellings" in str(caught.value)


def test_real_open_files_are_known_by_their_names() -> None:
    assert kinds_of(shared("utrecht/kwb-2023.xlsx")) == ["kwb"]
    assert kinds_of(shared("utrecht/proximity-2023.csv")) == ["proximity"]
    assert kinds_of(shared("utrecht/province-leefbaarometer-2020.csv")) == ["livability"]
    assert kinds_of(shared("utrecht/neighbourhoods-2020-partial.geojson")) == ["boundaries"]


def test_an_upload_that_is_too_large_is_told_on_the_page(
    city: City, manager: Person, visit: Visit, settings: Settings
) -> None:
    settings.UPLOAD_BYTES = 1000
    page = visit(manager).post("/gegevens/binnenhalen/", {"uploads": sent("a.csv", "x" * 2000)})
    assert page.status_code == 422
    assert "a.csv" in page.content.decode()
    assert not incoming().exists()


def test_who_brings_no_data_in_may_send_little(
    city: City, hire: object, visit: Visit, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ongedeeld.web.cities.uploading.OTHERS_BYTES", 1000)
    page = visit(None).post("/gegevens/binnenhalen/", {"uploads": sent("a.csv", "x" * 2000)})
    assert page.status_code == 302
    assert not incoming().exists()
