"""Telling what one saw: on the page, without a script, and as a device sends it."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.signals.contents import contents_of
from ongedeeld.web.signals.models import Photo, Signal, Team, VisitNote
from ongedeeld.web.signals.reporting.photos import content_of
from ongedeeld.web.signals.reporting.spots import find_spots, spot_at
from tests.web.conftest import Visit
from tests.web.signals.conftest import AROUND, COMPLEX, HERE, Cast, in_days

pytestmark = pytest.mark.usefixtures("team", "addresses")


def filled(**told: object) -> dict[str, object]:
    """The form as Bas fills it in, with what is told otherwise."""
    return {
        "key": str(uuid4()),
        "danger": "no",
        "kind": "concern",
        "complex": COMPLEX,
        "facts": ["post_piles_up", "curtains_shut"],
        "told": "yes",
        "seen_on": f"{in_days(0)}",
        "do": "report",
    } | told


def test_a_signal_takes_a_place_and_a_few_ticks(cast: Cast, visit: Visit, team: Team) -> None:
    page = visit(cast.bas).post(reverse("new_signal"), filled(), follow=True)
    assert page.status_code == 200
    signal = Signal.objects.get()
    assert team.name in page.content.decode()
    assert signal.made_by == cast.bas.key
    assert signal.complex == COMPLEX
    assert signal.area_codes == set(AROUND)
    assert signal.domain == "housing"
    assert contents_of(signal.key, signal.sealed).facts == ("post_piles_up", "curtains_shut")


def test_a_home_is_found_by_typing_its_address(cast: Cast, visit: Visit, address: Address) -> None:
    client = visit(cast.bas)
    page = client.post(
        reverse("new_signal"),
        filled(do="search", complex="", search=f"{address} {address.postcode}", note="Stil."),
    ).content.decode()
    assert f'name="address" id="address_{address.pk}"' in page
    assert "Stil." in page
    client.post(reverse("new_signal"), filled(complex="", address=address.pk))
    signal = Signal.objects.get()
    assert signal.home == blind_home(home_of(address))
    assert signal.told_at is not None
    assert contents_of(signal.key, signal.sealed).address.startswith(str(address))


@pytest.mark.parametrize(
    "typed",
    [
        "{0}, {0.postcode}",
        "{0}",
        "{0.postcode} {0.number}-{0.addition}",
        "{0.street} {0.number} {0.addition}",
    ],
)
def test_an_address_that_was_typed_whole_is_looked_up_when_it_comes_in(
    cast: Cast, visit: Visit, address: Address, typed: str
) -> None:
    told = filled(complex="", search=typed.format(address))
    assert visit(cast.femke).post(reverse("new_signal"), told).status_code == 303
    assert Signal.objects.get().home == blind_home(home_of(address))


def test_an_address_that_only_resembles_what_was_typed_is_for_a_person_to_choose(
    cast: Cast, visit: Visit, address: Address
) -> None:
    Address.objects.filter(street=address.street).exclude(pk=address.pk).delete()
    told = filled(complex="", search=f"{address.street[:-2]} {address.number}")
    page = visit(cast.bas).post(reverse("new_signal"), told)
    assert page.status_code == 422
    assert f'id="address_{address.pk}"' in page.content.decode()


def test_it_asks_which_address_where_more_fit(cast: Cast, visit: Visit, address: Address) -> None:
    page = visit(cast.bas).post(reverse("new_signal"), filled(complex="", search=address.street))
    assert page.status_code == 422
    assert page.content.decode().count('type="radio" name="address"') > 1
    assert not Signal.objects.exists()


def test_what_is_typed_after_an_address_was_chosen_counts(cast: Cast, visit: Visit, address: Address) -> None:
    other = Address.objects.filter(complex=COMPLEX).exclude(pk=address.pk).last()
    assert other is not None
    told = filled(complex="", address=address.pk, search=f"{other}, {other.postcode}")
    assert visit(cast.bas).post(reverse("new_signal"), told).status_code == 303
    assert Signal.objects.get().home == blind_home(home_of(other))


def test_nobody_reports_outside_their_own_areas(cast: Cast, visit: Visit) -> None:
    outside = Address.objects.exclude(area=AROUND[0]).first()
    assert outside is not None
    for told in ({"address": outside.pk}, {"complex": outside.complex}, {"search": f"{outside}"}):
        page = visit(cast.bas).post(reverse("new_signal"), filled(**({"complex": ""} | told)))
        assert page.status_code == 422
    assert not Signal.objects.exists()


def test_what_is_sent_twice_is_one_signal(cast: Cast, visit: Visit) -> None:
    told, client = filled(), visit(cast.bas)
    headers = {"Accept": "application/json"}
    first, again = (client.post(reverse("new_signal"), told, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"key": told["key"]}
    assert Signal.objects.count() == 1


def test_a_key_of_somebody_else_is_refused(cast: Cast, visit: Visit) -> None:
    told = filled()
    visit(cast.bas).post(reverse("new_signal"), told)
    assert visit(cast.femke).post(reverse("new_signal"), told).status_code == 422


def test_a_device_hears_which_fields_are_wrong_and_nothing_else(cast: Cast, visit: Visit) -> None:
    told = filled(note="Zij is dement.", seen_on=f"{in_days(3)}")
    answer = visit(cast.bas).post(reverse("new_signal"), told, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json() == {"wrong": ["note", "seen_on"]}


def test_a_device_asks_who_is_signed_in_without_hearing_who_it_is(cast: Cast, visit: Visit) -> None:
    answers = [
        visit(who).get(reverse("new_signal_standing")).json() for who in (cast.bas, cast.bas, cast.femke)
    ]
    owners = [answer["owner"] for answer in answers]
    assert owners[0] == owners[1] != owners[2]
    assert str(cast.bas.key) not in owners[0]
    assert visit(None).get(reverse("new_signal_standing")).status_code == 302


def test_the_page_that_a_device_keeps_tells_of_nobody(cast: Cast, visit: Visit, address: Address) -> None:
    page = visit(cast.bas).get(reverse("new_signal_shell")).content.decode()
    for word in (cast.bas.name, cast.bas.email, str(cast.bas.key), address.street, "csrfmiddlewaretoken"):
        assert word not in page
    assert COMPLEX in page


def test_not_telling_asks_a_reason_and_a_day(cast: Cast, visit: Visit, address: Address) -> None:
    client = visit(cast.bas)
    home = {"complex": "", "address": address.pk, "told": "no"}
    assert client.post(reverse("new_signal"), filled(**home)).status_code == 422
    late = {"not_told": "Niemand deed open.", "told_by": f"{in_days(60)}"}
    assert client.post(reverse("new_signal"), filled(**home, **late)).status_code == 422
    in_time = late | {"told_by": f"{in_days(7)}"}
    assert client.post(reverse("new_signal"), filled(**home, **in_time)).status_code == 303
    signal = Signal.objects.get()
    assert (signal.told_by, signal.told_at) == (in_days(7), None)
    assert contents_of(signal.key, signal.sealed).not_told == "Niemand deed open."


def test_nothing_seen_is_no_signal(cast: Cast, visit: Visit) -> None:
    assert visit(cast.bas).post(reverse("new_signal"), filled(facts=["mould"])).status_code == 422


def test_an_old_day_and_a_day_to_come_are_refused(cast: Cast, visit: Visit) -> None:
    for day in (in_days(1), in_days(-90)):
        assert visit(cast.bas).post(reverse("new_signal"), filled(seen_on=f"{day}")).status_code == 422


def test_load_and_nuisance_are_two_things(cast: Cast, visit: Visit) -> None:
    client = visit(cast.bas)
    for weight in ("load", "nuisance"):
        client.post(reverse("new_signal"), filled(kind="nuisance", facts=["noise_day"], weight=weight))
    assert sorted(Signal.objects.values_list("weight", flat=True)) == ["load", "nuisance"]


def photo(kind: str = "JPEG") -> bytes:
    """A picture that tells where it was taken."""
    picture = Image.new("RGB", (2400, 1200), (90, 120, 90))
    told = Image.Exif()
    told[0x010F] = "Camera van Bas"
    told.get_ifd(0x8825)[2] = (52.0, 5.0, 7.0)
    written = BytesIO()
    picture.save(written, kind, exif=told)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_sealed_small_and_without_where_it_was_taken(
    cast: Cast, visit: Visit, kind: str
) -> None:
    assert b"Camera van Bas" in photo(kind)
    sent = filled(kind="public_space", facts=["bulky_waste"], photos=SimpleUploadedFile("a.jpg", photo(kind)))
    visit(cast.bas).post(reverse("new_signal"), sent)
    kept = Photo.objects.get()
    assert not bytes(kept.sealed).startswith(b"\xff\xd8")
    shown = content_of(kept)
    opened = Image.open(BytesIO(shown))
    assert opened.size == (1600, 800)
    assert not opened.getexif()
    assert b"Camera" not in shown


def test_no_photo_goes_with_a_signal_about_people(cast: Cast, visit: Visit) -> None:
    visit(cast.bas).post(reverse("new_signal"), filled(photos=SimpleUploadedFile("a.jpg", photo())))
    assert Signal.objects.exists()
    assert not Photo.objects.exists()


def test_what_is_no_picture_is_refused(cast: Cast, visit: Visit) -> None:
    for content in (b"no picture", photo()[:200], b"\xff\xd8\xff\xe0" + b"x" * 50):
        sent = filled(kind="home", facts=["leak"], photos=SimpleUploadedFile("a.jpg", content))
        assert visit(cast.bas).post(reverse("new_signal"), sent).status_code == 422
    assert not Signal.objects.exists()


def test_a_photo_never_lies_on_a_disk(cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)
    sent = filled(kind="home", facts=["leak"], photos=SimpleUploadedFile("a.jpg", photo()))
    visit(cast.bas).post(reverse("new_signal"), sent)
    assert Photo.objects.count() == 1


def test_photos_that_are_too_large_together_are_refused_and_the_words_kept(
    cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ongedeeld.web.signals.reporting.photo_uploading.MOST_BYTES", 1000)
    sent = filled(
        kind="home", facts=["leak"], photos=SimpleUploadedFile("a.jpg", photo()), note="Onder het bad."
    )
    page = visit(cast.bas).post(reverse("new_signal"), sent)
    assert page.status_code == 422
    assert "Onder het bad." in page.content.decode()
    assert not Signal.objects.exists()


def test_a_form_without_its_token_is_not_taken_in(cast: Cast) -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(cast.bas)
    assert client.post(reverse("new_signal"), filled()).status_code == 403
    token = client.get(reverse("new_signal_standing")).json()["token"]
    assert client.post(reverse("new_signal"), filled(csrfmiddlewaretoken=token)).status_code == 303
    assert Signal.objects.count() == 1


def test_the_page_asks_little_of_the_database(
    cast: Cast, visit: Visit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = visit(cast.bas)
    client.get(reverse("new_signal"))
    with django_assert_max_num_queries(8):
        client.get(reverse("new_signal"))


def test_the_script_behind_the_pages_is_served_from_where_it_may_work(visit: Visit) -> None:
    answer = visit(None).get(reverse("signals_worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert reverse("signals_worker").startswith("/signalen/")


def test_signing_out_has_the_device_forget(cast: Cast, visit: Visit) -> None:
    client = visit(cast.bas)
    assert "Clear-Site-Data" not in client.get(reverse("account_logout")).headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"storage"'


def test_the_script_behind_the_pages_knows_the_addresses_that_it_keeps(
    visit: Visit, settings: Settings
) -> None:
    script = visit(None).get(reverse("signals_worker")).content.decode()
    assert f'"{reverse("new_signal")}"' in script
    assert reverse("new_signal_shell").removeprefix(reverse("new_signal")) in script
    assert f'"{settings.STATIC_URL}"' in script


def test_every_address_that_is_found_may_be_reported_of_and_no_other(cast: Cast) -> None:
    known = areas_known(cast.bas)
    for address in Address.objects.order_by("street_key", "number", "addition_key")[::37][:40]:
        here = address.area == HERE or address.complex in {
            code for code, area in known.items() if area.kind == "complex" and HERE in area.area_codes
        }
        assert bool(find_spots(cast.bas, f"{address}")) == here, address
        if here:
            assert spot_at(cast.bas, address.pk) is not None
        else:
            with pytest.raises(Refused):
                spot_at(cast.bas, address.pk)


def test_how_to_go_to_an_address_stands_beside_it(cast: Cast, visit: Visit, address: Address) -> None:
    home = blind_home(home_of(address))
    VisitNote.objects.create(
        home=home,
        sealed="",
        complex=COMPLEX,
        areas=list(AROUND),
        manner=VisitNote.Manner.TOGETHER,
        review_on=in_days(30),
        made_by=cast.mila.key,
        remove_after=in_days(60),
    )
    for who, told in ((cast.bas, 1), (cast.femke, 1)):
        search = filled(do="search", complex="", search=f"{address}")
        page = visit(who).post(reverse("new_signal"), search).content.decode()
        assert page.count('class="manner"') == told
