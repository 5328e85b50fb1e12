from __future__ import annotations

import json
import shlex
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city.storage import sha256
from ongedeeld.errors import FetchError, InputError
from ongedeeld.sources import build
from ongedeeld.sources.fetching import Fetched, Hosts, IncompleteError, client, fetch
from tests.sources.open_data_host import OpenDataHost, livability_archive
from tests.sources.statline_tables import NAMES

TODAY = date(2026, 3, 1)
ZIP = "open-data-leefbaarometer-meting-2024.zip"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def host() -> Iterator[OpenDataHost]:
    with OpenDataHost() as host:
        yield host


@pytest.fixture
def pauses() -> list[float]:
    return []


Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch_it(host: OpenDataHost, tmp_path: Path, pauses: list[float]) -> Fetch:
    def fetch_it(region: str = "GM0344", folder: str = "open-data", **options: object) -> Fetched:
        hosts = Hosts(host.url, host.url, host.url, host.url)
        given = {"hosts": hosts, "store": tmp_path / "cache", "pause": pauses.append, "today": TODAY}
        return fetch(region, tmp_path / folder, **(given | options))  # type: ignore[arg-type]

    return fetch_it


def nobody() -> str:
    """The address of a port on this machine where nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_what_was_fetched_builds_a_city(fetch_it: Fetch) -> None:
    fetched = fetch_it()
    city = build("GM0344", fetched.inputs, today=TODAY)
    areas, indicators = city.table("areas"), city.table("indicators")
    assert dict(areas.select("code", "name").iter_rows()) == NAMES
    assert areas["geometry"].null_count() == 0
    welgelegen = indicators.filter(pl.col("area") == "BU03440111").sort("indicator", "period")
    told = {
        (indicator, period.year): value
        for indicator, period, value in welgelegen.select("indicator", "period", "value").iter_rows()
    }
    assert told["residents", 2024] == 890
    assert told["residents", 2023] == 891
    assert told["residents", 2022] == 892
    assert told["distance_primary_school", 2025] == 600
    assert told["crimes", 2023] == told["crimes", 2024] == 60
    assert told["livability3_score", 2024] == 7.5


def test_it_takes_the_newest_three_years_that_have_figures(fetch_it: Fetch) -> None:
    names = [Path(path).name for path in fetch_it().inputs.kwb]
    assert names == ["kwb-2024.json", "kwb-2023.json", "kwb-2022.json"]


def test_it_takes_the_years_that_are_asked_for(fetch_it: Fetch) -> None:
    assert [Path(path).name for path in fetch_it(years=[2021]).inputs.kwb] == ["kwb-2021.json"]


def test_a_year_that_has_no_figures_yet_is_an_error_when_it_is_asked_for(fetch_it: Fetch) -> None:
    with pytest.raises(IncompleteError, match="Kerncijfers wijken en buurten 2025 has no figures of GM0344"):
        fetch_it(years=[2025, 2024])


def test_it_writes_the_checksum_of_every_file(fetch_it: Fetch) -> None:
    fetched = fetch_it()
    listed = json.loads((fetched.folder / "fetched.json").read_text(encoding="utf-8"))
    assert listed["region"] == "GM0344"
    assert listed["fetched"] == "2026-03-01"
    there = {path.name: sha256(path) for path in fetched.folder.iterdir() if path.name != "fetched.json"}
    assert {file["name"]: file["sha256"] for file in listed["files"]} == there
    assert len(there) == 9


def test_it_gives_the_command_that_uses_the_files(fetch_it: Fetch) -> None:
    fetched = fetch_it(folder="open data")
    words = shlex.split(fetched.command("utrecht"))
    assert words[:3] == ["ongedeeld", "build", "GM0344"]
    assert words[-2:] == ["--out", "utrecht"]
    assert words.count("--kwb") == words.count("--boundaries") == 3
    assert words[words.index("--crime") + 1] == str(fetched.folder / "crime.json")


def test_only_rows_of_the_municipality_are_kept(fetch_it: Fetch) -> None:
    path = fetch_it().folder / "kwb-2024.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert [row["WijkenEnBuurten"].strip() for row in rows] == list(NAMES)


def test_a_host_that_ignores_filters_does_not_mix_in_other_places(
    host: OpenDataHost, fetch_it: Fetch
) -> None:
    host.knows_filters = False
    fetched = fetch_it()
    city = build("GM0344", fetched.inputs, today=TODAY)
    assert dict(city.table("areas").select("code", "name").iter_rows()) == NAMES
    crimes = city.table("indicators").filter(pl.col("indicator") == "crimes")
    assert crimes["value"].unique().to_list() == [60]
    shapes = json.loads((fetched.folder / "boundaries-2024-buurten.geojson").read_text(encoding="utf-8"))
    assert {each["properties"]["gemeentecode"] for each in shapes["features"]} == {"GM0344"}


def test_it_tries_again_when_a_host_has_trouble(
    host: OpenDataHost, fetch_it: Fetch, pauses: list[float]
) -> None:
    host.failing["85618NED/TypedDataSet"] = 2
    fetched = fetch_it()
    assert len(fetched.inputs.kwb) == 3
    assert pauses == [1, 2]


def test_it_gives_up_after_four_tries_and_fetches_the_rest(
    host: OpenDataHost, fetch_it: Fetch, pauses: list[float]
) -> None:
    host.failing["47018NED"] = 99
    with pytest.raises(IncompleteError, match=r"no good answer in 4 tries \(HTTP 500\)") as caught:
        fetch_it()
    assert pauses == [1, 2, 4]
    fetched = caught.value.fetched
    assert not fetched.inputs.crime
    assert len(fetched.files) == 8
    assert "--crime" not in str(caught.value)
    assert "ongedeeld build GM0344 --kwb" in str(caught.value)


def test_a_download_that_breaks_off_goes_on_where_it_was(host: OpenDataHost, fetch_it: Fetch) -> None:
    host.archive = livability_archive(padding=400_000)
    host.cut[ZIP] = 2
    fetched = fetch_it()
    assert (fetched.folder / ZIP).read_bytes() == host.archive
    half = len(host.archive) // 2
    assert host.sent(ZIP) == [
        (200, half),
        (206, (len(host.archive) - half) // 2),
        (206, len(host.archive) - half - (len(host.archive) - half) // 2),
    ]


def test_a_part_that_was_left_by_an_earlier_run_is_gone_on_from(host: OpenDataHost, fetch_it: Fetch) -> None:
    host.archive = livability_archive(padding=400_000)
    host.cut[ZIP] = 1
    host.failing[ZIP] = 0
    half = len(host.archive) // 2

    class StoppedError(Exception):
        pass

    def stop(_seconds: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        fetch_it(pause=stop)
    fetched = fetch_it()
    assert (fetched.folder / ZIP).read_bytes() == host.archive
    assert host.sent(ZIP) == [(200, half), (206, len(host.archive) - half)]


def test_a_part_of_a_file_that_has_changed_since_is_thrown_away(host: OpenDataHost, fetch_it: Fetch) -> None:
    host.archive = livability_archive(padding=400_000)
    host.cut[ZIP] = 1
    newer = livability_archive(score=8.5, padding=300_000)

    def meanwhile(_seconds: float) -> None:
        host.archive = newer

    fetched = fetch_it(pause=meanwhile)
    assert (fetched.folder / ZIP).read_bytes() == newer


@pytest.mark.parametrize("missing", ["knows_ranges", "tells_etags"])
def test_a_host_that_cannot_go_on_starts_again(host: OpenDataHost, fetch_it: Fetch, missing: str) -> None:
    setattr(host, missing, False)
    host.archive = livability_archive(padding=400_000)
    host.cut[ZIP] = 1
    fetched = fetch_it()
    assert (fetched.folder / ZIP).read_bytes() == host.archive
    assert [status for status, _ in host.sent(ZIP)] == [200, 200]


def test_what_did_not_change_is_not_downloaded_again(host: OpenDataHost, fetch_it: Fetch) -> None:
    first = fetch_it()
    host.asked.clear()
    host.answers.clear()
    second = fetch_it(folder="elsewhere")
    assert [file.sha256 for file in second.files] == [file.sha256 for file in first.files]
    assert not [path for path in host.asked if "TypedDataSet" in path and "86165NED" not in path]
    assert host.sent(ZIP) == [(304, 0)]


def test_a_table_that_was_changed_is_downloaded_again(host: OpenDataHost, fetch_it: Fetch) -> None:
    fetch_it()
    host.tables["85984NED"]["TableInfos"][0]["Modified"] = "2026-02-28T02:00:00"
    host.tables["85984NED"]["TypedDataSet"][2]["AantalInwoners_5"] = 905
    city = build("GM0344", fetch_it().inputs, today=TODAY)
    newest = city.table("indicators").filter(
        (pl.col("area") == "BU03440111") & (pl.col("indicator") == "residents")
    )
    assert newest.sort("period")["value"].to_list() == [892, 891, 905]


def test_a_damaged_file_in_the_cache_is_downloaded_again(
    host: OpenDataHost, fetch_it: Fetch, tmp_path: Path
) -> None:
    fetch_it()
    for path in (tmp_path / "cache").glob("*.data"):
        path.write_bytes(path.read_bytes()[:-1])
    host.answers.clear()
    fetched = fetch_it()
    assert (fetched.folder / ZIP).read_bytes() == host.archive
    assert [status for status, _ in host.sent(ZIP)] == [200]


def test_a_host_that_refuses_connections_is_named_and_the_rest_is_kept(
    host: OpenDataHost, fetch_it: Fetch
) -> None:
    gone = nobody()
    with pytest.raises(IncompleteError) as caught:
        fetch_it(hosts=Hosts(host.url, host.url, gone, host.url))
    message = str(caught.value)
    assert f"{gone.removeprefix('http://')} could not be reached in 4 tries" in message
    assert "kwb-2024.json" in message
    assert "Next: run it again later" in message
    assert (caught.value.fetched.folder / ZIP).is_file()


def test_a_host_that_is_down_is_asked_no_further(fetch_it: Fetch, pauses: list[float]) -> None:
    gone = nobody()
    with pytest.raises(IncompleteError, match="nothing was fetched") as caught:
        fetch_it(hosts=Hosts(gone, gone, gone, gone))
    assert len(pauses) == 3
    assert str(caught.value).count("could not be reached") == 1


def test_when_a_second_host_is_down_too_it_is_soon_given_up(fetch_it: Fetch, pauses: list[float]) -> None:
    with pytest.raises(IncompleteError, match="nothing was fetched") as caught:
        fetch_it(hosts=Hosts(nobody(), nobody(), nobody(), nobody()))
    message = str(caught.value)
    assert message.count("in 4 tries") == 1
    assert message.count("in 2 tries") == 3
    assert len(pauses) == 3 + 3 * 1


def test_files_of_an_earlier_run_stay_in_use_when_their_host_is_down(
    host: OpenDataHost, fetch_it: Fetch
) -> None:
    fetch_it()
    gone = nobody()
    with pytest.raises(IncompleteError) as caught:
        fetch_it(hosts=Hosts(gone, gone, host.url, host.url))
    assert len(caught.value.fetched.files) == 9
    assert len(caught.value.fetched.inputs.kwb) == 3


@pytest.mark.parametrize("part", ["TypedDataSet", "collections/wijken", "WijkenEnBuurten?"])
def test_a_web_page_in_the_place_of_json_is_refused(host: OpenDataHost, fetch_it: Fetch, part: str) -> None:
    host.pages = {part}
    with pytest.raises(IncompleteError, match="answered with a web page"):
        fetch_it()
    host.pages = set()
    assert len(fetch_it().files) == 9


def test_a_web_page_in_the_place_of_the_archive_is_refused(host: OpenDataHost, fetch_it: Fetch) -> None:
    host.pages = {ZIP}
    with pytest.raises(IncompleteError, match="is not the archive that it should be") as caught:
        fetch_it()
    assert not (caught.value.fetched.folder / ZIP).exists()
    host.pages = set()
    assert len(fetch_it().files) == 9


def test_a_municipality_that_does_not_exist_is_told_of(fetch_it: Fetch) -> None:
    with pytest.raises(IncompleteError, match="has no figures of GM9999"):
        fetch_it("GM9999")


@pytest.mark.parametrize("region", ["Utrecht", "NL", "GM344", "BU03440111"])
def test_it_refuses_what_is_not_a_municipality(fetch_it: Fetch, host: OpenDataHost, region: str) -> None:
    with pytest.raises(InputError, match="not the code of a municipality"):
        fetch_it(region)
    assert host.asked == []


def test_it_refuses_a_year_without_a_table(fetch_it: Fetch) -> None:
    with pytest.raises(InputError, match="no neighbourhood figures of 1999"):
        fetch_it(years=[1999])


def test_it_refuses_a_folder_with_the_files_of_another_place(fetch_it: Fetch) -> None:
    fetch_it()
    with pytest.raises(FetchError, match="holds the files of GM0344"):
        fetch_it("GM0363")


def test_it_says_so_when_the_files_cannot_be_written(fetch_it: Fetch, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    with pytest.raises(FetchError, match="cannot be written"):
        fetch_it(folder="in-the-way")


def test_it_tells_how_far_it_is(host: OpenDataHost, fetch_it: Fetch) -> None:
    told: list[tuple[str, int, int | None]] = []
    fetch_it(progress=lambda what, done, total: told.append((what, done, total)))
    size = len(host.archive)
    assert ("Leefbaarometer 3.0", size, size) in told
    assert "Kerncijfers wijken en buurten 2024" in {what for what, _, _ in told}


def test_a_table_without_an_end_is_given_up(
    host: OpenDataHost, fetch_it: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_PAGES", 5)
    host.ends = False
    with pytest.raises(IncompleteError) as refusal:
        fetch_it()
    assert "> 5 pages" in str(refusal.value)
    assert refusal.value.fetched.inputs.boundaries


def test_json_that_is_nested_too_deeply_is_said_to_be_no_table(host: OpenDataHost, fetch_it: Fetch) -> None:
    host.pages.add("85984NED")
    host.page = b"[" * 100_000
    with pytest.raises(IncompleteError, match="cut short"):
        fetch_it()
