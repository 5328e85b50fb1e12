"""What is tried before an eviction, who decides, and how it is counted."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import polars as pl
import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.preventing import cases, work
from ongedeeld.web.preventing.arrears import end, meet
from ongedeeld.web.preventing.contents import Threat
from ongedeeld.web.preventing.counting import (
    ended_counts,
    next_quarter,
    observations_with,
    quarter_of,
    quarters,
)
from ongedeeld.web.preventing.models import Case, TakenAlong, Tried
from ongedeeld.web.preventing.reminding import ask_for_counts, asks_for_counts
from ongedeeld.web.preventing.safeguarding import remove_past_cases
from ongedeeld.web.preventing.taking_along import last_whole_quarter, quarters_waiting
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.safeguards.request_holdings import holdings
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Hire, Visit
from tests.web.posting import post_goes
from tests.web.preventing.conftest import ALL, Owes, days_ago, delivery_of, send
from tests.web.signals.conftest import COMPLEX, HERE, Cast, Reports

TODAY = timezone.localdate
VISITED = {"what": "visit", "by": "association", "result": "no_contact"}
OFFERED = {"what": "debt_help", "by": "municipality", "result": "refused"}
WHY = "Er is alles aangeboden en er is geen afspraak mogelijk gebleken."


@pytest.fixture
def case(cast: Cast, address: Address) -> Case:
    """A case at the home of the resident, from arrears; Sanne keeps it."""
    return begun(cast.sanne, address)


def begun(person: Person, address: Address, opened: date | None = None) -> Case:
    """A case at an address."""
    made = cases.begin(
        where_is(person, address),
        Threat(str(address)),
        "arrears",
        actor=person,
        now=timezone.now(),
        today=TODAY(),
    )
    if opened:
        Case.objects.filter(pk=made.pk).update(opened_on=opened)
    return Case.objects.get(pk=made.pk)


def tried(client: Client, case: Case, told: dict[str, str], words: str = "") -> int:
    """Write down what was tried, in the browser; what the page answers."""
    form = {f"try-{name}": value for name, value in told.items()}
    form |= {"try-day": TODAY().isoformat(), "try-words": words}
    return client.post(f"/ontruiming/{case.key}/geprobeerd/", form).status_code


def decided(client: Client, case: Case) -> int:
    """Decide that nothing else is left, in the browser."""
    case.refresh_from_db()
    told = {"decide-reasons": WHY, "decide-version": case.version}
    return client.post(f"/ontruiming/{case.key}/besluit/", told).status_code


def ended(client: Client, case: Case, outcome: str, day: date | None = None) -> int:
    """Write down how it ended, in the browser."""
    case.refresh_from_db()
    told = {"end-outcome": outcome, "end-day": day or TODAY(), "end-version": case.version}
    return client.post(f"/ontruiming/{case.key}/beeindigen/", told).status_code


def test_an_eviction_is_decided_by_another_after_people_were_reached_for_and_helped(
    cast: Cast, case: Case, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    assert decided(mila, case) == 422
    assert tried(sanne, case, VISITED) == 303
    page = mila.get(f"/ontruiming/{case.key}/").content.decode()
    assert "no help was offered yet" in page
    assert decided(mila, case) == 422
    assert tried(sanne, case, OFFERED, "Samen gebeld met de gemeente.") == 303
    assert decided(sanne, case) == 403
    assert decided(mila, case) == 303
    case.refresh_from_db()
    assert (case.state, case.decided_by, case.decided_on) == ("last_resort", cast.mila.key, TODAY())
    assert WHY not in case.reasons
    assert WHY in sanne.get(f"/ontruiming/{case.key}/").content.decode()
    assert ended(sanne, case, "evicted") == 303


def test_help_that_reached_nobody_does_not_suffice_unless_it_is_told_why_nobody_can_be_reached(
    cast: Cast, case: Case, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    tried(sanne, case, VISITED)
    tried(sanne, case, OFFERED | {"result": "no_contact"})
    tried(sanne, case, {"what": "warning", "by": "association", "result": "no_help"})
    assert decided(mila, case) == 422
    assert "nobody has spoken with the household yet" in mila.get(f"/ontruiming/{case.key}/").content.decode()
    assert tried(sanne, case, VISITED | {"result": "unreachable"}) == 422
    why = "Vijf keer aan de deur, op verschillende dagen; ook het wijkteam bereikt niemand."
    assert tried(sanne, case, VISITED | {"result": "unreachable"}, why) == 303
    assert decided(mila, case) == 303


def test_who_keeps_the_case_does_not_decide_it(cast: Cast, address: Address, visit: Visit) -> None:
    case, mila = begun(cast.mila, address), visit(cast.mila)
    tried(mila, case, VISITED)
    tried(mila, case, OFFERED)
    assert decided(mila, case) == 422


def test_what_is_still_going_on_is_waited_for(cast: Cast, case: Case, visit: Visit) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    tried(sanne, case, VISITED)
    tried(sanne, case, OFFERED | {"result": "running"})
    assert decided(mila, case) == 422
    tried(sanne, case, OFFERED | {"result": "no_help"})
    assert decided(mila, case) == 303


def test_nobody_is_evicted_while_help_that_came_after_the_decision_is_going_on(
    cast: Cast, case: Case, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    for told in (VISITED, OFFERED):
        tried(sanne, case, told)
    assert decided(mila, case) == 303
    tried(sanne, case, OFFERED | {"what": "support", "by": "partner", "result": "running"})
    assert ended(sanne, case, "evicted") == 422
    assert ended(sanne, case, "prevented") == 303


def test_nobody_is_evicted_without_a_decision_and_one_that_was_taken_back_is_none(
    cast: Cast, case: Case, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    assert ended(sanne, case, "evicted") == 422
    tried(sanne, case, VISITED)
    tried(sanne, case, OFFERED)
    decided(mila, case)
    case.refresh_from_db()
    back = mila.post(f"/ontruiming/{case.key}/besluit/intrekken/", {"version": case.version})
    assert back.status_code == 303
    assert ended(sanne, case, "evicted") == 422
    assert ended(sanne, case, "prevented") == 303


def test_of_two_who_decide_at_once_the_second_reads_what_the_first_did(
    cast: Cast, case: Case, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    tried(sanne, case, VISITED)
    tried(sanne, case, OFFERED)
    seen = case.version
    assert decided(mila, case) == 303
    stale = {"end-outcome": "prevented", "end-day": TODAY(), "end-version": seen}
    page = sanne.post(f"/ontruiming/{case.key}/beeindigen/", stale)
    assert page.status_code == 422
    assert "is the last resort" in page.content.decode()


def test_what_was_tried_cannot_be_changed(cast: Cast, case: Case, visit: Visit) -> None:
    tried(visit(cast.sanne), case, VISITED)
    for change in ({"result": "helped"}, {"from_arrears": True}, {"how": "letter"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Tried.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Tried.objects.all().delete()
    assert Tried.objects.get().result == "no_contact"


def test_words_that_tell_of_an_illness_are_stopped_and_kept_in_the_form(
    cast: Cast, case: Case, visit: Visit
) -> None:
    form = {f"try-{name}": value for name, value in VISITED.items()}
    form |= {"try-day": TODAY().isoformat(), "try-words": "Mevrouw is dement."}
    page = visit(cast.sanne).post(f"/ontruiming/{case.key}/geprobeerd/", form)
    assert page.status_code == 422
    assert "Mevrouw is dement." in page.content.decode()
    assert not Tried.objects.exists()


def test_a_case_takes_over_once_what_arrears_tell_and_none_of_it_counts_as_contact(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    sanne, mila = visit(cast.sanne), visit(cast.mila)
    arrears = owes(*ALL)
    send(sanne, delivery_of(sanne))
    page, once = f"/ontruiming/nieuw/?achterstand={arrears.key}", uuid4()
    assert "Written reminder, " in sanne.get(page).content.decode()
    assert [mila.post(page, {"once": key}).status_code for key in (once, once, uuid4())] == [303, 303, 422]
    case = Case.objects.get()
    here = sanne.get(f"/huurachterstand/{arrears.key}/").content.decode()
    assert f"/ontruiming/{case.key}/" in here
    assert f"?achterstand={arrears.key}" not in here
    lines = case.tries.values_list("what", "how", "day", "from_arrears")
    assert list(lines) == [
        ("reminder", "letter", days_ago(40), True),
        ("visit", "visit", days_ago(35), True),
        ("debt_help", "visit", days_ago(35), True),
        ("signal", "", TODAY(), True),
    ]
    shown = sanne.get(f"/ontruiming/{case.key}/").content.decode()
    assert shown.count(f"taken over from the rent arrears, where {cast.sanne.name} wrote it down") == 4
    assert "nobody has spoken with the household yet" in shown
    assert "something that may help is still going on" not in shown
    kept = holdings()["preventing.eviction"].named(case.key)
    assert kept
    assert [fact.value for fact in kept.facts if fact.name.endswith("_from")] == ["rent arrears"] * 4
    Case.objects.update(owner=cast.sanne.key)
    assert decided(mila, case) == 422
    earlier = {"what": "debt_help", "by": "association", "result": "running"}
    cases.try_something(
        case,
        cases.Attempt(day=days_ago(36), **earlier),
        actor=cast.sanne,
        now=timezone.now(),
        today=TODAY(),
    )
    assert (
        "something that may help is still going on" in mila.get(f"/ontruiming/{case.key}/").content.decode()
    )
    assert tried(sanne, case, earlier | {"result": "no_help"}) == 303
    assert "4 times in all" in mila.get(f"/ontruiming/{case.key}/").content.decode(), "no letter, no signal"
    assert decided(mila, case) == 303


@pytest.mark.parametrize(("how", "what"), [("phone", "reach"), ("office", "reach"), ("visit", "visit")])
def test_only_who_went_to_the_door_has_gone_there(
    how: str, what: str, cast: Cast, owes: Owes, visit: Visit
) -> None:
    arrears = owes()
    now = timezone.now()
    meet(arrears, "contact", day=days_ago(3), how=how, actor=cast.sanne, now=now, today=TODAY())
    end(arrears, "arranged", actor=cast.sanne, now=now, today=TODAY())
    sanne = visit(cast.sanne)
    sanne.post(f"/ontruiming/nieuw/?achterstand={arrears.key}", {"once": ""})
    assert list(Tried.objects.values_list("what", "how")) == [(what, how), ("arrangement", "")]
    page = f"/ontruiming/{Case.objects.get().key}/"
    assert "something that may help is still going on" in sanne.get(page).content.decode(), "it may hold"
    came = {"what": "arrangement", "by": "association", "result": "no_help"}
    tried(sanne, Case.objects.get(), came)
    assert "something that may help is still going on" not in sanne.get(page).content.decode()


def test_a_case_from_arrears_or_a_signal_goes_no_later_than_what_it_was_copied_from(
    cast: Cast, owes: Owes, reports: Reports, visit: Visit
) -> None:
    sanne = visit(cast.sanne)
    arrears = owes("reminder")
    assert sanne.post(f"/ontruiming/nieuw/?achterstand={arrears.key}", {"once": ""}).status_code == 303
    case = Case.objects.get()
    assert case.remove_after == case.no_later == arrears.remove_after
    assert ended(sanne, case, "prevented") == 303
    case.refresh_from_db()
    assert case.remove_after == arrears.remove_after
    signal = reports(cast.bas, kind=Signal.Kind.NUISANCE, weight="nuisance", domain="")
    assert sanne.post(f"/ontruiming/nieuw/?melding={signal.key}", {"once": ""}).status_code == 303
    latest = Case.objects.latest("id")
    assert (latest.occasion, latest.home) == ("nuisance", signal.home)
    assert latest.remove_after <= signal.remove_after


def test_a_case_of_another_area_is_not_found(cast: Cast, case: Case, visit: Visit) -> None:
    noor = visit(cast.noor)
    assert noor.get(f"/ontruiming/{case.key}/").status_code == 404
    assert str(case.key) not in noor.get("/ontruiming/").content.decode()
    assert visit(cast.olga).get("/ontruiming/").status_code == 403


def test_counts_stay_true_when_what_was_counted_is_removed(cast: Cast, case: Case, visit: Visit) -> None:
    ended(visit(cast.sanne), case, "prevented")
    before = ended_counts()
    assert before.rows() == [(COMPLEX, quarter_of(TODAY()), "evictions_prevented", 1)]
    Case.objects.update(remove_after=days_ago(1))
    assert remove_past_cases(TODAY(), 10) == 1
    assert not Case.objects.exists()
    assert ended_counts().equals(before)


def test_a_household_that_left_by_itself_counts_as_neither(cast: Cast, case: Case, visit: Visit) -> None:
    ended(visit(cast.sanne), case, "left")
    assert ended_counts().is_empty()


def test_quarters_follow_each_other_over_the_years() -> None:
    found = quarters(date(2025, 8, 1), date(2026, 4, 1))
    assert found == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]


def test_counts_are_laid_over_those_of_the_city_for_the_quarters_that_are_kept_here(
    cast: Cast, address: Address, city: City, visit: Visit
) -> None:
    last = last_whole_quarter(TODAY())
    case = begun(cast.sanne, address, opened=last)
    assert ended(visit(cast.sanne), case, "prevented", last + timedelta(days=10)) == 303
    laid = observations_with(city, last, last)
    held = city.table("observations")
    assert laid.columns == held.columns
    ours = laid.filter(pl.col("period") == last, pl.col("observation").str.starts_with("evictions"))
    assert ours.filter(complex=COMPLEX, observation="evictions_prevented")["count"].to_list() == [1]
    assert ours["count"].sum() == 1
    assert set(ours["complex"]) == set(city.table("complexes")["complex"])
    rest = laid.join(ours, on=("complex", "period", "observation"), how="anti")
    assert (
        rest.height
        == held.filter(
            ~((pl.col("period") == last) & pl.col("observation").str.starts_with("evictions"))
        ).height
    )


def test_a_data_manager_takes_the_counts_along_and_nobody_reads_them_before_they_are_accepted(
    cast: Cast, case: Case, hire: Hire, visit: Visit
) -> None:
    dana = visit(hire(Role.DATA_MANAGER))
    told = {"since": (last_whole_quarter(TODAY()) - timedelta(days=200)).isoformat()}
    answer = dana.post("/ontruiming/aantallen/meenemen/", told)
    version = CityVersion.objects.exclude(state="current").get()
    assert answer["Location"] == f"/gegevens/versies/{version.key}/"
    assert version.state == "waiting"
    assert version.files == ["observations.csv"]
    assert TakenAlong.objects.get().version == version.key
    file = dana.post("/ontruiming/aantallen/bestand/", told)
    assert file.content.decode().startswith("complex,period,observation,reason,count,status")
    assert visit(cast.mila).post("/ontruiming/aantallen/meenemen/", told).status_code == 403


def test_a_quarter_that_is_not_over_is_not_taken_along(cast: Cast, hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.DATA_MANAGER)).post("/ontruiming/aantallen/meenemen/", {"since": TODAY()})
    assert page.status_code == 422
    assert not TakenAlong.objects.exists()


def test_counts_of_a_quarter_that_is_over_are_asked_for_once_and_a_person_decides(
    cast: Cast, address: Address, hire: Hire, visit: Visit, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.ADDRESS = "post.example", "https://ongedeeld.voorbeeld.invalid"
    last = last_whole_quarter(TODAY())
    dana, words = visit(hire(Role.DATA_MANAGER)), "The counts of evictions of one quarter wait"
    assert not asks_for_counts(next_quarter(last))
    begun(cast.sanne, address, opened=last)
    assert words in dana.get("/").content.decode()
    assert words not in visit(cast.mila).get("/").content.decode()
    assert ask_for_counts(TODAY()) == 1
    post_goes()
    (letter,) = mail.outbox
    assert "/ontruiming/aantallen/" in letter.body
    assert "evict" not in f"{letter.subject} {letter.body}".casefold()

    dana.post("/ontruiming/aantallen/meenemen/", {"since": last})
    assert words not in dana.get("/").content.decode()
    assert quarters_waiting(next_quarter(next_quarter(last))) == [next_quarter(last)]
    CityVersion.objects.filter(key=TakenAlong.objects.get().version).update(state="refused")
    assert words in dana.get("/").content.decode()


def test_counts_are_asked_for_in_the_first_weeks_of_a_quarter_and_once(cast: Cast, address: Address) -> None:
    begun(cast.sanne, address, opened=date(2025, 10, 1))
    asked = [date(2026, 4, 1) + timedelta(days=day) for day in range(90)]
    days = [day for day in asked if asks_for_counts(day)]
    assert (days[0], days[-1]) == (date(2026, 4, 1), date(2026, 5, 29))
    assert all(day.weekday() < 5 for day in days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "asks_for_counts", lambda _: True)
        for day in days[:2]:
            job = ask("preventing.remind", {"day": f"{day}"}, actor=None)
            Job.objects.filter(pk=job.pk).update(state="running")
            run = Run(Job.objects.get(pk=job.pk), kinds()[job.kind])
            work.remind_people(run, day=f"{day}")
    assert Job.objects.filter(kind=work.ASK_FOR_COUNTS).count() == 1


def test_the_team_sees_its_own_counts(cast: Cast, case: Case, visit: Visit) -> None:
    ended(visit(cast.sanne), case, "prevented")
    page = "/ontruiming/aantallen/"
    assert 'data-head="Evictions prevented"' in visit(cast.mila).get(page).content.decode()
    assert 'data-head="Evictions prevented"' not in visit(cast.noor).get(page).content.decode()
    assert visit(cast.bas).get(page).status_code == 403


def test_a_case_is_refused_in_words_while_another_is_open(cast: Cast, case: Case, address: Address) -> None:
    assert case.area_codes >= {HERE, COMPLEX}
    with pytest.raises(InputError, match="already"):
        begun(cast.mila, address)
