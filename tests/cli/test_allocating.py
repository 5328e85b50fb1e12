"""The command that runs one round from files: what it tells, writes and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.cli.round_files import write_new_folder
from ongedeeld.cli.voice import out
from tests.allocation.round_cast import city, seeker, seekers, vacancies

Run = Callable[..., tuple[int, str]]
ORDINANCE = """holder = "Gemeente Vogelstad"

[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance, article 5"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A City, and the files of a round: three homes and three seekers."""
    city().save(tmp_path / "city")
    vacancies("W1", "W2", "W3").write_csv(tmp_path / "homes.csv", separator=";")
    people = seekers(
        seeker("A", date(2012, 3, 1)),
        seeker("B", date(2016, 3, 1), urgency="medical", region_years=9),
        seeker("C", date(2020, 3, 1), current_dwelling="W9"),
    )
    people.write_csv(tmp_path / "people.csv", separator=";")
    (tmp_path / "ordinance.toml").write_text(ORDINANCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in that folder: its exit code and all that it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(out, "width", 160)
    given = ["--vacancies", "homes.csv", "--seekers", "people.csv", "--date", "2026-09-01"]

    def ran(*words: object, files: list[str] = given, lang: str = "en") -> tuple[int, str]:
        return run("allocate", "city", *files, *words, "--lang", lang)

    return ran


def test_it_tells_who_gets_which_home_by_what_and_what_comes_free(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml")
    assert code == 0
    assert "3 of 3 homes let; seekers: 3" in told
    assert "Everything in this City is invented." in told
    assert "W9, by V3" in told
    assert "only candidate" in told
    assert "urgency" in told
    assert "Who has what chance in this round" in told
    assert "Delete the file of seekers" in told


def test_it_speaks_dutch_by_itself(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", lang="nl")
    assert code == 0
    assert "enige kandidaat" in told


def test_it_tells_an_order_and_why_somebody_did_not_get_a_home(run: Run) -> None:
    _, order = run("--local-policy", "ordinance.toml", "--why", "V1")
    assert order.index("gets the home") < order.index("somebody went before")
    _, why = run("--local-policy", "ordinance.toml", "--why", "V1:A")
    assert "No:" in why
    assert "a seeker with urgency went before" in why
    assert "complaints committee" in why


def test_it_gives_everything_as_data(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--json", "--why", "V1:A")
    data = json.loads(told)
    assert code == 0
    assert [one["seeker"] for one in data["lettings"]] == ["B", "A", "C"]
    assert data["invented"]
    assert not data["what_if"]
    assert not data["why"]["allowed"]
    assert data["why"]["reasons"][0]["sentence"].startswith("place 2 of 3")


def test_it_writes_every_list_to_a_new_folder_and_never_over_another(run: Run, folder: Path) -> None:
    code, _ = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 0
    names = {file.stem for file in (folder / "round").iterdir()}
    assert names == {
        "lettings", "not_let", "declined", "consequences", "chain", "refusals", "chances", "orders",
        "reasons", "refused", "tallies", "so_far", "round",
    }  # fmt: skip
    assert pl.read_csv(folder / "round" / "orders.csv")["rank"].to_list() == [1, 2, 3, 1, 2, 1]
    code, told = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 2
    assert "exists already" in told


def test_it_tells_a_seeker_of_every_home_why_and_once_how_to_object(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seeker", "A")
    assert code == 0
    assert "A gets V2 in the round of 1 September 2026." in told
    homes = [told.index(f"{home} (") for home in ("V1", "V2", "V3")]
    assert homes == sorted(homes)
    assert "a seeker with urgency went before" in told[homes[0] : homes[1]]
    assert "first of 2 in the order" in told[homes[1] : homes[2]]
    assert "the seeker got another home in this round: V2" in told[homes[2] :]
    assert told.count("complaints committee") == 1
    assert "Lettings" not in told


def test_it_tells_a_seeker_in_dutch_and_as_data(run: Run) -> None:
    _, told = run("--local-policy", "ordinance.toml", "--seeker", "A", lang="nl")
    assert "plaats 2 van 3 in de volgorde" in told
    assert told.count("geschillencommissie") == 1
    data = json.loads(run("--local-policy", "ordinance.toml", "--seeker", "A", "--json")[1])
    assert [(one["vacancy"], one["allowed"]) for one in data["about"]] == [
        ("V1", False),
        ("V2", True),
        ("V3", False),
    ]


def test_a_seeker_who_is_not_in_the_round_is_told_so(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seeker", "Z")
    assert code == 2
    assert "Z is not in this round" in told


def test_it_writes_the_reasons_of_every_letting_and_never_over_another_file(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--reasons", "why.csv")
    assert run(*words)[0] == 0
    rows = pl.read_csv(folder / "why.csv")
    assert rows.columns == [
        "vacancy", "dwelling", "seeker", "runner_up", "ground", "decided_by", "reasons",
    ]  # fmt: skip
    assert rows.select("vacancy", "seeker", "runner_up", "ground", "decided_by").rows() == [
        ("V1", "B", "A", "urgency", "urgency"),
        ("V2", "A", "C", "registration", "registration"),
        ("V3", "C", None, "registration", "only_candidate"),
    ]
    assert "Yes:" in rows["reasons"][0]
    code, told = run(*words)
    assert code == 2
    assert "exists already" in told


def test_a_round_gives_the_lettings_that_the_next_one_reads(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml")
    _, told = run(*words, "--out", "first")
    assert "so_far.csv holds this round alone" in told
    vacancies("W4").write_csv(folder / "homes.csv", separator=";")
    seekers(seeker("D", date(2020, 3, 1))).write_csv(folder / "people.csv", separator=";")
    code, told = run(*words, "--lettings", "first/so_far.csv", "--out", "second")
    assert code == 0
    assert "4 of 4 lettings so far" in told
    assert "holds this round alone" not in told
    assert len(pl.read_csv(folder / "second" / "so_far.csv")) == 4


def test_the_lettings_of_a_what_if_do_not_count_in_the_next_round(run: Run) -> None:
    words = ("--local-policy", "ordinance.toml")
    run(*words, "--what-if", "--out", "if")
    code, told = run(*words, "--lettings", "if/so_far.csv")
    assert code == 2
    assert "no column what_if" in told


def test_it_lists_what_people_have_to_act_on(run: Run, folder: Path) -> None:
    (folder / "reactions.csv").write_text(
        "vacancy;seeker;answer;reason\nV1;A;no_show;\nV2;A;;\nV3;C;declined;size\n", encoding="utf-8"
    )
    words = ("--local-policy", "ordinance.toml", "--reactions", "reactions.csv")
    code, told = run(*words)
    assert code == 0
    assert "To act on: the round itself takes nothing from anybody" in told
    data = json.loads(run(*words, "--json")[1])
    assert data["consequences"] == [
        {
            "seeker": "A",
            "vacancy": "V1",
            "reason": "no_show",
            "consequence": "search_point_less",
            "acts": "association",
            "start": "2026-09-01",
        }
    ]


def test_what_if_says_so_in_every_output(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--what-if")
    code, told = run(*words, "--out", "if")
    assert code == 0
    assert "What if the law allowed it" in told
    for file in (folder / "if").glob("*.csv"):
        assert "what_if" in file.read_text(encoding="utf-8").partition("\n")[0]
    assert json.loads((folder / "if" / "round.json").read_text(encoding="utf-8"))["what_if"]
    assert json.loads(run(*words, "--json")[1])["what_if"]
    assert "what if the law allowed it" in run(*words, "--why", "V1:A")[1]


def test_it_refuses_a_column_that_must_not_be_held_with_file_and_reason(run: Run, folder: Path) -> None:
    people = pl.read_csv(folder / "people.csv", separator=";").with_columns(nationaliteit=pl.lit("x"))
    people.write_csv(folder / "people.csv", separator=";")
    code, told = run()
    assert code == 2
    assert "people.csv, column nationaliteit: nationality, ethnicity" in told


def test_it_says_what_local_policy_lacks(run: Run) -> None:
    code, told = run()
    assert code == 2
    assert "comply_by under [[urgency]]" in told


def test_it_asks_for_what_a_round_needs(run: Run) -> None:
    code, told = run(files=[])
    assert code == 2
    assert "--vacancies FILE --seekers FILE --date DAY" in told


def test_it_writes_empty_files_that_can_be_filled(run: Run, folder: Path) -> None:
    code, told = run("--templates", "empty", files=[])
    assert code == 0
    assert "seekers-explanation.csv" in told
    header = (folder / "empty" / "seekers.csv").read_text(encoding="utf-8-sig").strip()
    assert header.startswith("seeker;household_size;minors")
    assert run("--templates", "empty", files=[])[0] == 2


def test_lettings_so_far_give_the_tallies_after_the_round(run: Run, folder: Path) -> None:
    (folder / "let.csv").write_text(
        "letting;date;municipality;social;rent_cents;household_size;income_class\n"
        "L1;2026-02-01;GM9999;ja;60000;1;below_passend\n",
        encoding="utf-8",
    )
    code, told = run("--local-policy", "ordinance.toml", "--lettings", "let.csv")
    assert code == 0
    assert "4 of 4 lettings so far, 100%: at least 95%" in told


LOTTERY = """name = "Vogelstad 2026"

[[instrument]]
name = "lottery"
from = 2026-07-01
source = "published on our website, 1 June 2026"
agreed = ["municipality"]
"""


def test_a_policy_decides_by_its_instruments(run: Run, folder: Path) -> None:
    (folder / "policy.toml").write_text(LOTTERY, encoding="utf-8")
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--seed", 4)
    assert code == 0
    assert "lottery" in told
    _, why = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--why", "V1:A")
    assert "a seeker with urgency went before" in why


def test_a_second_policy_is_refused_and_does_not_replace_the_first(run: Run, folder: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (folder / name).write_text(LOTTERY, encoding="utf-8")
    code, told = run("--policy", "one.toml", "--policy", "two.toml")
    assert code == 2
    assert "a round has one policy, and 2 were given: one.toml, two.toml" in told


def test_a_policy_that_is_not_lawful_is_refused_with_its_line(run: Run, folder: Path) -> None:
    text = LOTTERY.replace('"lottery"', '"local_binding"') + "share = 0.8\n"
    (folder / "policy.toml").write_text(text, encoding="utf-8")
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml")
    assert code == 2
    assert "policy.toml, line 3" in told
    assert "50%" in told
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--what-if")
    assert code == 0
    assert "What if the law allowed it" in told


def test_a_day_may_be_written_with_the_day_first_and_anything_else_is_refused_in_words(run: Run) -> None:
    files = ["--vacancies", "homes.csv", "--seekers", "people.csv", "--local-policy", "ordinance.toml"]
    assert run("--date", "1-9-2026", files=files)[0] == 0
    code, told = run("--date", "2026-13-01", files=files)
    assert code == 2
    assert "--date '2026-13-01' is not a day" in told


def test_it_remarks_at_the_top_that_without_lettings_nobody_above_the_limit_gets_a_social_home(
    run: Run,
) -> None:
    told = run("--local-policy", "ordinance.toml")[1]
    assert told.index("nobody above the income limit gets a social home") < told.index("Lettings")


def test_a_home_without_a_reaction_and_one_that_all_declined_are_told_apart(run: Run, folder: Path) -> None:
    (folder / "reactions.csv").write_text(
        "vacancy;seeker;answer;reason\nV1;A;declined;size\nV2;A;;\n", encoding="utf-8"
    )
    told = run("--local-policy", "ordinance.toml", "--reactions", "reactions.csv")[1]
    assert "Not let: V1; every offer came to nothing" in told
    assert "Not let: V3; nobody reacted to it" in told
    assert "Offer of V1 to A came to nothing (seeker: size or plan does not fit)" in told


def test_a_small_group_is_told_in_seekers_and_not_as_a_percentage(run: Run) -> None:
    told = run("--local-policy", "ordinance.toml")[1]
    assert "3 of 3" in told
    assert "100\N{NO-BREAK SPACE}%" not in told


def test_the_folder_has_a_record_of_the_round_and_the_reasons_of_the_refused(run: Run, folder: Path) -> None:
    run("--local-policy", "ordinance.toml", "--seed", 4, "--out", "round")
    record = json.loads((folder / "round" / "round.json").read_text(encoding="utf-8"))
    assert (record["day"], record["seed"], record["what_if"]) == ("2026-09-01", 4, False)
    assert record["files"]["seekers"]["name"] == "people.csv"
    assert "refused.csv" in record["with_numbers_of_seekers"]
    refused = pl.read_csv(folder / "round" / "refused.csv")
    assert refused.select("vacancy", "seeker").rows() == [("V1", "A"), ("V1", "C"), ("V2", "C")]
    assert "a seeker with urgency went before" in refused["reasons"][0]


def test_a_list_does_not_tell_for_which_group_somebody_has_urgency(run: Run, folder: Path) -> None:
    run("--local-policy", "ordinance.toml", "--out", "round")
    reasons = pl.read_csv(folder / "round" / "reasons.csv")["reasons"][0]
    assert "medical" not in reasons
    assert "not told in this list" in reasons
    assert "medical urgency" in run("--local-policy", "ordinance.toml", "--why", "V1:B")[1]


def test_lists_in_dutch_open_in_a_spreadsheet_with_words_and_the_next_round_reads_its_own(
    run: Run, folder: Path
) -> None:
    words = ("--local-policy", "ordinance.toml")
    run(*words, "--out", "ronde", lang="nl")
    text = (folder / "ronde" / "lettings.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "€ 650,00".encode() in text
    assert b"only_candidate" not in text
    vacancies("W4").write_csv(folder / "homes.csv", separator=";")
    seekers(seeker("D", date(2020, 3, 1))).write_csv(folder / "people.csv", separator=";")
    assert run(*words, "--lettings", "ronde/so_far.csv")[0] == 0


def test_an_interrupted_folder_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_file: Path, _content: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_new_folder(folder / "round", {"lettings.csv": b"A"})
    assert not [file for file in folder.iterdir() if "round" in file.name]


def test_it_writes_the_letter_to_a_seeker_in_the_form_of_its_file(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--seeker", "A")
    for form in ("txt", "md", "html"):
        assert run(*words, "--letter", f"a.{form}", lang="nl")[0] == 0
        assert "U krijgt de woning W2." in (folder / f"a.{form}").read_text(encoding="utf-8")
    code, told = run(*words, "--letter", "a.docx")
    assert code == 2
    assert "a letter cannot be written as .docx" in told
    code, told = run("--local-policy", "ordinance.toml", "--letter", "b.txt")
    assert code == 2
    assert "--seeker NUMBER --letter FILE" in told


def test_it_writes_a_letter_to_everybody(run: Run, folder: Path) -> None:
    assert run("--local-policy", "ordinance.toml", "--letters", "letters")[0] == 0
    letters = sorted((folder / "letters").iterdir())
    assert [file.name for file in letters] == ["1.txt", "2.txt", "3.txt"]
    assert "Dear house seeker A," in letters[0].read_text(encoding="utf-8")


def test_it_tells_from_when_the_numbers_of_seekers_can_be_deleted(run: Run, folder: Path) -> None:
    assert "when nobody can object any more" in run("--local-policy", "ordinance.toml")[1]
    with (folder / "ordinance.toml").open("a", encoding="utf-8") as opened:
        opened.write(
            """\n[[objection]]\nassociation = "Verhuur"\nbody = "GC"\naddress = "Postbus 1"\n"""
            """days = 42\nfrom = 2026-01-01\nsource = "reglement"\n"""
        )
    assert "from 14 October 2026 on" in run("--local-policy", "ordinance.toml")[1]


def test_a_wrong_seed_is_one_clear_error(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seed", "-1")
    assert code == 2
    assert "-1 is no seed" in told


def test_templates_have_the_lettings_too(run: Run, folder: Path) -> None:
    run("--templates", "empty", files=[])
    header = (folder / "empty" / "lettings.csv").read_text(encoding="utf-8-sig").strip()
    assert header.startswith("letting;date;municipality;social;rent_cents")
