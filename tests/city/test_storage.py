"""A City on disk: whole or not at all, and clear words for what is not a City."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import SCHEMA_VERSION, City, storage
from ongedeeld.errors import CityError
from tests.city.cast import AREAS, MANIFEST, NORTH, city, figures

# Writes a City of a few megabytes over the one in the folder that it is given.
WRITER = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    import polars as pl
    from tests.city.cast import AREAS, MANIFEST, figures
    from ongedeeld.city import City
    from ongedeeld.errors import CityError

    if len(sys.argv) > 2:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    many = pl.DataFrame({"code": [f"BU0001{number:04}" for number in range(9_000)]}).with_columns(
        level=pl.lit("neighbourhood"), name=pl.col("code").hash().cast(pl.String)
    )
    areas = pl.concat([AREAS, many.filter(~pl.col("code").is_in(AREAS["code"].to_list()))], how="diagonal")
    city = City.of({"areas": areas}, MANIFEST)
    print("ready", flush=True)
    try:
        city.save(sys.argv[1])
    except CityError as error:
        print(error)
        sys.exit(2)
    """
)


def writer(*arguments: object) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    # Without coverage, which could not write its own file either where the disk is full.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env=environment,
    )


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest of a City as a careless hand would."""
    file = folder / "manifest.json"
    data = json.loads(file.read_text())
    change(data)
    file.write_text(json.dumps(data))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A saved City."""
    city({"indicators": figures([(NORTH, "residents", 120.0)])}).save(tmp_path / "city")
    return tmp_path / "city"


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_saved_city_is_a_manifest_and_a_file_for_each_table(folder: Path) -> None:
    names = sorted(file.name.partition("-")[0] for file in folder.iterdir())
    assert names == ["areas", "indicators", "manifest.json"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["schema_version"] == SCHEMA_VERSION == 1
    for stored in manifest["tables"].values():
        assert stored["sha256"] == storage.sha256(folder / stored["file"])
    assert list(folder.parent.iterdir()) == [folder]


def test_the_same_city_is_written_as_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    City.open(folder).save(tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(folder)


def test_a_new_version_replaces_the_old_one_whole(folder: Path) -> None:
    before = contents(folder)
    city({"indicators": figures([(NORTH, "residents", 125.0)])}).save(folder)
    assert City.open(folder).table("indicators")["value"].to_list() == [125.0]
    assert len(contents(folder)) == 3
    assert set(contents(folder)) & set(before) == {
        "manifest.json",
        City.open(folder).manifest.tables["areas"].file,
    }


def test_a_city_is_saved_in_the_folder_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert city().save(".").path == tmp_path / "here"
    assert len(City.open(tmp_path / "here").table("areas")) == 4


@pytest.mark.parametrize("path", ["nowhere", "file.txt", "file.txt/below"])
def test_a_path_without_a_city_is_said_to_have_none(tmp_path: Path, path: str) -> None:
    (tmp_path / "file.txt").write_text("not a City")
    with pytest.raises(CityError, match=r"there is no City here\nExpected: [\s\S]*\nNext: ") as caught:
        City.open(tmp_path / path)
    assert path in str(caught.value)


def test_a_city_of_a_newer_version_is_refused(folder: Path) -> None:
    edit(folder, lambda data: data.update(schema_version=2))
    with pytest.raises(
        CityError, match=r"schema version 2; this program knows versions up to 1[\s\S]*update ongedeeld"
    ):
        City.open(folder)


@pytest.mark.parametrize("version", [0, -1, "one", None])
def test_a_version_that_never_was_is_damage(folder: Path, version: object) -> None:
    edit(folder, lambda data: data.update(schema_version=version))
    with pytest.raises(CityError, match=r"manifest.json: this file of the City is damaged"):
        City.open(folder)


def test_a_file_of_a_city_that_is_gone_is_named(folder: Path) -> None:
    file = next(folder.glob("indicators-*"))
    file.unlink()
    with pytest.raises(CityError, match=rf"the file {file.name} of this City is gone[\s\S]*Next: restore"):
        City.open(folder)


def test_a_manifest_cannot_point_outside_its_folder(folder: Path) -> None:
    def point_outside(data: dict[str, Any]) -> None:
        data["tables"]["areas"]["file"] = "../" + data["tables"]["areas"]["file"]

    edit(folder, point_outside)
    with pytest.raises(CityError, match="is damaged"):
        City.open(folder)


def test_a_city_without_areas_is_damaged(folder: Path) -> None:
    edit(folder, lambda data: data["tables"].pop("areas"))
    with pytest.raises(CityError, match=r"damaged \(areas\)"):
        City.open(folder)


def test_a_table_cut_short_is_damaged(folder: Path) -> None:
    file = next(folder.glob("areas-*"))
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(CityError, match=rf"{file.name}: this file of the City is damaged"):
        City.open(folder).table("areas")


def test_a_table_with_other_columns_is_damaged(folder: Path) -> None:
    pl.DataFrame({"code": ["GM0001"]}).write_parquet(next(folder.glob("areas-*")))
    with pytest.raises(CityError, match=r"areas-.*is damaged \(level, name\)"):
        City.open(folder).table("areas")


@given(data=st.data())
def test_whatever_happens_to_a_manifest_it_opens_or_is_said_to_be_damaged(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage") / "city"
    city().save(folder)
    text = (folder / "manifest.json").read_bytes()
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.sampled_from([b"", b"null", b"[]", b"\xff", b'"x"', b"7", b"{", b"NaN"]))
    (folder / "manifest.json").write_bytes(text[:start] + put + text[start + length :])
    try:
        City.open(folder).table("areas")
    except CityError as error:
        if error.place is None:
            raise AssertionError(f"an error without a place: {error}") from error


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CityError, match=r"holds something else than a City\nExpected: [\s\S]*--out"):
        city().save(tmp_path)
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_file_is_no_place_for_a_city(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(CityError, match=r"this is a file, not a folder\nExpected: [\s\S]*--out"):
        city().save(tmp_path / "file")


# Root may write anywhere but below a file and in what is no disk; both hold for everybody.
@pytest.mark.parametrize("path", ["file/city", "/proc/city", "/proc/1/task/city"])
def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(
        CityError,
        match=r"city: the City could not be written \(.+\)\nExpected: a folder that may[\s\S]*--out",
    ):
        city().save(tmp_path / path)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_folder_of_somebody_else_is_said_to_be_so(folder: Path) -> None:
    folder.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            # Root may write in every folder: for a moment this is nobody.
            os.seteuid(65534)
        for use in (City.open, city().save):
            with pytest.raises(CityError, match="Permission denied"):
                use(folder)
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.mark.parametrize("room", [0, 4_000, 100_000])
def test_a_full_disk_leaves_no_half_written_city(tmp_path: Path, room: int) -> None:
    process = writer(tmp_path / "city", room)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "the City could not be written (" in said
    assert "what was there before is unchanged" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [0, 4_000, 100_000])
def test_a_full_disk_leaves_the_old_city_as_it_was(folder: Path, room: int) -> None:
    before = contents(folder)
    process = writer(folder, room)
    process.communicate(timeout=60)
    assert process.returncode == 2
    assert contents(folder) == before


def test_an_error_while_writing_leaves_the_old_city_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)

    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(storage, "sha256", stop)
    for place in (folder, folder.parent / "new"):
        with pytest.raises(KeyboardInterrupt):
            city().save(place)
    assert contents(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.soak
def test_a_city_is_whole_whenever_its_writer_is_killed(folder: Path, repeats: int) -> None:
    """The writer is killed at ever later moments, told by what it has put into the folder, not by a clock."""
    seen = set()
    for turn in range(repeats):
        areas = City.open(folder).table("areas")
        process = writer(folder)
        assert process.stdout is not None
        process.stdout.readline()
        before = set(folder.iterdir())
        for _ in range(turn * 7):
            if process.poll() is not None or set(folder.iterdir()) != before:
                break
        process.send_signal(signal.SIGKILL)
        process.communicate()
        whole = City.open(folder)
        assert not [found for found in whole.check() if found.check == "changed_file"]
        assert len(whole.table("areas")) in {len(areas), 9_002}
        seen.add(len(whole.table("areas")))
    city().save(folder)
    assert len([file for file in folder.iterdir() if file.suffix == ".parquet"]) == 1
    assert seen


STEPS = ("write_parquet", "fsync", "replace", "unlink")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("time", [1, 2])
def test_a_city_is_whole_when_its_writer_dies_at_a_step(folder: Path, step: str, time: int) -> None:
    """The writer kills itself as it begins its first, second or third step of a kind."""
    die = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        import polars as pl

        count = 0
        owner = {{"write_parquet": pl.DataFrame, "fsync": os, "replace": Path, "unlink": Path}}[{step!r}]
        real = getattr(owner, {step!r})

        def dying(*arguments, **options):
            global count
            count += 1
            if count == {time}:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        setattr(owner, {step!r}, dying)
        """
    )
    process = subprocess.run(
        [sys.executable, "-c", die + WRITER, str(folder)],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
    )
    assert process.returncode in {0, -signal.SIGKILL}
    whole = City.open(folder)
    assert not [found for found in whole.check() if found.check == "changed_file"]
    assert len(whole.table("areas")) in {len(AREAS), 9_002}
    again = city().save(folder)
    assert again.manifest.name == MANIFEST.name
    assert [file.suffix for file in folder.iterdir() if not file.name.startswith(".")].count(".parquet") == 1


def test_saving_leaves_files_that_are_not_of_the_city_alone(folder: Path) -> None:
    own = folder / "my_homes.parquet"
    own.write_bytes(b"mine")
    City.open(folder).save(folder)
    assert own.read_bytes() == b"mine"


def test_a_folder_with_the_manifest_of_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "a web app"}', encoding="utf-8")
    with pytest.raises(CityError, match="something else than a City"):
        city().save(tmp_path)
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == '{"name": "a web app"}'


def test_a_city_saved_anew_while_it_is_read_says_so(folder: Path) -> None:
    opened = City.open(folder)
    city({"areas": AREAS.head(1)}).save(folder)
    with pytest.raises(CityError, match=r"saved anew[\s\S]*open it again"):
        opened.table("areas")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": None},
        {"region": []},
        {"stock": "nonsense"},
        {"schema_version": True},
        {"remarks": [{"source": "x", "text": "{lost}", "fields": {}}]},
        {"remarks": [{"source": "x", "text": "{a.__class__}", "fields": {"a": 1}}]},
    ],
)
def test_a_manifest_that_could_not_be_told_is_damaged(folder: Path, wrong: dict[str, object]) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | wrong), encoding="utf-8")
    with pytest.raises(CityError, match="damaged"):
        City.open(folder)


def test_what_is_saved_anew_while_it_is_opened_is_opened_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "city"
    first = city().save(target).manifest
    city({"areas": AREAS.head(1)}).save(target)
    now = storage.read(target)
    read_first = iter([first, now])
    monkeypatch.setattr(storage, "_manifest", lambda _: next(read_first))
    assert City.open(target).table("areas").height == 1


def test_two_writers_at_once_leave_a_whole_city(tmp_path: Path) -> None:
    target = tmp_path / "city"
    city().save(target)
    script = (
        "import sys\n"
        "from ongedeeld import City\n"
        "made = City.open(sys.argv[1])\n"
        "made.table('areas')\n"
        "for turn in range(20):\n"
        "    made.save(sys.argv[2])\n"
    )
    sources = []
    for size in (1, 2):
        source = tmp_path / f"source{size}"
        city({"areas": AREAS.head(size)}).save(source)
        sources.append(source)
    command = [sys.executable, "-c", script]
    writers = [subprocess.Popen([*command, str(source), str(target)]) for source in sources]
    assert [writer.wait() for writer in writers] == [0, 0]
    opened = City.open(target)
    assert opened.table("areas").height in {1, 2}
    assert "changed_file" not in {finding.check for finding in opened.check()}
