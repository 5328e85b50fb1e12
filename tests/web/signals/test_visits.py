"""Go to an address safely: seen by who has to go, without why, and until a day."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.signals.answering import visits
from ongedeeld.web.signals.answering.visit_reminding import remind_to_look_again, to_look_again
from ongedeeld.web.signals.models import Signal, VisitNote
from ongedeeld.web.signals.reporting.spots import find_spots
from ongedeeld.web.working_days import working_days_after
from tests.web.conftest import Visit
from tests.web.signals.conftest import Cast, in_days


@pytest.fixture
def note(cast: Cast, address: Address) -> VisitNote:
    """What Mila set for the home of the resident."""
    return set_at(address, cast)


def set_at(address: Address, cast: Cast, manner: str = "together", days: int = 60) -> VisitNote:
    """Set how to go to an address, as Mila does."""
    spot = next(one for one in find_spots(cast.mila, str(address)) if one.address == address.pk)
    told = {"actor": cast.mila, "now": timezone.now(), "today": timezone.localdate()}
    return visits.set_note(spot, manner, in_days(days), **told)  # type: ignore[arg-type]


def found(client: Client, address: Address) -> str:
    """The page of somebody who looks up an address."""
    answer = client.post("/signalen/bezoeken/", {"search": str(address)})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_who_has_to_go_sees_it_wherever_the_address_stands(
    note: VisitNote, signal: Signal, cast: Cast, address: Address, visit: Visit
) -> None:
    for person in (cast.bas, cast.femke, cast.sanne, cast.mila):
        assert 'class="careful"' in found(visit(person), address)
    assert 'class="careful"' in visit(cast.bas).get("/adressen/", {"zoek": str(address)}).content.decode()
    page = visit(cast.sanne).get(f"/signalen/{signal.key}/").content.decode()
    assert str(note.review_on.year) in page
    assert note.get_manner_display() == "go together"
    held = visits.manners_at(cast.bas, [note.home, blind_home("elders")], timezone.localdate())
    assert held == {note.home: "go together"}


def test_nobody_else_sees_it(note: VisitNote, cast: Cast, address: Address, visit: Visit) -> None:
    today = timezone.localdate()
    assert visits.manners_at(cast.noor, [note.home], today) == {}
    with pytest.raises(Refused):
        visits.manners_at(cast.olga, [note.home], today)
    assert visits.manners_beside(cast.olga, [address], today) == {}
    with pytest.raises(Refused):
        visits.note_at(cast.noor, note.home, today)


def test_there_is_no_field_for_why_and_no_list_of_them(
    note: VisitNote, cast: Cast, address: Address, visit: Visit
) -> None:
    kept = {field.name for field in VisitNote._meta.get_fields()}
    assert kept == {
        "id",
        "key",
        "home",
        "sealed",
        "complex",
        "areas",
        "manner",
        "review_on",
        "made_at",
        "made_by",
        "ended_at",
        "remove_after",
        "version",
    }
    for person in (cast.bas, cast.sanne, cast.mila):
        page = unescape(visit(person).get("/signalen/bezoeken/").content.decode())
        assert str(address) not in page


def test_its_day_ends_it(note: VisitNote, cast: Cast) -> None:
    for day, held in ((note.review_on, True), (note.review_on + timedelta(days=1), False)):
        assert bool(visits.manners_at(cast.bas, [note.home], day)) is held


def test_who_sets_it_sees_it_when_its_day_comes_near(cast: Cast, address: Address, visit: Visit) -> None:
    note = set_at(address, cast, days=10)
    mila = visit(cast.mila)
    assert str(address) in unescape(mila.get("/signalen/bezoeken/").content.decode())
    assert str(address) not in unescape(visit(cast.bas).get("/signalen/bezoeken/").content.decode())
    again = {"review_on": in_days(90), "version": note.version}
    assert mila.post(f"/signalen/bezoeken/{note.key}/opnieuw/", again).status_code == 303
    note.refresh_from_db()
    assert note.review_on == in_days(90)
    assert mila.post(f"/signalen/bezoeken/{note.key}/beeindigen/").status_code == 303
    assert visits.note_at(cast.bas, note.home, timezone.localdate()) is None


def test_who_manages_the_area_hears_every_week_before_it_ends(
    note: VisitNote, cast: Cast, settings: LazySettings
) -> None:
    settings.EMAIL_HOST = "post.invalid"
    day = note.review_on - timedelta(days=14)
    first = working_days_after(day - timedelta(days=day.weekday() + 1), 1)
    days = (first - timedelta(weeks=9), first, first + timedelta(days=1))
    assert [to_look_again(one) for one in days] == [set(), {cast.mila.key}, set()]
    assert remind_to_look_again(first) == 1
    VisitNote.objects.update(ended_at=timezone.now())
    assert not to_look_again(first)


def test_where_others_live_now_it_ends_soon_unless_somebody_looks_again(
    note: VisitNote, cast: Cast, address: Address, visit: Visit
) -> None:
    today, mila = timezone.localdate(), visit(cast.mila)
    assert visits.bring_forward(today) == 0
    VisitNote.objects.update(made_at=timezone.now() - timedelta(days=50 * 365))
    assert visits.bring_forward(today) == 1
    note.refresh_from_db()
    assert note.review_on == in_days(14)
    assert Entry.objects.filter(verb="signals.bring_visit_note_forward", actor=None).count() == 1
    assert "wonen er anderen" in mila.get("/signalen/bezoeken/").content.decode()
    again = {"review_on": in_days(90), "version": note.version}
    assert mila.post(f"/signalen/bezoeken/{note.key}/opnieuw/", again).status_code == 303
    assert visits.bring_forward(today) == 0
    note.refresh_from_db()
    assert note.review_on == in_days(90)


def test_it_is_set_on_a_page(cast: Cast, address: Address, visit: Visit) -> None:
    mila, page = visit(cast.mila), "/signalen/bezoeken/instellen/"
    asked = mila.post(page, {"address": address.pk})
    assert asked.status_code == 200
    assert str(address) in unescape(asked.content.decode())
    told = {"address": address.pk, "manner": "through_office", "review_on": in_days(30)}
    assert mila.post(page, told | {"review_on": in_days(400)}).status_code == 422
    assert mila.post(page, told | {"review_on": in_days(-1)}).status_code == 422
    assert mila.post(page, told).status_code == 303
    assert VisitNote.objects.get().home == blind_home(home_of(address))
    for person in (cast.bas, cast.sanne, cast.noor):
        assert visit(person).post(page, told).status_code == 403
    assert mila.post(page, {"address": "iets"}).status_code == 303


def test_a_new_one_ends_the_former(note: VisitNote, cast: Cast, address: Address) -> None:
    new = set_at(address, cast, manner="through_office")
    note.refresh_from_db()
    assert note.ended_at is not None
    assert visits.note_at(cast.bas, new.home, timezone.localdate()) == new


def test_of_two_who_change_it_the_second_is_told_so(note: VisitNote, cast: Cast) -> None:
    twin = VisitNote.objects.get(pk=note.pk)
    visits.end_note(note, version=1, actor=cast.mila, now=timezone.now())
    with pytest.raises(ChangedMeanwhileError):
        visits.look_again(
            twin, in_days(9), version=1, actor=cast.mila, now=timezone.now(), today=timezone.localdate()
        )


def test_a_copy_of_the_database_tells_no_address(note: VisitNote, address: Address) -> None:
    note.refresh_from_db()
    kept = " ".join(str(getattr(note, field.attname)) for field in VisitNote._meta.concrete_fields)
    assert address.street not in kept
    assert home_of(address) not in kept
    assert visits.address_of(note).startswith(str(address))


def test_a_whole_complex_has_none(cast: Cast, address: Address) -> None:
    spot = next(one for one in find_spots(cast.mila, str(address)))
    place = type(spot)(spot.name, spot.area_codes, spot.complex)
    told = {"actor": cast.mila, "now": timezone.now(), "today": timezone.localdate()}
    with pytest.raises(InputError, match="no home"):
        visits.set_note(place, "together", in_days(9), **told)  # type: ignore[arg-type]
