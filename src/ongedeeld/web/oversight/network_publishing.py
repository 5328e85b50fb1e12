"""Publish how many referrals went where in a half-year: once, six weeks after its end, and never otherwise.

Few people are referred to one partner, so a count is hidden below ten, and so is whatever would tell it: for
who knows nothing, and for everybody who sees all referrals of some areas and could subtract these (see
`measures.disclosure`). What was published does not change when a referral is removed later. Areas are not
counted apart: that would tell of a few people in a street.

How long people waited is published beside it: of whom a partner said yes to, the wait of the middle one in
whole weeks, where the number of yeses is shown. So it is of ten people or more, also for who knows all those
of some areas, and that it stands there tells of no count what the counts do not tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from ongedeeld.measures.disclosure import Ledger, Publication, protect
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.accounts.roles import Reach
from ongedeeld.web.oversight.models import PublishedLink, PublishedWait
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.signals.counting.protecting import FEWEST, ROUNDING
from ongedeeld.web.signals.counting.quarters import after, span

ALL = "all"
ANSWERS = ("accepted", "refused", "other")
WAITS = timedelta(weeks=6)
"""So long after its end a half-year is published: by then nearly every referral has its answer."""
_ANSWER = {
    Referral.State.ACCEPTED: "accepted",
    Referral.State.DONE: "accepted",
    Referral.State.REFUSED: "refused",
}
_REFER = "referrals.refer"
Areas = frozenset[str]
By = PublishedLink.By
Hidden = frozenset[tuple[str, str]]


def half_of(day: date) -> date:
    """The first day of the half-year of a day."""
    return date(day.year, 1 if day.month < 7 else 7, 1)


def to_publish(today: date) -> list[date]:
    """The half-years that are over for long enough and were not published yet, the oldest first."""
    first = Referral.objects.aggregate(first=Min("sent_at"))["first"]
    if first is None:
        return []
    done = set(PublishedLink.objects.values_list("half", flat=True).distinct())
    half, found = half_of(timezone.localdate(first)), []
    while after(half, 2) + WAITS <= today:
        found += [] if half in done else [half]
        half = after(half, 2)
    return found


@transaction.atomic
def publish(half: date, today: date) -> None:
    """Count the referrals of a half-year and publish what everybody may know of them.

    Parameters
    ----------
    half
        Its first day.
    today
        Whoever sees all referrals of some areas by now is reckoned with.

    Raises
    ------
    OngedeeldError
        When the ledger was damaged or taken away; nothing is published then.
    """
    rows = list(_counted(half))
    codes = {by: _codes(by, half) for by in By}
    hidden = [_hidden_from(reach, codes, rows) for reach in sorted(reaches_known(today), key=sorted)]
    for by in By:
        ledger = ledger_of(half)
        before = next((one for one in ledger if by.value in one.table.columns), None)
        publication = before or _without(
            protect(
                _table(by, codes[by], rows), FEWEST, ROUNDING, nested=_nested(by), ledger=ledger
            ).publication,
            by,
            {cell for one in hidden for cell in one[by]},
        )
        PublishedLink.objects.bulk_create(
            PublishedLink(half=half, by=by, of=of, answer=answer, shown=shown)
            for of, answer, shown in publication.table.select(by.value, "answer", "count").iter_rows()
        )
        if before is None:
            ledger.publish(replace(publication, title=f"Referrals, {half:%Y-%m}, by {by.value}"))
    PublishedWait.objects.bulk_create(_waits(half), ignore_conflicts=True)


def ledger_of(half: date) -> Ledger:
    """What was published of a half-year; it lies beside the ledgers of signals."""
    return Ledger.open(Path(settings.DATA_FOLDER) / "published" / f"referrals-{half:%Y-%m}.json")


def reaches_known(today: date) -> set[Areas]:
    """The areas of everybody who sees all referrals of some, now or before; not who sees everything."""
    own = [str(role) for role, reach in table()[_REFER].roles.items() if reach == Reach.OWN_AREAS]
    held = RoleHeld.objects.filter(role__in=own, everywhere=False, from_day__lte=today)
    codes: dict[int, set[str]] = {}
    for role in held.prefetch_related("areas"):
        codes.setdefault(role.person_id, set()).update(area.code for area in role.areas.all())
    return {frozenset(reach) for reach in codes.values() if reach}


def _waits(half: date) -> Iterator[PublishedWait]:
    """The wait of the middle one, of each partner of which the number of yeses is shown."""
    shown = PublishedLink.objects.filter(
        half=half, by=By.ORGANISATION, answer="accepted", shown__isnull=False
    ).exclude(of=ALL)
    taken_on = [state for state, answer in _ANSWER.items() if answer == "accepted"]
    for key in shown.values_list("of", flat=True):
        sent = _sent(half).filter(organisation__key=UUID(key), state__in=taken_on)
        answers, contacts = [], []
        for one in sent:
            day = timezone.localdate(one.sent_at)
            answers.append((timezone.localdate(one.answered_at) - day).days if one.answered_at else None)
            contacts.append((one.contact_on - day).days if one.contact_on else None)
        yield PublishedWait(
            half=half,
            organisation=UUID(key),
            answer_weeks=middle_week(answers),
            contact_weeks=middle_week(contacts),
        )


def middle_week(days: Collection[int | None]) -> int | None:
    """The weeks that the middle one waited, rounded up; who waits still or tells no day waits the longest."""
    if not days:
        return None
    lasting = sorted(days, key=lambda one: (one is None, one or 0))[(len(days) - 1) // 2]
    return None if lasting is None else -(-lasting // 7)


def _sent(half: date) -> QuerySet[Referral]:
    begin, end = span(half)[0], span(after(half, 1))[1]
    return Referral.objects.filter(sent_at__gte=begin, sent_at__lt=end)


Row = tuple[str, str, str, Areas]
"""Of one referral: the organisation, the domain, what came of it, and the codes of all areas around it."""


def _counted(half: date) -> Iterator[Row]:
    for one in _sent(half).select_related("organisation").prefetch_related("places"):
        places = frozenset(place.code for place in one.places.all())
        answer = _ANSWER.get(Referral.State(one.state), "other")
        yield str(one.organisation.key), one.domain, answer, places | {one.complex}


def _codes(by: By, half: date) -> list[str]:
    """The rows of a table: they follow from the register and never from the referrals."""
    if by == By.DOMAIN:
        return [str(domain) for domain in LIFE_DOMAIN_LABELS]
    there = Organisation.objects.exclude(ended_on__lt=half).filter(made_at__lt=span(after(half, 1))[1])
    return sorted(str(key) for key in there.values_list("key", flat=True))


def _hidden_from(reach: Areas, codes: Mapping[By, Sequence[str]], rows: Sequence[Row]) -> dict[By, Hidden]:
    """What must be hidden so that who sees all referrals of some areas learns nothing of the others.

    Both tables have their totals in common: the second is protected as if the first were published.
    """
    outside = [row for row in rows if row[3].isdisjoint(reach)]
    found: dict[By, Hidden] = dict.fromkeys(By, frozenset())
    if len(outside) == len(rows):
        return found
    told: tuple[Publication, ...] = ()
    for by in By:
        left = protect(
            _table(by, codes[by], outside), FEWEST, 1, nested=_nested(by), ledger=Ledger(Path(), told)
        ).publication
        told = (*told, left)
        hidden = left.table.filter(pl.col("count").is_null())
        found[by] = frozenset(hidden.select(by.value, "answer").iter_rows())
    return found


def _without(publication: Publication, by: By, hidden: Collection[tuple[str, str]]) -> Publication:
    """A publication in which these cells are hidden too; to hide more tells nobody more."""
    if not hidden:
        return publication
    cells = [{by.value: of, "answer": answer} for of, answer in sorted(hidden)]
    count = (
        pl.when(pl.struct(by.value, "answer").is_in(cells)).then(pl.lit(None, pl.Int64)).otherwise("count")
    )
    return replace(publication, table=publication.table.with_columns(count=count))


def _table(by: By, codes: Sequence[str], rows: Iterable[Row]) -> pl.DataFrame:
    """Every row and answer with its count, zeros as well; what went elsewhere is in no total."""
    at = 0 if by == By.ORGANISATION else 1
    known = set(codes)
    counts = Counter((row[at], row[2]) for row in rows if row[at] in known)
    cells = []
    for of in (*codes, ALL):
        parts = codes if of == ALL else [of]
        line = {answer: sum(counts[part, answer] for part in parts) for answer in ANSWERS}
        cells += [("referrals", of, answer, count) for answer, count in line.items()]
        cells.append(("referrals", of, ALL, sum(line.values())))
    return pl.DataFrame(cells, schema=["counted", by.value, "answer", "count"], orient="row")


def _nested(by: By) -> dict[str, pl.DataFrame | str]:
    return {by.value: ALL, "answer": ALL}
