"""The network of partners: who works with whom on what, where nobody does, and on whom it hangs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.oversight.models import PublishedLink, PublishedWait
from ongedeeld.web.oversight.network_publishing import ALL, half_of
from ongedeeld.web.partners.around import Areas, areas_now
from ongedeeld.web.partners.models import Agreement, Offer, Organisation
from ongedeeld.web.partners.queries import running
from ongedeeld.web.signals.counting.quarters import after

SEE = "oversight.see_network"
DOMAINS = tuple(str(domain) for domain in LIFE_DOMAIN_LABELS)
SOON = timedelta(weeks=8)
HALVES = 6
"""Of how many half-years it is told how the network grew."""


@dataclass(frozen=True)
class Counted:
    """How many referrals there were in a half-year, rounded; a count that is none is not told."""

    sent: int | None = None
    accepted: int | None = None
    refused: int | None = None

    @property
    def refused_share(self) -> float | None:
        """Which part was refused; none where that is not told."""
        if self.refused is None or not self.sent:
            return None
        return min(1.0, self.refused / self.sent)


@dataclass(frozen=True)
class Link:
    """What there is between the association and one partner.

    Parameters
    ----------
    organisation
        The partner.
    domains
        The life domains in which it offers something.
    agreements
        How many agreements with it run.
    waits
        The shortest and the longest wait for what it offers, in days, as it told; none where none is known.
    unknown_waits
        For how much of what it offers the wait is not known.
    counted
        The referrals of the last half-year that was published.
    waited
        How long the middle one of those that it said yes to waited in that half-year; none where not told.
    alone
        The pairs of a district and a life domain in which nobody else offers anything.
    """

    organisation: Organisation
    domains: tuple[str, ...]
    agreements: int
    waits: tuple[int, int] | None
    unknown_waits: int
    counted: Counted
    waited: PublishedWait | None = None
    alone: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Grown:
    """How large the network was on the last day of a half-year; of the one that runs, today.

    `referrals` is none where that is not told; `is_counted` is whether they were counted at all.
    """

    half: date
    organisations: int
    agreements: int
    referrals: int | None
    is_counted: bool


@dataclass(frozen=True)
class Network:
    """All that is told of the network.

    Parameters
    ----------
    links
        A link for every partner, in the order of their names.
    together
        The pairs of partners that are party to the same agreements, with how many.
    coverage
        By district and life domain: how many partners offer something there.
    domains
        The referrals by life domain.
    reviews
        The agreements that are to be looked at again soon, or should have been.
    growth
        The last half-years, the oldest first.
    half
        The half-year of which referrals were published last; none where there is none.
    areas
        What the districts are called.
    """

    links: tuple[Link, ...]
    together: Mapping[tuple[str, str], int]
    coverage: Mapping[str, Mapping[str, int]]
    domains: Mapping[str, Counted]
    reviews: tuple[Agreement, ...]
    growth: tuple[Grown, ...]
    half: date | None
    areas: Areas = field(default_factory=Areas)

    @property
    def were_counted(self) -> bool:
        """Whether the referrals of any half-year that is shown were counted."""
        return any(one.is_counted for one in self.growth)

    @property
    def gaps(self) -> list[tuple[str, tuple[str, ...]]]:
        """The districts in which some life domains have no partner, with those domains."""
        found = [
            (code, tuple(domain for domain, count in line.items() if not count))
            for code, line in self.coverage.items()
        ]
        return [(code, domains) for code, domains in found if domains]

    @property
    def hanging(self) -> list[Link]:
        """The partners whose leaving would leave a domain of a district with nobody, the most first."""
        alone = [link for link in self.links if link.alone]
        return sorted(alone, key=lambda link: (-len(link.alone), link.organisation.name))


def network_for(person: Person, today: date) -> Network:
    """The network, as everybody may see it who watches over it.

    Raises
    ------
    Refused
        When the person may not.
    """
    require(person, SEE)
    areas = areas_now()
    organisations = list(Organisation.objects.filter(ended_on__isnull=True))
    offers = list(
        Offer.objects.filter(ended_on__isnull=True, organisation__in=organisations).prefetch_related("places")
    )
    agreements = list(Agreement.objects.filter(running(today)).prefetch_related("parties"))
    reach = _reach(offers, areas)
    half, counts = _published()
    waited = {one.organisation: one for one in PublishedWait.objects.filter(half=half)} if half else {}
    return Network(
        links=tuple(_links(organisations, offers, agreements, reach, counts, waited)),
        together=_together(agreements),
        coverage={
            code: {domain: len(reach[code, domain]) for domain in DOMAINS}
            for code in areas.of_level("district")
        },
        domains={domain: counts.get(("domain", domain), Counted()) for domain in DOMAINS},
        reviews=tuple(_to_review(agreements, today)),
        growth=tuple(_growth(today)),
        half=half,
        areas=areas,
    )


Reaching = Mapping[tuple[str, str], set[int]]
"""The organisations that offer something, by district and life domain."""


def _reach(offers: Iterable[Offer], areas: Areas) -> Reaching:
    """Who offers what in which district: what is offered in a part of it counts for it as well."""
    districts = frozenset(areas.of_level("district"))
    touched = {code: areas.touching(code) & districts for offer in offers for code in _codes(offer)}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for offer in offers:
        here = (
            districts if offer.everywhere else frozenset().union(*(touched[code] for code in _codes(offer)))
        )
        for district in here:
            found[district, offer.domain].add(offer.organisation_id)
    return found


def _codes(offer: Offer) -> list[str]:
    return [place.code for place in offer.places.all()]


def _links(
    organisations: Iterable[Organisation],
    offers: Iterable[Offer],
    agreements: Iterable[Agreement],
    reach: Reaching,
    counts: Mapping[tuple[str, str], Counted],
    waited: Mapping[UUID, PublishedWait],
) -> Iterable[Link]:
    offered: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        offered[offer.organisation_id].append(offer)
    agreed = Counter(party.pk for agreement in agreements for party in agreement.parties.all())
    for one in organisations:
        mine = offered[one.pk]
        waits = sorted(offer.wait_days for offer in mine if offer.wait_days is not None)
        yield Link(
            organisation=one,
            domains=tuple(domain for domain in DOMAINS if any(offer.domain == domain for offer in mine)),
            agreements=agreed[one.pk],
            waits=(waits[0], waits[-1]) if waits else None,
            unknown_waits=len(mine) - len(waits),
            counted=counts.get(("organisation", str(one.key)), Counted()),
            waited=waited.get(one.key),
            alone=tuple(sorted(place for place, who in reach.items() if who == {one.pk})),
        )


def _together(agreements: Iterable[Agreement]) -> Mapping[tuple[str, str], int]:
    pairs: Counter[tuple[str, str]] = Counter()
    for agreement in agreements:
        there = sorted(str(party.key) for party in agreement.parties.all() if party.ended_on is None)
        pairs.update((one, other) for at, one in enumerate(there) for other in there[at + 1 :])
    return dict(sorted(pairs.items()))


def _to_review(agreements: Iterable[Agreement], today: date) -> Sequence[Agreement]:
    """Those whose review or last day comes within eight weeks, or whose review is past."""
    soon = today + SOON
    due = [
        one
        for one in agreements
        if one.review_on <= soon or (one.until_day is not None and one.until_day <= soon)
    ]
    return sorted(due, key=lambda one: (min(one.review_on, one.until_day or one.review_on), one.title))


def _published() -> tuple[date | None, Mapping[tuple[str, str], Counted]]:
    """The last half-year that was published, and its counts by what they are of."""
    last = PublishedLink.objects.order_by("-half").values_list("half", flat=True).first()
    found: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    for row in PublishedLink.objects.filter(half=last) if last else ():
        found[row.by, row.of]["sent" if row.answer == ALL else row.answer] = row.shown
    known = Counted.__dataclass_fields__
    return last, {
        of: Counted(**{name: count for name, count in line.items() if name in known})
        for of, line in found.items()
    }


def _growth(today: date) -> Iterable[Grown]:
    sent = dict(
        PublishedLink.objects.filter(by=PublishedLink.By.ORGANISATION, of=ALL, answer=ALL).values_list(
            "half", "shown"
        )
    )
    organisations = list(Organisation.objects.values_list("made_at", "ended_on"))
    agreements = list(Agreement.objects.all())
    for back in range(HALVES - 1, -1, -1):
        half = after(half_of(today), -2 * back)
        day = min(after(half, 2) - timedelta(days=1), today)
        yield Grown(
            half,
            sum(made.date() <= day and (end is None or end > day) for made, end in organisations),
            sum(one.runs_on(day) for one in agreements),
            sent.get(half),
            half in sent,
        )
