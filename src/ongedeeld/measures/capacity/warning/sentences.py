"""Early warning in words: what an alarm rests on, how to read it, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity.warning.registration import Jump
from ongedeeld.measures.capacity.warning.stock import Stock
from ongedeeld.measures.capacity.warning.watched import WATCHED, Watched
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.spoken import Quantity

SIGNAL = N_(
    "This signals where to look; it does not tell why. Ask residents and staff before you act on it. Most "
    "trouble enters through ordinary letting, so a rise does not point at one way of letting."
)
NULL = N_(
    "Compared: the last twelve months with the three years before, beside what other units did. What is "
    "called beyond chance is more than chance and the ordinary wavering of units together explain."
)
RATE = N_(
    "Of the alarms, at most {percent}% are false on average each time you look (Benjamini and Hochberg). "
    "Within a unit, an indicator is named by the stricter rule of Benjamini and Yekutieli."
)
ALARMS = N_("{count} of {all} units worsen beyond chance.")
NO_ALARM = N_("No unit worsens beyond chance. That is not proof that all is well: small changes stay unseen.")
INSIDE = N_(
    "Counts of single complexes are for the team that works there; what leaves it is made safe first."
)
WORSENS = N_("{name} worsens beyond chance (p at most {p_value} after adjustment).")
TOGETHER = N_(
    "{name} worsens beyond chance on its figures together (p at most {p_value} after adjustment); none "
    "stands out on its own. What moved most follows."
)
RATE_ROSE = N_(
    "{name}, {what}: from {before} to {now} per 100 homes a year; {size} times what the change of the stock "
    "gives (95% interval: {low} to {high})."
)
SHARE_ROSE = N_(
    "{name}, {what}: from {before}% to {now}% of the homes; {size} times what the change of the stock gives "
    "(95% interval: {low} to {high})."
)
NEWLY_ROSE = N_(
    "{name}, {what}: none before and {count} in the last year; at least {low} times what the change of the "
    "stock gives (95% interval)."
)
GRADE_FELL = N_(
    "{name}, {what}: from {before} to {now}; {size} points worse beside the stock (95% interval: {low} to "
    "{high})."
)
FEW_HOUSEHOLDS = N_(
    "{name}: more nuisance cases than chance explains, without a sign of more households. A few may be "
    "behind it; that asks for help to them and says little of the place."
)
FEWER = N_(
    "{name}: fewer nuisance cases, or fewer households with them, were recorded than before. That is not "
    "read as peace: people may have stopped reporting, or staff recording."
)
JUMPED = N_(
    "{what}: since {since} the whole stock counts {factor} times as many as before. A jump of nearly all at "
    "once looks like another way of recording; units are compared with that jump taken out."
)
SANK = N_(
    "{what}: since {since} the whole stock counts only {factor} times as many as before. That looks like "
    "another way of recording and is not read as peace; units are compared with it taken out."
)
NO_HOUSEHOLDS = N_(
    "How many households the nuisance cases concern is not known. A rise may come from one household, so "
    "nuisance raises no alarm here; record the number of households as well."
)
LEFT_OUT = N_("Without homes or neighbourhood, and so left out: {complexes}.")
TOO_FEW = N_("Too few cases to say anything on, however they would change: {rows} of {all} figures.")
ONLY_SHOWN = N_(
    "What is watched here is decided by the association itself, or can be brought about by one household: it "
    "is shown and raises no alarm."
)

_PERIOD = "%Y-%m"
_MOVED_MOST = 3


def alarms(table: pl.DataFrame, changes: pl.DataFrame) -> tuple[Note, ...]:
    """A sentence per alarm, with what stands out there, and one for each remark on nuisance."""
    said: list[Note] = []
    for row in table.filter("worsens").iter_rows(named=True):
        text = WORSENS if row["indicators"] else TOGETHER
        said.append(note(text, name=row["name"], p_value=_p_value(row["adjusted"])))
        of_unit = changes.filter((pl.col("unit") == row["unit"]) & pl.col("adjusted").is_not_null())
        worse = of_unit.filter(pl.col("outcome") == "worse") if row["indicators"] else _moved_most(of_unit)
        said += [_stands_out(row["name"], change) for change in worse.sort("p_value").iter_rows(named=True)]
    for reading, text in (("few_households", FEW_HOUSEHOLDS), ("fewer_recorded", FEWER)):
        said += [note(text, name=name) for name in table.filter(pl.col("nuisance") == reading)["name"]]
    return tuple(said)


def _moved_most(changes: pl.DataFrame) -> pl.DataFrame:
    telling = [each.name for each in WATCHED.values() if each.tells]
    return changes.filter(pl.col("indicator").is_in(telling)).sort("p_value", "indicator").head(_MOVED_MOST)


def _stands_out(name: str, change: dict[str, object]) -> Note:
    each = WATCHED[str(change["indicator"])]
    texts = {"per_home_year": RATE_ROSE, "share_of_homes": SHARE_ROSE, "grade": GRADE_FELL}
    times = 1 if change["measure"] == "grade" else 100
    if change["size"] is None:
        count = int(_number(change["count_now"]))
        return note(NEWLY_ROSE, name=name, what=each.label, count=count, low=_said(change["low"]))
    return note(
        texts[str(change["measure"])],
        name=name,
        what=each.label,
        before=_said(change["before"], times),
        now=_said(change["now"], times),
        **{column: _said(change[column]) for column in ("size", "low", "high")},
    )


def _number(value: object) -> float:
    return value if isinstance(value, float) else float(str(value))


def _said(value: object, times: int = 1) -> Quantity:
    return Quantity(round(_number(value) * times, 2))


def _p_value(value: float) -> Quantity:
    return Quantity(ceil(value * 1_000) / 1_000)


def reading_notes(table: pl.DataFrame, false_discovery: float) -> list[Note]:
    """How to read the table."""
    count = int(table["worsens"].sum())
    return [
        note(ALARMS, count=count, all=len(table)) if count else note(NO_ALARM),
        note(SIGNAL),
        note(NULL),
        note(RATE, percent=Quantity(round(100 * false_discovery, 1))),
        note(INSIDE),
    ]


def registration_notes(jumps: Iterable[Jump]) -> list[Note]:
    """A sentence per jump of the whole stock."""
    return [
        note(
            JUMPED if each.factor > 1 else SANK,
            what=each.each.label,
            since=each.since.strftime(_PERIOD),
            factor=Quantity(round(each.factor, 2)),
        )
        for each in jumps
    ]


def limits_notes(stock: Stock, changes: pl.DataFrame, compared: Sequence[Watched]) -> list[Note]:
    """What could not be said."""
    said = []
    if stock.left_out:
        said.append(note(LEFT_OUT, complexes=", ".join(stock.left_out)))
    if few := int((changes["outcome"] == "too_few").sum()):
        said.append(note(TOO_FEW, rows=few, all=len(changes)))
    names = {each.name for each in compared}
    if not any(each.tells for each in compared):
        said.append(note(ONLY_SHOWN))
    if "reports" in names and "nuisance" not in names:
        said.append(note(NO_HOUSEHOLDS))
    return said
