"""What is counted over given lives: of how many something is true. And how such counts are tied together.

A trait is true of a life or not. A life can have many, so that counts do not add up; but whoever has one may
have to have another. A reader knows this too, so the protection has to: `bounds` tells it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ongedeeld.web.residents.giving.copy import DIFFICULT, DOMAINS, HOWS, SORTS, Copy

LIVES = "lives"
EFFECTS = (*HOWS, "nothing")

Bound = dict[str, int]
"""Traits with a factor each: the sum of factor times count is never below zero."""


def effect(domain: str, effect: str) -> str:
    """Something in a domain did this."""
    return f"effect/{domain}/{effect}"


def influence(origin: str, to: str, how: str) -> str:
    """Something in one domain did this to something in another."""
    return f"influence/{origin}/{to}/{how}"


def chance(domain: str, sort: str) -> str:
    """An organisation of this sort could do something about what was difficult in a domain."""
    return f"chance/{domain}/{sort}"


def long_in(domain: str) -> str:
    """Something in a domain held in for longer than a year."""
    return f"long/{domain}"


def sort_of(sort: str, how: str) -> str:
    """An organisation of this sort did this."""
    return f"sort/{sort}/{how}"


def first_in(domain: str) -> str:
    """What was difficult first lay in this domain."""
    return f"first/{domain}"


def every_trait() -> tuple[str, ...]:
    """All that is counted, in the order in which it is shown; it never depends on what was given."""
    return tuple(_traits())


def traits(copy: Copy) -> frozenset[str]:
    """What is true of one life."""
    found = {influence(*row) for row in copy.influences}
    found |= {chance(domain, sort) for domain, sort in copy.chances if sort in SORTS}
    for domain, sort, what, order, length in copy.effects:
        found.add(effect(domain, what))
        if what == "trapped" and length == "years":
            found.add(long_in(domain))
        if sort in SORTS and what in HOWS:
            found.add(sort_of(sort, what))
        if order == "first":
            found.add(first_in(domain))
    return frozenset(found)


def counted(copies: Iterable[Copy]) -> dict[str, int]:
    """Of how many lives each trait is true, zeros as well, and how many lives there are."""
    found = Counter(dict.fromkeys((LIVES, *every_trait()), 0))
    for copy in copies:
        found[LIVES] += 1
        found.update(traits(copy))
    return dict(found)


def bounds() -> Iterator[Bound]:
    """What everybody can know of any counts of lives, whatever these are."""
    for origin in DOMAINS:
        for to in DOMAINS:
            for how in HOWS:
                one = influence(origin, to, how)
                yield {one: -1} | {effect(origin, what): 1 for what in EFFECTS}
                yield {one: -1} | {effect(to, what): 1 for what in EFFECTS}
    for domain in DOMAINS:
        difficult = {effect(domain, what): 1 for what in DIFFICULT}
        for sort in SORTS:
            yield {chance(domain, sort): -1} | difficult
        yield {long_in(domain): -1, effect(domain, "trapped"): 1}
        yield {first_in(domain): -1} | difficult
        for what in DIFFICULT:
            yield {effect(domain, what): -1} | {first_in(one): 1 for one in DOMAINS}
    for sort in SORTS:
        for how in HOWS:
            yield {sort_of(sort, how): -1} | {effect(domain, how): 1 for domain in DOMAINS}
    yield {LIVES: 1} | {first_in(domain): -1 for domain in DOMAINS}


def _traits() -> Iterator[str]:
    for domain in DOMAINS:
        yield from (effect(domain, what) for what in EFFECTS)
    for domain in DOMAINS:
        yield from (long_in(domain), first_in(domain))
    for sort in SORTS:
        yield from (sort_of(sort, how) for how in HOWS)
    for origin in DOMAINS:
        for to in DOMAINS:
            yield from (influence(origin, to, how) for how in HOWS)
    for domain in DOMAINS:
        yield from (chance(domain, sort) for sort in SORTS)
