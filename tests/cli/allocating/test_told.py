"""What the command tells of a round: who gets which home, by what, and what follows."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.allocating.conftest import Run


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


def test_it_tells_from_when_the_numbers_of_seekers_can_be_deleted(run: Run, folder: Path) -> None:
    assert "when nobody can object any more" in run("--local-policy", "ordinance.toml")[1]
    with (folder / "ordinance.toml").open("a", encoding="utf-8") as opened:
        opened.write(
            """\n[[objection]]\nassociation = "Verhuur"\nbody = "GC"\naddress = "Postbus 1"\n"""
            """days = 42\nfrom = 2026-01-01\nsource = "reglement"\n"""
        )
    assert "from 14 October 2026 on" in run("--local-policy", "ordinance.toml")[1]
