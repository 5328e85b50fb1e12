"""What tests of commands share: a prompt, and the made-up City."""

from __future__ import annotations

import pytest

from ongedeeld.cli.voice import voice
from ongedeeld.sources.model_city import model_city
from tests.cli.prompt import Prompt


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> Prompt:
    """A prompt that speaks English."""
    monkeypatch.setattr(voice, "language", "en")
    return Prompt(monkeypatch)


@pytest.fixture(scope="package")
def stock(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The made-up City with its history and lettings, in which two neighbourhoods go down."""
    return str(model_city(seed=1).save(tmp_path_factory.mktemp("model") / "city").path)
