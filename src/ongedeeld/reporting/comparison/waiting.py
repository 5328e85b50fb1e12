"""Who waits: how long those who are still on the list have been registered, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.group_rows import by_group, dot_of
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.interval_parts import interval_chart
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.comparing.gaining import WAITING
from ongedeeld.simulation.outcomes.seeking_groups import LABELS
from ongedeeld.simulation.outcomes.tables import TABLES

ON_THE_LIST = N_(
    "{policy}: how long those on the list at the end of a year have been registered by then, mean of the "
    "years; grey line and in brackets: {now}; band: 80% of the futures"
)
WAITING_TITLES = {
    "kind": N_("Months registered of who is still on the list, by how they seek"),
    "household_type": N_("Months registered of who is still on the list, by household"),
}


def waiting_chart(one: Compared, grouping: str, told: Told) -> Chart | None:
    """How long those who are still on the list have been registered, beside as now."""
    speech, comparison = told.speech, told.comparison
    values = comparison.values("groups", over_years=True).filter(measure=WAITING)
    now, policy = (by_group(values, label, grouping) for label in (comparison.now.label, one.label))
    order = [group for group in LABELS[grouping] if policy.get(group, {}).get("mean") is not None]
    if not order:
        return None
    dots = [dot_of(group, grouping, policy[group], now.get(group), told, "months") for group in order]
    most = max(max(dot.high or dot.value or 0.0, dot.beside or 0.0) for dot in dots) or 1.0
    caption = speech.say(ON_THE_LIST, policy=told.label(one), now=told.now)
    ends = (told.figure(0.0, "months"), told.figure(most, "months"))
    grid = _grid(one, grouping, order, told)
    title = f"{speech.say(WAITING_TITLES[grouping])}: {told.label(one)}"
    return interval_chart(title, caption, dots, (0.0, most), ends, grid)


def _grid(one: Compared, grouping: str, order: Sequence[str], told: Told) -> Grid:
    speech = told.speech
    columns = [list(_columns(measure, one, grouping, order, told)) for measure in (WAITING, "on_list")]
    rows = [
        (told.group(grouping, group), *of_time, *of_number)
        for group, of_time, of_number in zip(order, *columns, strict=True)
    ]
    changed = (
        speech.say("under this policy"),
        speech.say("change"),
        speech.say("sure of the change (95%)"),
    )
    header = (
        speech.say("group"),
        speech.say("registered so far, who is on the list, {now}", now=told.now),
        *changed,
        speech.say("on the list at the end of the year, {now}", now=told.now),
        *changed,
    )
    return Grid(header, tuple(rows), f"waiting-{grouping}")


def _columns(
    measure: str, one: Compared, grouping: str, order: Sequence[str], told: Told
) -> Iterator[tuple[str, ...]]:
    """Of each group a measure as now and under the policy, its change, and how sure that is."""
    comparison, unit = told.comparison, TABLES["groups"].measures[measure].unit
    values = comparison.values("groups", over_years=True).filter(measure=measure)
    now, policy = (by_group(values, label, grouping) for label in (comparison.now.label, one.label))
    differences = comparison.differences("groups", over_years=True).filter(measure=measure)
    changes = by_group(differences, one.label, grouping)
    for group in order:
        change = changes.get(group, {})
        yield (
            told.figure(now.get(group, {}).get("mean"), unit),
            told.figure(policy[group]["mean"], unit),
            told.change(change.get("mean"), unit),
            told.between(change.get("sure_low"), change.get("sure_high"), unit, change=True),
        )
