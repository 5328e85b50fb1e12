"""The page of assumptions behind a simulation, from the files beside the code that simulates."""

from __future__ import annotations

from fractions import Fraction

from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.assuming.household_types import AGES, KINDS, MOMENTS, household_types
from ongedeeld.simulation.assuming.records import UNITS, Assumption, Entry
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Assumptions of a simulation

What [a simulation](../explanation/simulation.md) assumes beyond the facts of a City. Every assumption has a
range, a source and a grade as the [evidence records](evidence.md) have; *assumption of this project* means
that no source was found. A future draws each assumption from its range. Of a single number it is in its
own unit; of a table it is a factor of every number in it, and of weights a factor of how far they lie from
even.

A file of your own replaces an assumption by its name, with `value`, `low`, `high` and `source`, and as wanted
`grade`:

```toml
[eviction.prevented]
value = 0.8
low = 0.7
high = 0.9
source = "our own counts, 2023-2025"
grade = "some"
```
"""

TYPES = """## Types of households

What the rules of a round ask of a household, and how often it is met: its share of its kind among seekers who
come, on the list and among tenants at the start. `types.spread` and `ages.spread` tell how far these
shares may be off. A type holds no diagnosis and no origin; an urgency is a code of the law and nothing more.
All shares are assumptions of this project.
"""


def page() -> str:
    """All assumptions with their values, ranges, sources and grades, and the types of households."""
    parts = [INTRODUCTION]
    for name, one in load_assumptions().items():
        parts += [f"## {name}", _facts(one), _value(one)]
    return whole(*parts, TYPES, _kinds(), _types(), "### Ages of the eldest", _ages())


def _facts(one: Assumption) -> str:
    unit = UNITS[one.unit].label.en
    single = isinstance(one.value, Fraction)
    spread = f"{number(float(one.low))} to {number(float(one.high))}{'' if single else ', as factors'}"
    more = f" More: evidence record [`{one.evidence}`](evidence.md#{one.evidence})." if one.evidence else ""
    label = one.label.en[0].upper() + one.label.en[1:]
    return f"{label}.\n\nUnit: {unit}. Range: {spread}. Grade: {one.grade}. Source: {one.source}.{more}"


def _value(one: Assumption) -> str:
    if isinstance(one.value, Fraction):
        return f"Value: {number(float(one.value))}."
    return table([code(name) for name in one.value], [[_entry(entry) for entry in one.value.values()]])


def _entry(entry: Entry) -> str:
    numbers = entry if isinstance(entry, tuple) else (entry,)
    return ", ".join(number(float(one)) for one in numbers)


def _kinds() -> str:
    return table(["kind", "meaning"], [[code(kind), label.en] for kind, label in KINDS.items()])


def _types() -> str:
    headers = ["type", "meaning", "kind", "people", "minors", "income class", "group", "rooms", *MOMENTS]
    rows = [
        [
            code(one.code),
            one.label.en,
            code(one.kind),
            str(one.household_size),
            str(one.minors),
            code(one.income_class),
            ", ".join(map(code, one.groups)),
            str(one.rooms_least),
            *(number(float(one.shares[moment])) for moment in MOMENTS),
        ]
        for one in household_types()
    ]
    return table(headers, rows)


def _ages() -> str:
    rows = [[code(one.code), *(number(float(share)) for share in one.ages)] for one in household_types()]
    return table(["type", *map(code, AGES)], rows)
