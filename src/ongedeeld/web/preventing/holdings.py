"""What arrears and the prevention of evictions tell of a home, for whoever asks what is kept about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from ongedeeld.errors import N_, Marked
from ongedeeld.web.preventing.contents import arrears_of, case_of, reasons_of, words_of
from ongedeeld.web.preventing.models import Arrears, Case
from ongedeeld.web.preventing.removing import remove_arrears, remove_cases
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, euros, hold

ARREARS, EVICTION = "preventing.arrears", "preventing.eviction"


def _arrears_of_home(home: Home) -> Iterable[Found]:
    return map(_arrears, Arrears.objects.filter(home=home.blind))


def _arrears_named(key: UUID) -> Found | None:
    found = Arrears.objects.filter(key=key).first()
    return _arrears(found) if found else None


def _arrears(one: Arrears) -> Found:
    return Found(
        key=one.key,
        day=one.counted_on,
        heading=N_("rent arrears, and the early debt signal"),
        facts=(*_debt(one), *_sent(one)),
        remove_after=one.remove_after,
        receivers=_receivers(one),
    )


def _debt(one: Arrears) -> Iterator[Fact]:
    debt = arrears_of(one)
    yield Fact("name", N_("name"), debt.name)
    yield Fact("address", N_("address"), debt.address)
    yield Fact("postcode", N_("postcode"), debt.postcode)
    yield Fact("town", N_("town"), debt.town)
    yield Fact("phone", N_("telephone"), debt.phone)
    yield Fact("email", N_("e-mail"), debt.email)
    yield Fact("arrears", N_("arrears"), euros(debt.cents))
    yield Fact("months", N_("months"), debt.months)


def _sent(one: Arrears) -> Iterator[Fact]:
    yield Fact("state", N_("how far it is"), Marked(one.get_state_display()))
    for at, condition in enumerate(one.conditions.all(), 1):
        yield Fact(f"before_{at}", Marked(condition.get_kind_display()), condition.day)
        yield Fact(f"before_{at}_how", N_("how"), Marked(condition.get_how_display()))
    yield Fact("sent_on", N_("sent to the municipality on"), one.sent_on)
    yield Fact("receiver", N_("received by"), _receivers(one))
    yield Fact("ending", N_("how it ended"), Marked(one.get_ending_display()))
    yield Fact("ended_on", N_("ended on"), one.ended_on)
    yield Fact("stop_told_on", N_("the municipality was told that it ended on"), one.stop_told_on)


def _receivers(one: Arrears) -> tuple[str, ...]:
    """The municipality, once it was sent there."""
    return (one.delivery.receiver_name,) if one.delivery is not None and one.sent_on is not None else ()


def _remove_arrears(key: UUID) -> None:
    remove_arrears(Arrears.objects.filter(key=key))


def _cases_of_home(home: Home) -> Iterable[Found]:
    return map(_case, Case.objects.filter(home=home.blind))


def _case_named(key: UUID) -> Found | None:
    found = Case.objects.filter(key=key).first()
    return _case(found) if found else None


def _case(case: Case) -> Found:
    return Found(
        key=case.key,
        day=case.opened_on,
        heading=N_("what was tried before an eviction"),
        facts=(*_threat(case), *_tried(case)),
        remove_after=case.remove_after,
    )


def _threat(case: Case) -> Iterator[Fact]:
    threat = case_of(case)
    yield Fact("name", N_("name"), threat.name)
    yield Fact("address", N_("address"), threat.address)
    yield Fact("occasion", N_("what it came from"), Marked(case.get_occasion_display()))
    yield Fact("state", N_("how far it is"), Marked(case.get_state_display()))
    yield Fact("decided_on", N_("decided on"), case.decided_on)
    yield Fact("reasons", N_("why an eviction was the last resort"), reasons_of(case), words=True)
    yield Fact("outcome", N_("how it ended"), Marked(case.get_outcome_display()))
    yield Fact("ended_on", N_("ended on"), case.ended_on)


def _tried(case: Case) -> Iterator[Fact]:
    for at, one in enumerate(case.tries.all(), 1):
        yield Fact(f"tried_{at}", Marked(one.get_what_display()), one.day)
        yield Fact(f"tried_{at}_by", N_("by whom"), Marked(one.get_by_display()))
        yield Fact(f"tried_{at}_how", N_("how"), Marked(one.get_how_display()))
        yield Fact(f"tried_{at}_result", N_("what came of it"), Marked(one.get_result_display()))
        if one.from_arrears:
            yield Fact(f"tried_{at}_from", N_("taken over from"), N_("rent arrears"))
        if words := words_of(one):
            yield Fact(f"tried_{at}_words", N_("what was written beside it"), words, words=True)


def _remove_case(key: UUID) -> None:
    remove_cases(Case.objects.filter(key=key))


hold(Holding(ARREARS, N_("rent arrears"), _arrears_of_home, _arrears_named, _remove_arrears))
hold(Holding(EVICTION, N_("prevention of evictions"), _cases_of_home, _case_named, _remove_case))
