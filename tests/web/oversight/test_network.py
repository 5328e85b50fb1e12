"""The network: true to the register, and silent about anything that would tell of a few people."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import networkx as nx
import numpy as np
import pytest
from django.urls import reverse
from scipy.optimize import linprog

from ongedeeld.city import City
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.oversight.models import PublishedLink, PublishedWait
from ongedeeld.web.oversight.network import HALVES, network_for
from ongedeeld.web.oversight.network_picture import CENTRE, graph_of, layout_of
from ongedeeld.web.oversight.network_publishing import (
    ALL,
    half_of,
    ledger_of,
    middle_week,
    publish,
    to_publish,
)
from ongedeeld.web.partners.around import areas_now
from ongedeeld.web.partners.models import Agreement, Offer, OfferPlace, Organisation
from ongedeeld.web.referrals.models import Referral, ReferralPlace
from tests.web.conftest import Hire, Visit

TODAY, HALF = date(2026, 11, 23), date(2026, 1, 1)
OWN, OTHER = "BU99990101", "BU99990102"
Refer = Callable[..., None]


@pytest.fixture(autouse=True)
def nothing_published(data_folder: Path) -> None:
    """Each test begins with a ledger of its own."""
    for file in (data_folder / "published").glob("*referrals-*"):
        file.unlink()


@pytest.fixture
def adviser(hire: Hire) -> Person:
    """Who looks at the network."""
    return hire(Role.POLICY_ADVISER)


def partner(name: str, kind: str = "welfare") -> Organisation:
    made = datetime(2025, 2, 1, tzinfo=UTC)
    return Organisation.objects.create(name=name, kind=kind, made_by=uuid4(), made_at=made)


def offers(organisation: Organisation, domain: str, *codes: str, wait: int | None = None) -> None:
    offer = Offer.objects.create(
        organisation=organisation,
        name=domain,
        domain=domain,
        everywhere=not codes,
        wait_days=wait,
        wait_known_on=TODAY if wait is not None else None,
    )
    OfferPlace.objects.bulk_create(OfferPlace(offer=offer, code=code) for code in codes)


def agree(*parties: Organisation, review_on: date = date(2027, 6, 1), **more: object) -> Agreement:
    made = Agreement.objects.create(
        title=" & ".join(party.name for party in parties),
        purpose="samen",
        ground="none",
        from_day=date(2026, 8, 1),
        review_on=review_on,
        made_by=uuid4(),
        made_at=datetime(2026, 8, 1, tzinfo=UTC),
        **more,
    )
    made.parties.set(parties)
    return made


@pytest.fixture
def refer(db: None) -> Refer:
    """Referrals of the first half of 2026."""

    def referring(
        organisation: Organisation, count: int, state: str = "accepted", domain: str = "care", code: str = OWN
    ) -> None:
        for _ in range(count):
            one = Referral.objects.create(
                home=uuid4().hex,
                organisation=organisation,
                domain=domain,
                state=state,
                made_by=uuid4(),
                owner=uuid4(),
                sent_at=datetime(2026, 3, 3, tzinfo=UTC),
                respond_by=date(2026, 3, 12),
                remove_after=date(2028, 3, 3),
            )
            ReferralPlace.objects.create(referral=one, code=code)

    return referring


def shown(of: object, answer: str = ALL) -> int | None:
    name = str(getattr(of, "key", of))
    return PublishedLink.objects.get(half=HALF, by="organisation", of=name, answer=answer).shown


def test_a_line_stands_for_what_was_agreed(city: City, adviser: Person) -> None:
    welfare, debts, town = partner("Welzijn"), partner("Geldzorgen", "debt_help"), partner("Gemeente")
    agree(welfare, debts)
    agree(welfare, debts)
    agree(debts, town, ended_on=date(2026, 9, 1))
    graph = graph_of(network_for(adviser, TODAY))
    assert graph[CENTRE][str(welfare.key)]["weight"] == 2
    assert graph[str(welfare.key)][str(debts.key)]["weight"] == 2
    assert list(nx.isolates(graph)) == [str(town.key)], "an agreement that ended draws no line"


def test_everybody_stands_at_a_place_of_their_own_and_the_association_in_the_middle(
    city: City, adviser: Person
) -> None:
    for number in range(9):
        agree(partner(f"Partner {number}"))
    places = layout_of(network_for(adviser, TODAY))
    assert places[CENTRE] == (0.0, 0.0)
    for one, other in itertools.combinations(places.values(), 2):
        assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > 0.1
    assert places == layout_of(network_for(adviser, TODAY)), "the same each time"


def test_a_district_without_a_partner_for_a_domain_is_a_gap(city: City, adviser: Person) -> None:
    welfare = partner("Welzijn")
    offers(welfare, "care", OWN)
    offers(partner("Werkplein"), "work")
    found = network_for(adviser, TODAY)
    districts = areas_now().of_level("district")
    own = next(code for code in areas_now().line(OWN) if code in districts)
    assert found.coverage[own]["care"] == 1
    assert all(found.coverage[code]["care"] == 0 for code in districts if code != own)
    assert all(found.coverage[code]["work"] == 1 for code in districts)
    assert dict(found.gaps)[own] == ("housing", "education", "benefits", "pension")
    assert {"care"} < set(dict(found.gaps)[next(code for code in districts if code != own)])


def test_what_hangs_on_one_partner_is_said_with_the_one_on_whom_most_hangs_first(
    city: City, adviser: Person
) -> None:
    one, other = partner("Overal"), partner("Buurt")
    offers(one, "care")
    offers(other, "care", OWN)
    offers(other, "work", OWN)
    hanging = network_for(adviser, TODAY).hanging
    assert [link.organisation.name for link in hanging] == ["Overal", "Buurt"]
    assert {domain for _, domain in hanging[1].alone} == {"work"}


def test_the_shortest_and_longest_wait_are_told_and_what_is_unknown_is_not_counted_as_none(
    city: City, adviser: Person
) -> None:
    welfare = partner("Welzijn")
    offers(welfare, "care", wait=7)
    offers(welfare, "work", wait=40)
    offers(welfare, "housing")
    link = network_for(adviser, TODAY).links[0]
    assert (link.waits, link.unknown_waits) == ((7, 40), 1)
    assert network_for(adviser, TODAY).links[0].counted.sent is None


def test_agreements_ask_for_attention_eight_weeks_before_and_until_they_were_looked_at(
    city: City, adviser: Person
) -> None:
    welfare = partner("Welzijn")
    past = agree(welfare, review_on=TODAY - timedelta(days=1))
    near = agree(welfare, review_on=TODAY + timedelta(days=56))
    agree(welfare, review_on=TODAY + timedelta(days=57))
    assert list(network_for(adviser, TODAY).reviews) == [past, near]


def test_growth_tells_how_many_there_were_then(city: City, adviser: Person) -> None:
    agree(partner("Welzijn"))
    gone = partner("Gestopt")
    Organisation.objects.filter(pk=gone.pk).update(ended_on=date(2026, 3, 1))
    growth = network_for(adviser, TODAY).growth
    assert len(growth) == HALVES
    assert [one.organisations for one in growth] == [0, 0, 2, 2, 1, 1]
    assert [one.agreements for one in growth] == [0, 0, 0, 0, 0, 1]


def test_a_half_year_is_published_once_and_six_weeks_after_its_end(city: City, refer: Refer) -> None:
    refer(partner("Welzijn"), 1)
    assert to_publish(date(2026, 8, 11)) == []
    assert to_publish(date(2026, 8, 12)) == [HALF]
    publish(HALF, TODAY)
    assert to_publish(TODAY) == []
    assert half_of(date(2026, 6, 30)) == HALF


def test_counts_below_ten_are_hidden_and_others_rounded(city: City, refer: Refer) -> None:
    large, small = partner("Groot"), partner("Klein")
    refer(large, 33)
    refer(large, 12, "refused")
    refer(large, 11, "sent")
    refer(small, 3)
    publish(HALF, TODAY)
    assert shown(small) is None
    assert shown(small, "accepted") is None
    assert shown(large) is None or shown(ALL) is None, "the two together would tell of the small one"
    assert all(row.shown is None or row.shown % 5 == 0 for row in PublishedLink.objects.all())


def test_what_was_published_stays_when_a_referral_is_removed(city: City, refer: Refer) -> None:
    large = partner("Groot")
    refer(large, 40)
    publish(HALF, TODAY)
    before = list(PublishedLink.objects.values_list("by", "of", "answer", "shown"))
    Referral.objects.filter(pk__in=Referral.objects.values("pk")[:20]).delete()
    PublishedLink.objects.all().delete()
    publish(HALF, TODAY)
    assert list(PublishedLink.objects.values_list("by", "of", "answer", "shown")) == before
    assert len(ledger_of(HALF)) == 2


def test_who_sees_all_referrals_of_some_areas_learns_of_no_few_people_elsewhere(
    city: City, hire: Hire, refer: Refer
) -> None:
    hire(Role.HOUSING_CONSULTANT, [OWN])
    large, both = partner("Groot"), partner("Beide")
    refer(large, 50, code=OTHER)
    refer(both, 40, code=OWN)
    refer(both, 3, code=OTHER)
    publish(HALF, TODAY)
    assert shown(both) is None, "40 of your own from about 45 would tell that few were elsewhere"
    assert shown(both, "accepted") is None


def test_how_long_people_waited_is_told_of_the_middle_one_where_the_yeses_are(
    city: City, refer: Refer, adviser: Person
) -> None:
    large, small = partner("Groot"), partner("Klein")
    refer(large, 40)
    refer(small, 9)
    every = list(Referral.objects.order_by("pk").values_list("pk", flat=True))
    for at, pk in enumerate(every):
        Referral.objects.filter(pk=pk).update(
            answered_at=datetime(2026, 3, 4 + at % 9, tzinfo=UTC),
            contact_on=date(2026, 3, 20) if at % 3 else None,
        )
    publish(HALF, TODAY)
    told = {row.organisation: (row.answer_weeks, row.contact_weeks) for row in PublishedWait.objects.all()}
    assert set(told) <= {large.key}, "of nine people nothing is told"
    shows = PublishedLink.objects.get(of=str(large.key), answer="accepted", by="organisation").shown
    assert told == ({large.key: (1, 3)} if shows is not None else {})
    links = {link.organisation.key: link.waited for link in network_for(adviser, TODAY).links}
    assert links[small.key] is None
    Referral.objects.all().delete()
    assert PublishedWait.objects.count() == len(told), "what was published stays"


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ([], None),
        ([3], 1),
        ([0, 0, 0], 0),
        ([1, 8, 15], 2),
        ([1, 8], 1),
        ([1, None, None], None),
        ([7, 7], 1),
    ],
)
def test_the_middle_one_waits_whole_weeks(days: list[int | None], weeks: int | None) -> None:
    assert middle_week(days) == weeks


def test_a_total_that_one_table_hides_stands_in_no_other(city: City, hire: Hire, refer: Refer) -> None:
    hire(Role.HOUSING_CONSULTANT, [OWN])
    large = partner("Groot")
    refer(large, 40, code=OWN, domain="care")
    refer(large, 4, code=OTHER, domain="care")
    publish(HALF, TODAY)
    totals = PublishedLink.objects.filter(of=ALL, answer=ALL)
    assert {(row.by, row.shown) for row in totals} == {("organisation", None), ("domain", None)}


@pytest.mark.parametrize("seed", range(6))
def test_nobody_can_reckon_out_a_count_below_the_least(city: City, refer: Refer, seed: int) -> None:
    chance = np.random.default_rng(seed)
    partners = [partner(f"Partner {number}") for number in range(4)]
    truth: Counter[tuple[str, str]] = Counter()
    for one, state in itertools.product(partners, ("accepted", "refused", "sent")):
        count = int(chance.choice((0, 1, 4, 9, 12, 30)))
        refer(one, count, state, domain=str(chance.choice(("care", "work", "housing"))))
        truth[str(one.key), "other" if state == "sent" else state] += count
    publish(HALF, TODAY)
    found = reckoned_out(partners)
    assert found, "the reader has something to reckon with"
    for cell, (lowest, highest) in found.items():
        if truth[cell] < 10:
            assert lowest == 0, f"{cell}: of a small count nobody can say that it is not none"
            assert highest >= 10, f"{cell}: nor that it is small"


def reckoned_out(partners: Sequence[Organisation]) -> dict[tuple[str, str], tuple[float, float]]:
    """Between what each count must lie, for who knows the published table and that it adds up."""
    answers = ("accepted", "refused", "other")
    cells = [(str(one.key), answer) for one in partners for answer in answers]
    wanted = {str(one.key): [str(one.key)] for one in partners} | {ALL: [str(one.key) for one in partners]}
    rows, bounds = [], []
    for row in PublishedLink.objects.filter(by="organisation", shown__isnull=False):
        parts = answers if row.answer == ALL else (row.answer,)
        if row.of in wanted:
            rows.append([float(of in wanted[row.of] and answer in parts) for of, answer in cells])
            bounds.append((max(0.0, (row.shown or 0) - 2.0), (row.shown or 0) + 2.0))
    matrix = [*rows, *([-one for one in row] for row in rows)]
    limits = [*(high for _, high in bounds), *(-low for low, _ in bounds)]

    def farthest(at: int, sign: int) -> float:
        price = [float(sign * (here == at)) for here in range(len(cells))]
        found = linprog(price, A_ub=matrix or None, b_ub=limits or None, bounds=[(0, 1000)] * len(cells))
        assert found.status == 0
        return sign * float(found.fun)

    return {cell: (farthest(at, 1), farthest(at, -1)) for at, cell in enumerate(cells)}


def test_only_who_watches_over_the_network_sees_it(city: City, hire: Hire) -> None:
    for role in (Role.CARETAKER, Role.HOUSING_CONSULTANT, Role.PARTNER, Role.TENANTS):
        with pytest.raises(Refused):
            network_for(hire(role), TODAY)


def _fill(refer: Refer) -> None:
    welfare, debts = partner("Welzijn"), partner("=Geldzorgen", "debt_help")
    offers(welfare, "care", OWN, wait=7)
    offers(debts, "benefits")
    agree(welfare, debts, review_on=TODAY)
    refer(welfare, 30)
    refer(welfare, 10, "refused")
    refer(debts, 3)
    publish(HALF, TODAY)


def test_the_page_and_the_file_tell_the_same_and_no_hidden_count(
    city: City, adviser: Person, visit: Visit, refer: Refer
) -> None:
    _fill(refer)
    browser = visit(adviser)
    page = browser.get(reverse("network"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "<svg" in text
    assert "style=" not in text
    for name in ("Welzijn", "=Geldzorgen"):
        assert name in text
    file = browser.get(reverse("network_file")).content.decode("utf-8-sig")
    lines = file.splitlines()
    assert len(lines) == 3
    assert not any(line.startswith("=") for line in lines), "no cell is a formula"
    assert ";3;" not in file


def test_before_there_are_partners_the_page_teaches(city: City, adviser: Person, visit: Visit) -> None:
    page = visit(adviser).get(reverse("network"))
    assert page.status_code == 200
    assert reverse("partners") in page.content.decode()
