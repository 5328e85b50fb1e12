"""The commands on the law by date: rules, rules explain, rules difference."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from ongedeeld.cli.options import AsJson, Lang
from ongedeeld.cli.voice import print_json, tell
from ongedeeld.errors import N_, AbsentError

app = typer.Typer(name="rules", invoke_without_command=True)

OnDay = Annotated[
    datetime | None,
    typer.Option(
        "--date", metavar="DAY", formats=["%Y-%m-%d"], help="The law of this day; today by default."
    ),
]
ADay = Annotated[
    datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="A day, such as 2026-07-01.")
]
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

    law = load_law(*(policy or ())).on(_date(day))
    if as_json:
        print_json(rules_said.day_as_data(law, municipality))
        return
    rules_told.tell_rules(law)
    rules_told.tell_values(law)
    rules_told.tell_local(law, municipality)
    if municipality:
        rules_told.tell_urgency(law, municipality)
    tell(N_("This is not legal advice: see the grades, and have a lawyer check what matters."))
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
    values, names = law.parameters.by_name, [*law.register.by_name, *law.parameters.by_name]
    if name not in names:
        raise AbsentError(
            N_("there is no rule or rule value {name}"),
            expected=N_("one of: {known}"),
            name=name,
            known=", ".join(get_close_matches(name, names, n=5) or sorted(names)),
        )
    if name in values:
        if as_json:
            print_json(rules_said.parameter_as_data(values[name]))
        else:
            rules_told.explain_value(values[name], law.on(_date(day)))
    elif as_json:
        print_json(rules_said.rule_as_data(law.register[name]))
    else:
        rules_told.explain_rule(law.register[name], law.on(_date(day)))


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
    changes = differ(law, first.date(), second.date())
    if as_json:
        print_json([rules_said.change_as_data(change, law) for change in changes])
    else:
        rules_told.tell_changes(changes, law)


def _date(day: datetime | None) -> date:
    return day.date() if day else date.today()
