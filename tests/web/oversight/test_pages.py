"""Oversight: search the record, follow, stop and try again long work, see versions and rights."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from ongedeeld import web
from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.messages import attempt
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.oversight.field_words import FIELD_TEXTS
from ongedeeld.web.oversight.unsigned import UNSIGNED
from tests.web.conftest import Hire, Visit
from tests.web.jobs.counting import work  # noqa: F401 - it brings the kinds of work of the tests


@pytest.fixture
def officer(city: City, hire: Hire) -> Person:
    return hire(Role.PRIVACY_OFFICER, name="Ineke")


def test_the_privacy_officer_finds_what_somebody_did_by_name(
    officer: Person, hire: Hire, visit: Visit
) -> None:
    alice = hire(Role.AREA_MANAGER, name="Alice")
    record(alice, "areas.overrule", "complex", "C1", ["until"])
    record(officer, "areas.overrule", "complex", "C2")
    page = visit(officer).get(reverse("audit"), {"person": str(alice.key)}).content.decode()
    assert "complex C1" in page
    assert "complex C2" not in page
    assert "until" in page


def test_somebody_who_was_removed_is_found_by_key(officer: Person, hire: Hire, visit: Visit) -> None:
    gone = hire(Role.CARETAKER, name="Gone")
    record(gone, "areas.inspect", "complex", "C1")
    key = gone.key
    gone.delete()
    page = visit(officer).get(reverse("audit"), {"key": str(key)}).content.decode()
    assert "complex C1" in page
    assert str(key) in page


def test_that_somebody_searched_is_recorded_with_the_names_of_what_was_asked(
    officer: Person, visit: Visit
) -> None:
    visit(officer).get(reverse("audit"), {"thing": "C1", "from_day": "2026-01-01"})
    entry = Entry.objects.get(actor=officer.key, kind="audit record")
    assert entry.fields == ["from_day", "thing"]


@pytest.mark.parametrize(
    "asked",
    [
        {"from_day": "no day"},
        {"key": "no key"},
        {"person": "1"},
        {"page": "-1"},
        {"page": "99999"},
        {"page": "²"},
        {"from_day": "2026-02-01", "until_day": "2026-01-01"},
        {"thing": "x" * 500},
        {"verb": "\x00"},
    ],
)
def test_odd_words_give_a_page(officer: Person, visit: Visit, asked: dict[str, str]) -> None:
    assert visit(officer).get(reverse("audit"), asked).status_code == 200


def test_who_asked_follows_their_work_and_another_does_not(city: City, hire: Hire, visit: Visit) -> None:
    alice, bob = hire(Role.CARETAKER, name="Alice"), hire(Role.CARETAKER, name="Bob")
    job = ask("counting.count", {"name": "n"}, actor=alice)
    address = reverse("job", args=[job.key])
    assert visit(alice).get(address).status_code == 200
    assert visit(bob).get(address).status_code == 403
    assert str(job.key) not in visit(bob).get(reverse("jobs")).content.decode()
    assert str(job.key) in visit(hire(Role.MANAGER)).get(reverse("jobs")).content.decode()


def test_htmx_gets_the_middle_alone_and_asks_no_more_when_it_ended(
    city: City, hire: Hire, visit: Visit
) -> None:
    alice = hire(Role.CARETAKER)
    job = ask("counting.count", {"name": "n"}, actor=alice)
    client = visit(alice)
    middle = client.get(reverse("job", args=[job.key]), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in middle
    assert "hx-trigger" in middle
    attempt(Job.objects.get(pk=job.pk))
    assert "hx-trigger" not in client.get(reverse("job", args=[job.key])).content.decode()


def test_who_asked_stops_it_and_tries_it_again(city: City, hire: Hire, visit: Visit) -> None:
    alice, bob = hire(Role.CARETAKER, name="Alice"), hire(Role.CARETAKER, name="Bob")
    job = ask("counting.count", {"name": "n"}, actor=alice)
    assert visit(bob).post(reverse("cancel_job", args=[job.key])).status_code == 403
    assert visit(alice).post(reverse("cancel_job", args=[job.key])).status_code == 303
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    visit(alice).post(reverse("cancel_job", args=[job.key]))
    assert visit(alice).post(reverse("retry_job", args=[job.key])).status_code == 303
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_why_it_did_not_work_is_told_in_the_language_of_who_reads(
    city: City, hire: Hire, visit: Visit
) -> None:
    alice = hire(Role.CARETAKER)
    job = ask("counting.refuse", actor=alice)
    attempt(job)
    page = visit(alice).get(reverse("job", args=[job.key])).content.decode()
    assert job.complaint is None
    job.refresh_from_db()
    assert job.complaint is not None
    assert job.complaint.nl in page


def test_work_that_is_not_there_is_a_page_that_is_not_there(city: City, hire: Hire, visit: Visit) -> None:
    assert visit(hire(Role.MANAGER)).get(reverse("job", args=[uuid4()])).status_code == 404


def test_it_tells_who_may_do_something(officer: Person, hire: Hire, visit: Visit) -> None:
    hire(Role.DATA_MANAGER, name="Joris")
    client = visit(officer)
    page = client.get(reverse("rights"), {"action": "cities.renew"}).content.decode()
    assert "Joris" in page
    assert client.get(reverse("rights"), {"action": "no.such"}).status_code == 404


def test_rights_stand_in_a_grid_of_rights_and_roles_with_words_for_who_does_not_see_the_marks(
    officer: Person, visit: Visit
) -> None:
    page = visit(officer).get(reverse("rights")).content.decode()
    assert page.count('<th scope="col">') == 1 + len(Role)
    row = next(one for one in page.split("<tr>") if "action=areas.inspect" in one)
    cells = re.findall(r'<td data-head="([^"]*)">(.*?)</td>', row, re.DOTALL)
    open_to = {head for head, cell in cells if "in de eigen gebieden" in cell}
    assert open_to == {"huismeester", "woonconsulent", "gebiedsmanager"}
    assert sum(1 for _, cell in cells if not cell.strip()) == len(Role) - 3


def test_every_version_is_listed(officer: Person, city: City, visit: Visit) -> None:
    assert city.manifest.name in visit(officer).get(reverse("versions")).content.decode()


def test_the_overview_shows_only_what_one_may_enter(city: City, hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.DATA_MANAGER)).get(reverse("oversight")).content.decode()
    assert reverse("versions") in page
    assert reverse("audit") not in page


def test_what_was_done_to_a_complex_is_found_by_its_number_and_by_its_name(
    officer: Person, city: City, hire: Hire, visit: Visit
) -> None:
    number, name = city.table("complexes").select("complex", "name").row(0)
    alice = hire(Role.AREA_MANAGER, name="Alice")
    record(alice, "areas.overrule_card", "overrule", uuid4(), ["reason"], place=number)
    record(alice, "areas.overrule_card", "overrule", uuid4(), ["reason"], place="elsewhere")
    for words in (number, name, name.upper()):
        page = visit(officer).get(reverse("audit"), {"thing": words}).content.decode()
        assert f"{name} ({number})" in page
        assert "elsewhere" not in page


def test_fields_of_the_record_have_words(officer: Person, hire: Hire, visit: Visit) -> None:
    record(hire(Role.AREA_MANAGER), "plans.add_step", "plan", uuid4(), ["budget_cents", "ended_on"])
    page = visit(officer).get(reverse("audit")).content.decode()
    assert "budget, dag waarop het eindigde" in page
    assert "budget_cents" not in page


def test_a_field_is_called_after_what_it_is_of_that_kind_of_thing(officer: Person, visit: Visit) -> None:
    for kind in ("arrears", "referral"):
        record(officer, f"{kind}.something", kind, uuid4(), ["contact"])
    page = visit(officer).get(reverse("audit")).content.decode()
    for words in ("poging tot persoonlijk contact", "telefoon of e-mail"):
        assert page.count(words) == 1


def test_who_did_not_sign_in_is_told_by_what_they_did_and_never_named(officer: Person, visit: Visit) -> None:
    verbs = ("referrals.accept", "residents.open_vault", "residents.delete_vault", "referrals.remind_partner")
    for verb in verbs:
        record(None, verb, "referral", uuid4())
    page = visit(officer).get(reverse("audit")).content.decode()
    for words in ("een partner, via de link van een doorverwijzing", "een bewoner, op de eigen pagina’s"):
        assert page.count(words) == 1
    assert page.count("de werkbank zelf") == 2


def test_of_everything_that_residents_do_it_is_told_that_they_did() -> None:
    by_nobody = re.compile(r'record\(\s*None,\s*"(residents\.[a-z_]+)"')
    sources = [file.read_text(encoding="utf-8") for file in Path(web.__file__).parent.rglob("*.py")]
    verbs = {verb for text in sources for verb in by_nobody.findall(text)}
    assert len(verbs) > 10
    assert verbs - UNSIGNED.keys() == {"residents.escalate_breakthrough"}


def test_every_field_that_is_recorded_has_words() -> None:
    named = re.compile(r'(?:record|seen)\([^()]*?, [\[(]("[a-z_]+"(?:, "[a-z_]+")*)[\])]', re.DOTALL)
    sources = [file.read_text(encoding="utf-8") for file in Path(web.__file__).parent.rglob("*.py")]
    fields = {
        name.strip('"') for text in sources for found in named.findall(text) for name in found.split(", ")
    }
    assert len(fields) > 40
    assert fields <= FIELD_TEXTS.keys()
