"""The tests of conditions that the catalogue sets: named places, agreed, temporary, published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ongedeeld.allocation.questions import Question, Test
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.permit_holders import permit_holder_priority
from ongedeeld.rules.records import Contingent


def named_place(question: Question) -> Iterator[Decision]:
    """It is used on named places, not everywhere."""
    named = bool(question.use.areas or question.use.complexes)
    texts = (N_("{instrument}: its places are named"), N_("{instrument}: it names no area or complex"))
    yield _condition(question, texts, met=named)


def source(question: Question) -> Iterator[Decision]:
    """The ordinance or published policy can be read."""
    texts = (
        N_("{instrument}: it can be read in {source}"),
        N_("{instrument}: the policy does not say where it can be read (source)"),
    )
    yield _condition(question, texts, {"source": question.use.source}, met=bool(question.use.source))


def agreement(question: Question) -> Iterator[Decision]:
    """What was agreed is recorded, with where it can be read."""
    use = question.use
    texts = (
        N_("{instrument}: agreed in {agreement}"),
        N_("{instrument}: no agreement is recorded (agreement and source)"),
    )
    facts = {"agreement": use.agreement}
    yield _condition(question, texts, facts, met=bool(use.agreement and use.source))


def ends(question: Question) -> Iterator[Decision]:
    """It is temporary."""
    texts = (N_("{instrument}: it ends on {end}"), N_("{instrument}: it has no last day (until)"))
    yield _condition(question, texts, {"end": question.use.end.isoformat()}, met=question.use.end < date.max)


def regional_total(question: Question) -> Iterator[Decision]:
    """The mediated lettings in the region stay as many: what a ceiling keeps out has homes elsewhere."""
    caps: Mapping[str, int] = question.use.parameters["most"]
    confined, free, places = 0, 0, set[str]()
    for use in question.policy.on(question.law.day):
        if use.instrument.mediates:
            here = set(question.homes(use)["complex"])
            if here and here <= caps.keys():
                confined, places = confined + use.parameters["homes"], places | here
            else:
                free += use.parameters["homes"]
    planned = free + min(confined, sum(caps[name] for name in places))
    total = question.use.parameters["regional_total"]
    facts = {"total": total, "planned": planned}
    texts = (
        N_("{instrument}: the policy keeps {planned} mediated lettings in the region, of {total} agreed"),
        N_("{instrument}: the policy leaves {planned} mediated lettings in the region, of {total} agreed"),
    )
    yield _condition(question, texts, facts, met=planned >= total)


def agreed_contingent(question: Question) -> Iterator[Decision]:
    """It gives no more homes, and to no other group, than the record of the agreement in local policy."""
    use = question.use
    for record in question.law.records(Contingent):
        if record.name == use.agreement:
            same = use.parameters["homes"] <= record.homes and use.parameters["group"] == record.target_group
            facts = {"homes": use.parameters["homes"], "agreed": record.homes, "agreement": record.name}
            texts = (
                N_("{instrument}: {homes} of the {agreed} homes of {agreement}"),
                N_(
                    "{instrument}: {agreement} is for {agreed} homes and for its own group; this asks {homes}"
                ),
            )
            yield _condition(question, texts, facts, met=same)


def permit_holders(question: Question) -> Iterator[Decision]:
    """Where it is for permit holders, priority for them is not banned."""
    if question.use.parameters["group"] == "permit_holder":
        yield permit_holder_priority(question.law)


def _condition(
    question: Question,
    texts: tuple[str, str],
    facts: Mapping[str, object] = MappingProxyType({}),
    *,
    met: bool,
) -> Decision:
    reason = question.reason(texts[0] if met else texts[1], facts)
    return yes(reason) if met else no(reason)


CONDITIONS: Mapping[str, Test] = MappingProxyType(
    {
        "place": named_place,
        "ordinance": source,
        "published": source,
        "agreement": agreement,
        "temporary": ends,
        "regional_total": regional_total,
        "agreed_contingent": agreed_contingent,
        "permit_holders": permit_holders,
    }
)
"""The tests of conditions in the catalogue, by their name."""
