"""A round under a policy, by the file that is given."""

from __future__ import annotations

from pathlib import Path

from tests.cli.allocating.conftest import Run

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
