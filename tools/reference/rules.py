"""The page of rules, values and local policy, from the files beside the rules."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from ongedeeld.rules import LETTING_COLUMNS, Dated, Parameter, Rule, Version, load_parameters, load_register
from ongedeeld.rules import codes as lists
from ongedeeld.rules.records import RECORDS, Record
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Rules and their values

What the law says by date, in our own words, with article, source and grade. `ongedeeld rules` lists the same
for a day. [How to read it](../explanation/rules.md) is told elsewhere. It is not legal advice.

Each rule and value has a grade: **A** the statute was read, **B** an official page, **C** a secondary source,
**I** inferred from one of these, **L** local policy.
"""
RULES = """## Rules

*Read in* stands where only the date of the text that was read is known: what held before that day is not
known, which is not the same as not in force.
"""
VALUES = """## Values

A value holds from its date until the next one. One that was not found is written as unknown, and asking for
it is refused: unknown is not zero. *Local policy may* tells what a file of
[local policy](../how-to/local-policy.md) can do to it.
"""
LOCAL = """## Local policy

The sections of a file of [local policy](../how-to/local-policy.md), each a list of tables under
`[[section]]`, beside `holder` (who sets it) and `[[values.NAME]]` (rows with `from`, `value` and `source`).
Every record has a `source`.
"""
LETTINGS = """## Columns of lettings

What the running tallies read, and nothing else: another column is refused by name.
"""
CODES = {
    "INCOME_CLASSES": "Income classes",
    "TARGET_GROUPS": "Target groups",
    "URGENCY_GROUPS": "Urgency groups",
    "TEMPORARY_GROUNDS": "Grounds for a temporary contract",
    "CAMPUS_GROUPS": "Groups for a campus contract",
    "SITUATIONS": "Situations that decide which evidence of income is asked",
    "EVIDENCE": "Evidence of income",
    "OWN_STATEMENT_GROUNDS": "Grounds for an own statement of income",
    "SOCIAL_TENANTS": "Tenants of social real estate",
    "SPENDING": "Spending on livability",
}
MAY = {
    "fill": "fill in what is unknown",
    "lower": "lower it",
    "higher": "raise it",
    "agreement": "change it by performance agreement only",
}
FORMS = {
    "str": "text",
    "date": "date",
    "bool": "true or false",
    "int": "whole number",
    "float": "share, 0 to 1",
}


def page() -> str:
    """All rules and values with their dates, sources and grades; the forms of local policy and lettings."""
    parts = [INTRODUCTION, RULES]
    for rule in load_register().by_name.values():
        parts += [f"### {rule.name}", _rule(rule)]
    parts.append(VALUES)
    for name, parameter in load_parameters().by_name.items():
        rows = [_row(dated) for dated in parameter.values]
        parts += [f"### {name}", _facts(parameter), table(("from", "value", "grade", "source", "note"), rows)]
    parts.append(LOCAL)
    for kind in RECORDS:
        parts += [f"### `[[{kind.section}]]`", _record(kind)]
    return whole(*parts, LETTINGS, _lettings(), *_codes())


def _rule(rule: Rule) -> str:
    parts = [f"**{rule.label.en}** (*{rule.label.nl}*)"]
    for version in rule.versions:
        facts = [
            f"{_days(version)}: {version.says.en}",
            f"{version.article}, {_address(version.source)}. Grade {code(version.grade)}.",
        ]
        if version.values:
            facts.append("Values: " + ", ".join(f"[{name}](#{name})" for name in version.values) + ".")
        if version.unknown:
            facts.append(f"Not known: {version.unknown.en}.")
        parts.append("\n".join(f"- {fact}" for fact in facts))
    return whole(*parts)


def _days(version: Version) -> str:
    start = f"{'read in' if version.start_read else 'from'} {version.start.isoformat()}"
    return f"{start} until {version.end.isoformat()}" if version.end else start


def _facts(parameter: Parameter) -> str:
    unit = parameter.unit.replace("_", " ").replace("cents", "euro cents")
    may = MAY[parameter.local]
    return (
        f"{parameter.label_en} (*{parameter.label_nl}*). {parameter.article}. In {unit}. "
        f"Local policy may: {may}."
    )


def _row(dated: Dated) -> tuple[str, ...]:
    unknown = f"unknown: {dated.unknown.en}" if dated.unknown else ""
    value = number(dated.value) or unknown
    note = dated.note.en if dated.note else ""
    return (dated.start.isoformat(), value, code(dated.grade or ""), _address(dated.source), note)


def _address(source: str) -> str:
    host = re.match(r"https?://(?:www\.)?([^/]+)", source)
    return f"[{host[1]}]({source})" if host else source


def _record(kind: type[Record]) -> str:
    hints = get_type_hints(kind)
    rows = [
        (code(key), _form(hints[one.name], one), "" if _may_lack(one) else "required")
        for one in fields(kind)
        if (key := one.metadata.get("key", one.name))
    ]
    said = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", " ".join((kind.__doc__ or "").split()))
    return whole(said, table(("field", "holds", ""), rows))


def _form(hint: Any, one: Field[Any]) -> str:
    listed = getattr(hint, "__origin__", None) is tuple
    parts = [part for part in getattr(hint, "__args__", (hint,)) if part not in (type(None), ...)]
    form = FORMS[parts[0].__name__]
    if "choices" in one.metadata:
        form = "one of " + ", ".join(code(choice) for choice in one.metadata["choices"])
    elif "pattern" in one.metadata:
        form = one.metadata["pattern"][1]
    return f"list: {form}" if listed else form


def _may_lack(one: Field[Any]) -> bool:
    return one.default is not MISSING


def _lettings() -> str:
    rows = [
        (code(one.name), one.type, "required" if one.required else "", one.label.nl, one.meaning.en)
        for one in LETTING_COLUMNS.values()
    ]
    return table(("column", "type", "", "Dutch", "meaning"), rows)


def _codes() -> list[str]:
    parts = []
    for name, title in CODES.items():
        rows = [(code(key), words.nl, words.en) for key, words in getattr(lists, name).items()]
        parts += [f"### {title}", table(("code", "Dutch", "English"), rows)]
    return parts
