"""The commands on the law by date: rules, rules explain, rules difference."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.options import AsJson, Lang
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.vocabulary import Both

if TYPE_CHECKING:
    from ongedeeld.rules import Law

app = typer.Typer(name="rules", invoke_without_command=True)

OnDay = Annotated[
    str | None, typer.Option("--date", metavar="DAY", help="The law of this day; today by default.")
]
ADay = Annotated[str, typer.Argument(metavar="DAY", help="A day, such as 2026-07-01.")]
Policies = Annotated[list[Path] | None, typer.Option("--policy", metavar="FILE", help="Local policy (TOML).")]


@app.callback()
def rules(
    context: typer.Context,
    day: OnDay = None,
    municipality: Annotated[
        str, typer.Option(metavar="CODE", help="Tell what local policy says of this municipality.")
    ] = "",
    policy: Policies = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List the rules in force on a day, their values, how sure they are, and what is not known."""
    if context.invoked_subcommand is not None:
        return
    from ongedeeld.cli import rules_said, rules_told
    from ongedeeld.rules import load_law
    from ongedeeld.rules.telling import NO_ADVICE

    _refuse_no_code(municipality)
    law = load_law(*(policy or ())).on(_day(day))
    if as_json:
        print_json(rules_said.day_as_data(law, municipality))
        return
    rules_told.tell_rules(law, municipality)
    rules_told.tell_values(law)
    rules_told.tell_local(law, municipality)
    if municipality:
        rules_told.tell_urgency(law, municipality)
    tell(NO_ADVICE)
    tell(N_("Explain one with: ongedeeld rules explain NAME"))


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a rule or of a value.")],
    day: OnDay = None,
    policy: Policies = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Explain a rule or a value through time: what it says, where it stands, and what is not known."""
    from ongedeeld.cli import rules_said, rules_told
    from ongedeeld.rules import load_law

    law = load_law(*(policy or ()))
    values, name = law.parameters.by_name, _meant(name, law)
    if name in values:
        if as_json:
            print_json(rules_said.parameter_as_data(values[name]))
        else:
            rules_told.explain_value(values[name], law.on(_day(day)))
    elif as_json:
        print_json(rules_said.rule_as_data(law.register[name]))
    else:
        rules_told.explain_rule(law.register[name], law.on(_day(day)))


@app.command()
def difference(
    first: ADay,
    second: ADay,
    policy: Policies = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Tell what starts, ends, changes or becomes unknown between two days; repealed is not zero."""
    from ongedeeld.cli import rules_said, rules_told
    from ongedeeld.rules import difference as differ
    from ongedeeld.rules import load_law

    law = load_law(*(policy or ()))
    changes = differ(law, _day(first), _day(second))
    if as_json:
        print_json([rules_said.change_as_data(change, law) for change in changes])
    else:
        rules_told.tell_changes(changes, law)


def _meant(text: str, law: Law) -> str:
    """The name of a rule or value, given as it is or by what people call it.

    Raises
    ------
    AbsentError
        When there is none; the error names what comes near, by name or by label.
    """
    labels = {name: rule.label for name, rule in law.register.by_name.items()}
    labels |= {name: Both(one.label_nl, one.label_en) for name, one in law.parameters.by_name.items()}
    if text in labels:
        return text
    wanted = text.casefold()
    called = {words.casefold(): name for name, both in labels.items() for words in (both.en, both.nl)}
    if wanted in called:
        return called[wanted]
    begins = {name for words, name in called.items() if wanted and words.startswith(wanted)}
    if len(begins) == 1:
        return begins.pop()
    near = [name for words, name in called.items() if wanted and wanted in words]
    near += [called.get(one, one) for one in get_close_matches(wanted, [*labels, *called], n=5)]
    known = list(dict.fromkeys(near))[:5]
    raise AbsentError(
        N_("there is no rule or rule value {name}"),
        expected=N_("one of: {known}"),
        remedy=N_("see them all with: ongedeeld rules"),
        name=text,
        known=", ".join(f"{name} ({labels[name].say(voice.translate)})" for name in known or sorted(labels)),
    )


def _refuse_no_code(municipality: str) -> None:
    from ongedeeld.rules.records import MUNICIPALITY

    pattern, expected = MUNICIPALITY
    if municipality and not re.fullmatch(pattern, municipality):
        raise InputError(
            N_("'{municipality}' is not the code of a municipality"),
            expected=expected,
            remedy=N_("take the code of CBS, also in the file of local policy"),
            municipality=municipality,
        )


def _day(text: str | None) -> date:
    """A day as people give it; today where they give none.

    Raises
    ------
    InputError
        When it is not a day; the error says how it would be written.
    """
    if text is None:
        return date.today()
    with suppress(ValueError):
        return date.fromisoformat(text)
    meant = "2026-07-01"
    with suppress(ValueError):
        meant = datetime.strptime(text, "%d-%m-%Y").date().isoformat()
    raise InputError(
        N_("'{text}' is not a day"),
        expected=N_("year, month and day, such as {meant}"),
        text=text,
        meant=meant,
    )
