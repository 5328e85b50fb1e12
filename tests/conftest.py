"""What all tests share."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import settings

# Time is measured by `make bench`, never here; a run of the suite is repeatable, `make soak` searches anew.
settings.register_profile("test", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=1_000)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("soak" if config.getoption("--soak") else "test")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long form of the tests marked soak")
    parser.addoption(
        "--renew-queries",
        action="store_true",
        help="write how often each page asks the database into its table",
    )


@pytest.fixture
def repeats(request: pytest.FixtureRequest) -> int:
    """How often a soak test repeats what it does: a few times, or a hundred with --soak."""
    return 100 if request.config.getoption("--soak") else 3


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a command: its exit code and all that it printed."""
    from ongedeeld import cli
    from ongedeeld.cli.voice import voice

    monkeypatch.delenv("ONGEDEELD_LANG", raising=False)

    def ran(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["ongedeeld", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            monkeypatch.setattr(voice, "language", "nl")
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return ran
