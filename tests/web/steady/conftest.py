"""What the tests of this folder share: how many take part, and a server on the database of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import TypeVar

import pytest

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.site.answering import THREADS
from tests.web.elsewhere import address
from tests.web.steady.server import Browser, Server, browsing, serving, session_of

Given = TypeVar("Given")
Done = TypeVar("Done")


@pytest.fixture
def many(request: pytest.FixtureRequest) -> int:
    """How many write at the same time: a few more than the server has threads; fifty with --soak."""
    return 50 if request.config.getoption("--soak") else THREADS + 2


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A web server of its own process on the database of the tests, which meets no defect."""
    with serving(tmp_path_factory.mktemp("server") / "log", {"DATABASE_URL": address()}) as running:
        yield running
        assert " ERROR " not in running.log.read_text(), running.log.read_text()


@pytest.fixture
def browse(server: Server, transactional_db: None) -> Iterator[Callable[[Person], Browser]]:
    """A browser in which somebody is signed in."""
    with ExitStack() as opened:
        yield lambda person: opened.enter_context(browsing(server.address, session_of(person)))


def at_once(do: Callable[[Given], Done], given: list[Given]) -> list[Done]:
    """Do the same with each, all beginning at the same moment."""
    together = Barrier(len(given))

    def begin(one: Given) -> Done:
        together.wait()
        return do(one)

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(begin, given))
