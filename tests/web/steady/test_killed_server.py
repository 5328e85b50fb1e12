"""A web server that is killed while people write: what was accepted is there, with its audit row.

The worker's half of this is in `tests/web/jobs/test_killed_worker.py`.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Note
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.plans.models import Plan, PlanPlace, Step
from tests.web.conftest import Hire
from tests.web.elsewhere import address
from tests.web.steady.server import Server, browsing, free_port, serving, session_of
from tests.web.things import OWN_AREA

WRITERS = 4
STEP = {"step-owner": "wijkteam", "step-due": "2030-01-01", "step-budget": ""}


class Writers:
    """People who write notes and steps of a plan until they are told to stop, and keep what was accepted."""

    def __init__(self, server: Server, sessions: list[str], plan: Plan, turn: int) -> None:
        self.accepted: set[str] = set()
        self.begun = threading.Event()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(server.address, session, plan, f"{turn}-{at}"))
            for at, session in enumerate(sessions)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> set[str]:
        """What was accepted from them."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        return self.accepted

    def _write(self, server: str, session: str, plan: Plan, name: str) -> None:
        count = 0
        with browsing(server, session) as browser:
            while not self._over.is_set():
                count += 1
                text = f"Gezien {name}-{count}."
                try:
                    if count % 2:
                        answer = browser.post(f"/buurten/{OWN_AREA}/", {"text": text})
                    else:
                        answer = browser.post(f"/plannen/{plan.key}/acties/", STEP | {"step-what": text})
                except httpx.TransportError:
                    return  # it was killed: nobody was told that this was kept
                assert answer.status_code == 303, answer.text
                self.accepted.add(text)
                self.begun.set()


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_what_was_accepted_outlives_the_server_and_nothing_is_there_by_halves(
    city: City, hire: Hire, tmp_path: Path, repeats: int, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    plan = Plan.objects.create(
        unit=OWN_AREA, unit_name="Merel", kind="neighbourhood", title="Rust", goal="Rust."
    )
    PlanPlace.objects.create(plan=plan, code=OWN_AREA)
    sessions = [session_of(hire(Role.AREA_MANAGER, [OWN_AREA])) for _ in range(WRITERS)]
    port, accepted = free_port(), set[str]()
    for turn in range(repeats):
        with serving(tmp_path / "log", {"DATABASE_URL": address()}, port) as server:
            writers = Writers(server, sessions, plan, turn)
            assert writers.begun.wait(60), server.log.read_text()
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            accepted |= writers.stop()
    record_property("accepted", len(accepted))  # as --junitxml tells it
    notes = dict(Note.objects.values_list("text", "key"))
    steps = list(Step.objects.values_list("what", flat=True))
    assert accepted <= {*notes, *steps}
    recorded = Entry.objects.filter(verb="areas.write_note").values_list("thing", flat=True)
    assert sorted(recorded) == sorted(str(key) for key in notes.values())
    assert Entry.objects.filter(verb="plans.add_step", thing=str(plan.key)).count() == len(steps)
    assert len({*notes, *steps}) == len(notes) + len(steps)  # nothing twice
