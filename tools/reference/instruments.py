"""The page of instruments, from the catalogue beside the allocation."""

from __future__ import annotations

from ongedeeld.allocation.catalogue import (
    CODES,
    FAMILIES,
    PARTIES,
    UNITS,
    WORDS_OF_CONDITIONS,
    Instrument,
    Parameter,
    load_catalogue,
)
from ongedeeld.rules import load_register
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Instruments

What a [policy file](../how-to/policy-file.md) can use, with its parameters, the rules that carry it, who must
agree and what is known of its effect. [What they are](../explanation/instruments.md) is told elsewhere.

Codes of VERA are those of version 4.3, as list and code.
"""


def page() -> str:
    """All instruments by family, and the codes that parameters take."""
    parts = [INTRODUCTION]
    for family, label in FAMILIES.items():
        parts.append(f"## {label.en.capitalize()} (*{label.nl}*)")
        for instrument in load_catalogue().of(family):
            parts += [f"### {instrument.name}", _facts(instrument), _parameters(instrument)]
    return whole(*parts, "## Codes of parameters", _codes())


def _facts(one: Instrument) -> str:
    vera = ", ".join(map(code, one.vera)) or (one.no_vera.en if one.no_vera else "")
    facts = [
        f"Rules: {', '.join(map(_rule, one.basis))}.",
        f"Who must agree: {', '.join(PARTIES[party].en for party in one.agree)}.",
        f"Evidence: [{one.evidence}](evidence.md#{one.evidence}).",
        f"VERA: {vera.rstrip('.')}.",
    ]
    if one.conditions:
        words = ", ".join(WORDS_OF_CONDITIONS[condition].en for condition in one.conditions)
        facts.insert(1, f"Conditions: {words}.")
    if one.order is not None:
        facts.append(f"Place among the priorities: {one.order}.")
    heading = f"**{one.label.en}** (*{one.label.nl}*). {one.does.en}"
    return whole(heading, "\n".join(f"- {fact}" for fact in facts))


def _rule(name: str) -> str:
    return f"{load_register()[name].label.en} ({code(name)})"


def _parameters(one: Instrument) -> str:
    rows = [_parameter(parameter) for parameter in one.parameters.values()]
    return table(("parameter", "meaning", "form", "unit", "range", "default"), rows) if rows else ""


def _parameter(one: Parameter) -> tuple[str, ...]:
    meaning = one.label.en
    if one.basis:
        meaning += f"; then also: {', '.join(map(_rule, one.basis))}"
    form = one.kind.replace("_", " ") + (f" of {code(one.codes)}" if one.codes else "")
    return (code(one.name), meaning, form, UNITS[one.unit].en if one.unit else "", _range(one), _default(one))


def _range(one: Parameter) -> str:
    if one.minimum is None and one.maximum is None:
        return ""
    if one.maximum is None:
        return f"{number(one.minimum)} or more"
    return f"{number(one.minimum)} to {number(one.maximum)}"


def _default(one: Parameter) -> str:
    if one.required:
        return "required"
    if one.default is None:
        return "none"
    if isinstance(one.default, bool):
        return code(str(one.default).lower())
    return ", ".join(map(code, one.default)) if isinstance(one.default, tuple) else code(one.default)


def _codes() -> str:
    rows = [
        (code(name), code(word), label.en, label.nl)
        for name, words in CODES.items()
        for word, label in words.items()
    ]
    return table(("list", "code", "English", "Dutch"), rows)
