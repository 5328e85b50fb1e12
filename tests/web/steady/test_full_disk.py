"""A disk that is full: what cannot be kept is refused in one clear sentence, and nothing is there by halves.

How the store of Cities meets it is in `tests/web/cities/test_versions.py`.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Note
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.models import Job
from tests.web.conftest import Hire, Visit
from tests.web.elsewhere import address
from tests.web.steady.full import no_room
from tests.web.steady.server import browsing, serving, session_of
from tests.web.things import OWN_AREA

LARGEST = 24 * 1024**2


@pytest.mark.django_db(transaction=True)
def test_what_a_full_database_refuses_is_not_there_and_neither_is_its_audit_row(
    city: City, hire: Hire, visit: Visit
) -> None:
    client = visit(hire(Role.AREA_MANAGER, [OWN_AREA]))
    client.raise_request_exception = False
    page, text = f"/buurten/{OWN_AREA}/", "Rustig. " * 140
    accepted = 0
    with no_room():
        while (answer := client.post(page, {"text": text})).status_code == 303:
            accepted += 1
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert (Note.objects.count(), _written()) == (accepted, accepted)
    assert client.post(page, {"text": text}).status_code == 303
    assert (Note.objects.count(), _written()) == (accepted + 1, accepted + 1)


def _written() -> int:
    return Entry.objects.filter(verb="areas.write_note").count()


@pytest.mark.django_db(transaction=True)
def test_an_upload_for_which_there_is_no_room_is_told_on_the_page_and_leaves_nothing(
    city: City, hire: Hire, tmp_path: Path
) -> None:
    kim, before = hire(Role.DATA_MANAGER, name="Kim"), CityVersion.objects.count()
    incoming = set(Path(settings.DATA_FOLDER).glob("incoming/*"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    own = {"DATABASE_URL": address(), "TMPDIR": str(temporary)}
    with (
        serving(tmp_path / "log", own, largest=LARGEST) as server,
        browsing(server.address, session_of(kim)) as browser,
    ):
        (form,) = (one for one in browser.read("/gegevens/binnenhalen/").forms if "uploads" in one.fields)
        lines = b"complex;naam\n" + b"1;x\n" * (LARGEST // 3)
        answer = browser.post("/gegevens/binnenhalen/", form.values, {"uploads": ("complexes.csv", lines)})
        assert answer.status_code == 422
        assert os.strerror(errno.EFBIG) in answer.text
        # Anew: the server ends a connection on which it did not read all that was sent.
        with browsing(server.address, session_of(kim)) as later:
            assert later.get("/gegevens/").status_code == 200
        assert " ERROR " not in server.log.read_text()
    assert CityVersion.objects.count() == before
    assert not Job.objects.exists()
    assert not list(temporary.iterdir())
    assert set(Path(settings.DATA_FOLDER).glob("incoming/*")) == incoming


def test_a_portrait_that_cannot_be_kept_is_read_all_the_same(
    city: City, hire: Hire, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    caches["pages"].clear()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.cache.backends.filebased.tempfile.mkstemp", full)
        assert visit(hire(Role.AREA_MANAGER, [OWN_AREA])).get(f"/buurten/{OWN_AREA}/").status_code == 200
