"""The page of rule values, from the files beside the rules."""

from __future__ import annotations

import re

from ongedeeld.rules import Dated, Parameter, load_parameters
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Rule values

Values of the law by date. A value holds from its date until the next one. One that was not found is written
as unknown, and asking for it is refused: unknown is not zero.

Each value has a grade: **A** the statute was read, **B** an official page, **C** a secondary source,
**I** inferred from one of these, **L** local policy.

Local policy goes in a TOML file of its own, with a table for each value, and stands over the law:

```toml
[aftopping_low]
[[aftopping_low.values]]
from = 2026-07-01
value = 70000
source = "Housing regulation of the municipality, article 3"
```

`load_parameters().with_local(path)` reads it.
"""


def page() -> str:
    """All values with their dates, sources and grades."""
    parts = [INTRODUCTION]
    for name, parameter in load_parameters().by_name.items():
        rows = [_row(dated) for dated in parameter.values]
        parts += [f"## {name}", _facts(parameter), table(("from", "value", "grade", "source", "note"), rows)]
    return whole(*parts)


def _facts(parameter: Parameter) -> str:
    unit = parameter.unit.replace("_", " ").replace("cents", "euro cents")
    return f"{parameter.label_en} (*{parameter.label_nl}*). {parameter.article}. In {unit}."


def _row(dated: Dated) -> tuple[str, ...]:
    value = number(dated.value) or f"unknown: {dated.unknown}"
    host = re.match(r"https?://(?:www\.)?([^/]+)", dated.source)
    address = f"[{host[1]}]({dated.source})" if host else dated.source
    return (dated.start.isoformat(), value, code(dated.grade or ""), address, dated.note)
