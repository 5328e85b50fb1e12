"""What was learned from given lives, in sentences, tables and pictures: the groups that tell it, added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS, LifeDomain
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.residents.giving.copy import DOMAINS, HOWS, SORTS
from ongedeeld.web.residents.learning.groups import Group
from ongedeeld.web.residents.learning.pictures import chances_picture, influences_picture
from ongedeeld.web.residents.learning.traits import (
    EFFECTS,
    LIVES,
    chance,
    effect,
    every_trait,
    first_in,
    influence,
    long_in,
    sort_of,
)
from ongedeeld.web.signals.counting.quarters import told as quarter_told

HOW_LABELS = {
    "helped": N_("helped"),
    "hindered": N_("hindered"),
    "trapped": N_("held in"),
    "nothing": N_("did nothing"),
}
NOT_TOLD = N_("not told")
OVER = N_("This counts about {lives} lives that residents gave until {quarter}.")
HOLDS = N_("{domain} held people in more often than anything else that may be told: in about {count} lives.")
BLOCKS = N_(
    "What hindered most between systems, of what may be told, went from {origin} to {to}: in about {count} "
    "lives."
)
CHANCES = N_("Who could do something about what")
OF = N_("about {count} of {lives}")


@dataclass(frozen=True)
class Count:
    """Of how many lives something is true, in the groups that tell it, and how many lives these are."""

    shown: int
    lives: int


Counts = Mapping[str, Count]


@dataclass(frozen=True)
class Table:
    """The heads and rows of a table."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Learned:
    """What stands on the page: `told` of `whole` counts. A picture of which nothing is told is none."""

    lead: tuple[str, ...]
    difficult: Drawing | None
    helped: Drawing | None
    opportunities: Drawing | None
    influences: Table
    domains: Table
    sorts: Table
    chances: Table
    told: int
    whole: int


def page_of(groups: Sequence[Group], speech: Speech) -> Learned | None:
    """The page; none where nothing was published yet.

    Parameters
    ----------
    groups
        As :func:`~ongedeeld.web.residents.learning.groups.groups_in` gives them.
    speech
        The language of the reader.
    """
    if not groups:
        return None
    counts, say = added_up(groups), speech.say
    said = _Said(counts, speech)
    difficult, helped = _between(counts, ("hindered", "trapped")), _between(counts, ("helped",))
    joined = _joined(counts)
    return Learned(
        lead=tuple(_lead(counts, groups[-1].until, speech)),
        difficult=influences_picture(difficult, say(N_("What hindered what")), speech) if difficult else None,
        helped=influences_picture(helped, say(N_("What helped what")), speech) if helped else None,
        opportunities=chances_picture(joined, say(CHANCES), speech) if joined else None,
        influences=said.influences(),
        domains=said.domains(),
        sorts=said.sorts(),
        chances=said.chances(),
        told=len(counts.keys() - {LIVES}),
        whole=len(every_trait()),
    )


def added_up(groups: Sequence[Group]) -> dict[str, Count]:
    """What is told of each trait, over all groups that tell it; no life is in two of them."""
    found: dict[str, Count] = {}
    for group in groups:
        lives = group.shown[LIVES]
        for trait, shown in group.shown.items():
            if shown is not None and lives is not None:
                before = found.get(trait, Count(0, 0))
                found[trait] = Count(before.shown + shown, before.lives + lives)
    return found


def _lead(counts: Counts, until: str, speech: Speech) -> Iterator[str]:
    quarter = _quarter(until, speech)
    yield speech.say(OVER, lives=speech.number(counts[LIVES].shown), quarter=quarter)
    most = _most({domain: counts.get(effect(domain, "trapped")) for domain in DOMAINS})
    if most is not None:
        name = capital(speech.say(LIFE_DOMAIN_LABELS[LifeDomain(most[0])]))
        yield speech.say(HOLDS, domain=name, count=speech.number(most[1]))
    pairs = {
        f"{origin}/{to}": counts.get(influence(origin, to, "hindered"))
        for origin in DOMAINS
        for to in DOMAINS
        if origin != to
    }
    most = _most(pairs)
    if most is not None:
        origin, to = (speech.say(LIFE_DOMAIN_LABELS[LifeDomain(one)]) for one in most[0].split("/"))
        yield speech.say(BLOCKS, origin=origin, to=to, count=speech.number(most[1]))


