"""The tests of conditions that the catalogue sets: named places, agreed, temporary, published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ongedeeld.allocation.catalogue import BY_DECISION, OWN, PARTIES
from ongedeeld.allocation.ceilings import mediated_under
from ongedeeld.allocation.places import COLUMNS, scope_of
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.questions import Question, Test
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.permit_holders import permit_holder_priority
from ongedeeld.rules.records import Agreement, Contingent
from ongedeeld.vocabulary import Both


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
    use = question.use
    found = mediated_under(question)
    total = max(use.parameters["regional_total"], found.agreed)
    facts = {"total": total, "planned": found.planned, "room": found.room, "elsewhere": found.elsewhere}
    if use.parameters["regional_total"] < found.agreed:
        facts["told"] = use.parameters["regional_total"]
        text = N_("{instrument}: regional_total is {told}, but {total} mediated lettings are agreed")
        yield no(question.reason(text, facts))
    texts = (
        N_("{instrument}: this policy has {planned} mediated lettings, and {total} are agreed"),
        N_("{instrument}: this policy has {planned} mediated lettings, but {total} are agreed"),
    )
    yield _condition(question, texts, facts, met=found.planned + found.elsewhere >= total)
    texts = (
        N_("{instrument}: under the ceilings there is room for {room} mediated lettings"),
        N_("{instrument}: under the ceilings there is room for {room} of the {planned} mediated lettings"),
    )
    yield _condition(question, texts, facts, met=found.room >= found.planned)


def agreed_contingent(question: Question) -> Iterator[Decision]:
    """It gives no more homes, to no other group, partner or place, than the record in local policy.

    Where local policy records contingents of the group, the agreement must be one of those that hold.
    """
    use = question.use
    holding = question.law.records(Contingent)
    yield from _recorded(question, [one.name for one in holding if _is_for(one, use)])
    for record in holding:
        if record.name == use.agreement:
            yield from _within(record, question)
            same = use.parameters["homes"] <= record.homes and use.parameters["group"] == record.target_group
            facts = {"homes": use.parameters["homes"], "agreed": record.homes, "agreement": record.name}
            texts = (
                N_("{instrument}: {homes} of the {agreed} homes of {agreement}"),
                N_(
                    "{instrument}: {agreement} is for {agreed} homes and for its own group; this asks {homes}"
                ),
            )
            yield _condition(question, texts, facts, met=same)


def _is_for(record: Contingent, use: Use) -> bool:
    return record.target_group == use.parameters["group"] or record.name == use.agreement


def _recorded(question: Question, names: list[str]) -> Iterator[Decision]:
    """No where the agreement has ended or is not the one that was recorded; nothing where none ever was."""
    use, law = question.use, question.law
    ever = [one for policy in law.law.policies for one in policy.records if isinstance(one, Contingent)]
    if use.agreement in names or not any(_is_for(one, use) for one in ever):
        return
    ended = [one.end for one in ever if one.name == use.agreement and one.end < law.day]
    if ended:
        text = N_("{instrument}: the agreement {agreement} ended on {end}")
        yield no(question.reason(text, {"agreement": use.agreement, "end": max(ended).isoformat()}))
    else:
        text = N_(
            "{instrument}: local policy has no agreement {agreement} that holds; for this group: {names}"
        )
        yield no(question.reason(text, {"agreement": use.agreement, "names": ", ".join(names) or "-"}))


def _within(record: Contingent, question: Question) -> Iterator[Decision]:
    """Whether the partner is a party of the record, and the homes lie in its areas."""
    use = question.use
    partner = str(use.parameters["partner"])
    parties = {word.casefold() for word in record.parties}
    if partner.casefold() not in parties and not parties & {word.casefold() for word in _words("partner")}:
        text = N_("{instrument}: {partner} is no party to {agreement}, but: {parties}")
        facts = {"partner": partner, "agreement": record.name, "parties": ", ".join(record.parties)}
        yield no(question.reason(text, facts))
    if record.areas:
        agreed = scope_of(record.areas, (), (), question.city)
        outside = [
            home
            for home in question.homes(use).select(COLUMNS).iter_rows(named=True)
            if not agreed.covers(home)
        ]
        if outside:
            text = N_("{instrument}: {agreement} is for {areas}, and this is used outside it")
            facts = {"agreement": record.name, "areas": ", ".join(record.areas)}
            yield no(question.reason(text, facts))


def _words(party: str) -> tuple[str, str, str]:
    label = PARTIES[party]
    return party, label.nl, label.en


def permit_holders(question: Question) -> Iterator[Decision]:
    """Where it is for permit holders, priority for them is not banned."""
    if question.use.parameters["group"] == "permit_holder":
        yield permit_holder_priority(question.law)


def agreed(question: Question) -> Iterator[Decision]:
    """All who must agree did, by the policy itself or by the record in local policy that it names.

    The association agrees by having the policy. The council and the minister agree by the ordinance or the
    designation on which the instrument rests: that is tested by itself.
    """
    use = question.use
    asked = [party for party in use.instrument.agree if party not in (OWN, *BY_DECISION)]
    if not asked:
        return
    held = {*use.agreed, *_parties_of(use.agreement, question.law)}
    lacking = [party for party in asked if party not in held]
    facts: dict[str, object] = {"parties": _named(lacking or asked), "keys": ", ".join(lacking)}
    recorded = (
        N_("{instrument}: it was agreed with: {parties}"),
        N_(
            "{instrument}: no agreement is recorded of: {parties}; record who agreed under agreed ({keys}), "
            "and under source where that can be read"
        ),
    )
    yield _condition(question, recorded, facts, met=not lacking)
    unread = N_("{instrument}: where the agreement of these can be read is not told (source): {parties}")
    if use.agreed and not use.source:
        yield no(question.reason(unread, {"parties": _named(use.agreed)}))


def _parties_of(name: str, law: LawOfDay) -> Iterator[str]:
    """The parties of the agreements of a name in local policy, as far as they are those of the catalogue."""
    words = {word: key for key in PARTIES for word in _words(key)}
    records: tuple[Agreement | Contingent, ...] = (*law.records(Agreement), *law.records(Contingent))
    for record in records:
        if name and record.name == name:
            yield from (words[party] for party in record.parties if party in words)


def _named(parties: Iterable[str]) -> Both:
    labels = [PARTIES[party] for party in parties]
    return Both(", ".join(one.nl for one in labels), ", ".join(one.en for one in labels))


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
