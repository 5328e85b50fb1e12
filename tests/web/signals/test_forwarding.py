"""Public space goes on to the municipality: what somebody chose, once, and no person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from uuid import UUID

import polars as pl
import pytest
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address
from ongedeeld.web.cities.queries import current
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.forwarding.placing import At, Point, points_of
from ongedeeld.web.signals.forwarding.sending import categories
from ongedeeld.web.signals.forwarding.signalen import OTHER, Municipality
from ongedeeld.web.signals.models import Forwarding, Signal
from ongedeeld.web.signals.reporting.photos import cleaned, keep_photos
from tests.web.conftest import Visit
from tests.web.signals.conftest import Cast, Reports
from tests.web.signals.signalen_server import CATEGORIES, Received, signalen

NOTE = "De buurman van nummer 4 zet het daar neer."
BULKY = f"{CATEGORIES}afval/sub_categories/grofvuil"
CHOSEN = {"text": "Grofvuil naast de container aan de kopse kant.", "category": BULKY, "place": "complex"}


@pytest.fixture
def there(db: None, settings: Settings) -> Iterator[Received]:
    """The Signalen of the municipality."""
    with signalen() as received:
        settings.SIGNALEN = received.address
        yield received


@pytest.fixture
def litter(cast: Cast, reports: Reports) -> Signal:
    """Litter beside a container, which Bas reported."""
    return reports(
        cast.bas,
        kind=Signal.Kind.PUBLIC_SPACE,
        domain="housing",
        home="",
        contents=Contents(address="Binnenstadstraat", note=NOTE, facts=("bulky_waste",)),
    )


@pytest.fixture
def mila(cast: Cast, visit: Visit) -> Client:
    """Who answers, in English."""
    Person.objects.filter(pk=cast.mila.pk).update(language="en")
    return visit(cast.mila)


def sent(client: Client, signal: Signal, **told: object) -> int:
    """Send it on in the browser; what the page answers."""
    return client.post(f"/signalen/{signal.key}/gemeente/", CHOSEN | told).status_code


def test_what_was_chosen_arrives_with_a_point_and_no_person_and_its_number_is_kept(
    there: Received, litter: Signal, mila: Client, cast: Cast
) -> None:
    assert sent(mila, litter) == 303
    (report,) = there.reports
    longitude, latitude = points(litter, cast)[0].degrees
    assert report.pop("incident_date_start").startswith(litter.seen_on.isoformat())
    assert report == {
        "text": CHOSEN["text"],
        "location": {"geometrie": {"type": "Point", "coordinates": [longitude, latitude]}},
        "category": {"category_url": BULKY},
        "reporter": {"sharing_allowed": False},
    }
    assert 3 < longitude < 8
    assert 50 < latitude < 54
    assert there.headers[0]["traceparent"].startswith("00-")
    forwarding = Forwarding.objects.get()
    assert (forwarding.state, forwarding.number) == ("sent", "SIG-1")
    litter.refresh_from_db()
    assert (litter.state, litter.answered_at is None) == ("passed_on", False)
    page = mila.get(f"/signalen/{litter.key}/").content.decode()
    assert "SIG-1" in page
    assert Entry.objects.filter(verb="signals.forward", thing=litter.key).exists()


def test_nothing_of_the_note_stands_in_what_is_offered_to_send(
    there: Received, litter: Signal, mila: Client
) -> None:
    page = mila.get(f"/signalen/{litter.key}/gemeente/").content.decode()
    assert NOTE not in page
    assert BULKY in page
    assert not there.reports


def test_it_is_sent_once(there: Received, litter: Signal, mila: Client) -> None:
    assert sent(mila, litter) == 303
    assert sent(mila, litter) == 422
    assert len(there.reports) == 1


def test_without_an_answer_it_is_not_sent_again_before_somebody_looked(
    there: Received, litter: Signal, mila: Client
) -> None:
    there.hangs_up = True
    assert sent(mila, litter) == 422
    assert Forwarding.objects.get().state == "unknown"
    there.hangs_up = False
    assert sent(mila, litter) == 422
    assert len(there.reports) == 1
    mila.post(f"/signalen/{litter.key}/gemeente/opnieuw/")
    assert sent(mila, litter) == 303


def test_a_refusal_names_the_fields_and_can_be_mended(there: Received, litter: Signal, mila: Client) -> None:
    there.fails = 400
    page = mila.post(f"/signalen/{litter.key}/gemeente/", CHOSEN)
    assert "detail" in page.content.decode()
    assert CHOSEN["text"] in page.content.decode()
    litter.refresh_from_db()
    assert litter.state == "new"
    there.fails = 0
    assert sent(mila, litter) == 303


def test_a_broken_server_leaves_it_unknown(there: Received, litter: Signal, mila: Client) -> None:
    there.fails = 500
    assert sent(mila, litter) == 422
    assert Forwarding.objects.get().state == "unknown"


def test_a_municipality_that_cannot_be_reached_received_nothing(
    settings: Settings, litter: Signal, mila: Client
) -> None:
    settings.SIGNALEN = "http://127.0.0.1:9"
    assert sent(mila, litter, category=OTHER.path) == 422
    assert Forwarding.objects.get().state == "refused"


def test_only_the_pictures_that_were_ticked_go_along(there: Received, litter: Signal, mila: Client) -> None:
    drawn = BytesIO()
    Image.new("RGB", (20, 20)).save(drawn, "JPEG")
    keep_photos(litter, [cleaned(BytesIO(drawn.getvalue())), cleaned(BytesIO(drawn.getvalue()))])
    first: UUID = litter.photos.order_by("id")[0].key
    assert sent(mila, litter, photos=[str(first)]) == 303
    ((path, _),) = there.pictures
    assert path.endswith(f"{Forwarding.objects.get().reference}/attachments")


def test_words_about_a_person_are_stopped(there: Received, litter: Signal, mila: Client) -> None:
    assert sent(mila, litter, text="Grofvuil van een verslaafde bewoner.") == 422
    assert not there.reports
    assert not Forwarding.objects.exists()


def test_only_public_space_goes_and_only_by_who_answers(
    there: Received, litter: Signal, cast: Cast, reports: Reports, mila: Client, visit: Visit
) -> None:
    concern = reports(cast.bas)
    assert mila.get(f"/signalen/{concern.key}/gemeente/").status_code == 404
    assert visit(cast.bas).get(f"/signalen/{litter.key}/gemeente/").status_code == 403
    assert visit(cast.noor).post(f"/signalen/{litter.key}/gemeente/", CHOSEN).status_code == 403
    assert not there.reports


def test_without_an_address_the_page_tells_what_to_do(litter: Signal, mila: Client) -> None:
    page = mila.get(f"/signalen/{litter.key}/gemeente/")
    assert page.status_code == 200
    assert "Ask the manager of the installation" in page.content.decode()


def test_an_address_without_tls_is_refused(settings: Settings) -> None:
    settings.SIGNALEN = "http://meldingen.voorbeeld.invalid"
    with pytest.raises(InputError, match="not protected"):
        Municipality()


def test_categories_that_are_not_used_any_more_are_not_offered(there: Received) -> None:
    assert [one.path for one in categories()] == [BULKY]


def points(signal: Signal, cast: Cast) -> list[Point]:
    """The points that are offered, of the City that is read."""
    opened = current(cast.mila)
    assert opened is not None
    return points_of(signal, opened)


def test_a_signal_outside_every_complex_lies_in_its_neighbourhood(
    cast: Cast, reports: Reports, address: Address
) -> None:
    signal = reports(
        cast.bas,
        kind=Signal.Kind.PUBLIC_SPACE,
        home="",
        complex="",
        area_codes=(address.area or "BU99990101",),
    )
    (point,) = points(signal, cast)
    longitude, latitude = point.degrees
    assert point.at == At.NEIGHBOURHOOD
    assert 3 < longitude < 8
    assert 50 < latitude < 54


@pytest.fixture
def at_an_entrance(cast: Cast, reports: Reports, address: Address, city: City) -> Callable[[bool], Signal]:
    """Litter that was reported by an address, behind an entrance of several homes or of one."""

    def reported(shared: bool) -> Signal:
        homes = city.table("dwellings").drop_nulls("entrance").group_by("entrance").len().sort("entrance")
        entrance = homes.filter((pl.col("len") > 1) == shared)["entrance"][0]
        Address.objects.filter(pk=address.pk).update(entrance=entrance)
        return reports(
            cast.bas, kind=Signal.Kind.PUBLIC_SPACE, domain="housing", home="", near=home_of(address)
        )

    return reported


def test_a_place_told_by_an_address_is_sent_as_the_entrance_that_homes_share(
    there: Received, at_an_entrance: Callable[[bool], Signal], cast: Cast, mila: Client, city: City
) -> None:
    signal = at_an_entrance(True)
    assert [one.at for one in points(signal, cast)] == [At.ENTRANCE, At.COMPLEX, At.NEIGHBOURHOOD]
    page = mila.get(f"/signalen/{signal.key}/gemeente/").content.decode()
    assert "the entrance at this address, which several homes share" in page
    assert sent(mila, signal, place="entrance") == 303
    assert _sent_to(there) == points(signal, cast)[0].degrees


def test_the_front_door_of_one_home_is_sent_only_to_who_chooses_it(
    there: Received, at_an_entrance: Callable[[bool], Signal], cast: Cast, mila: Client
) -> None:
    signal = at_an_entrance(False)
    complex_, _, door = points(signal, cast)
    assert (complex_.at, door.at) == (At.COMPLEX, At.DOOR)
    page = mila.get(f"/signalen/{signal.key}/gemeente/").content.decode()
    assert re.search(r'value="complex"[^>]*checked', page)
    assert sent(mila, signal) == 303
    assert _sent_to(there) == complex_.degrees
    Forwarding.objects.update(state="refused")
    assert sent(mila, signal, place="door") == 303
    assert _sent_to(there) == door.degrees
    assert sent(mila, signal, place="elsewhere") == 422


def _sent_to(there: Received) -> tuple[float, ...]:
    return tuple(there.reports[-1]["location"]["geometrie"]["coordinates"])