def _most(counts: Mapping[str, Count | None]) -> tuple[str, int] | None:
    """What has the highest count; none where several have it, or nothing is told."""
    told = {name: one.shown for name, one in counts.items() if one is not None}
    highest = max(told.values(), default=0)
    names = [name for name, shown in told.items() if shown == highest]
    return (names[0], highest) if len(names) == 1 else None


def _between(counts: Counts, hows: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """From, to, what it did, and of how many lives that is true; what is not told is not there."""
    return [
        (origin, to, how, counts[one].shown)
        for how in hows
        for origin in DOMAINS
        for to in DOMAINS
        if (one := influence(origin, to, how)) in counts
    ]


def _joined(counts: Counts) -> list[tuple[str, str, int]]:
    return [
        (domain, sort, counts[one].shown)
        for domain in DOMAINS
        for sort in SORTS
        if (one := chance(domain, sort)) in counts
    ]


@dataclass(frozen=True)
class _Said:
    """The tables, in the language of the reader."""

    counts: Counts
    speech: Speech

    def influences(self) -> Table:
        """Every pair of which something is told."""
        say = self.speech.say
        pairs = [(origin, to) for origin in DOMAINS for to in DOMAINS]
        rows = [
            (
                self._domain(origin),
                self._domain(to),
                *(self._cell(influence(origin, to, how)) for how in HOWS),
            )
            for origin, to in pairs
            if any(influence(origin, to, how) in self.counts for how in HOWS)
        ]
        return Table(
            (say(N_("from this system")), say(N_("to this system")), *(say(HOW_LABELS[how]) for how in HOWS)),
            tuple(rows),
        )

    def domains(self) -> Table:
        """What each domain did."""
        say = self.speech.say
        rows = [
            (
                self._domain(domain),
                *(self._cell(effect(domain, what)) for what in EFFECTS),
                self._cell(long_in(domain)),
                self._cell(first_in(domain)),
            )
            for domain in DOMAINS
        ]
        heads = (say(HOW_LABELS[what]) for what in EFFECTS)
        more = (say(N_("held in for longer than a year")), say(N_("where it began")))
        return Table((say(N_("system")), *heads, *more), tuple(rows))

    def sorts(self) -> Table:
        """What organisations of each sort did."""
        say = self.speech.say
        rows = [(self._sort(sort), *(self._cell(sort_of(sort, how)) for how in HOWS)) for sort in SORTS]
        return Table((say(N_("kind of organisation")), *(say(HOW_LABELS[how]) for how in HOWS)), tuple(rows))

    def chances(self) -> Table:
        """Who could do something about what was difficult in each domain."""
        rows = [
            (self._sort(sort), *(self._cell(chance(domain, sort)) for domain in DOMAINS)) for sort in SORTS
        ]
        return Table((self.speech.say(N_("kind of organisation")), *map(self._domain, DOMAINS)), tuple(rows))

    def _cell(self, trait: str) -> str:
        one = self.counts.get(trait)
        if one is None:
            return self.speech.say(NOT_TOLD)
        return self.speech.say(OF, count=self.speech.number(one.shown), lives=self.speech.number(one.lives))

    def _domain(self, domain: str) -> str:
        return self.speech.say(LIFE_DOMAIN_LABELS[LifeDomain(domain)])

    def _sort(self, sort: str) -> str:
        return self.speech.say(str(Organisation.Kind(sort).label))


def _quarter(until: str, speech: Speech) -> str:
    year, number = until.split("-Q")
    return quarter_told(date(int(year), 3 * int(number) - 2, 1), speech)
