"""The commands: the verbs of the library at the prompt.

Help is in English; what commands print is in Dutch or, with ``--lang en``, in English. Exit codes: 0 done,
1 findings, 2 wrong use or input.
"""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from ongedeeld.cli import (
    allocating,
    capacity,
    card,
    comparing,
    data,
    evidence,
    forecasting,
    keys,
    look,
    measuring,
    pages,
    rules,
    simulating,
    undividing,
    warning,
    workbench,
)
from ongedeeld.cli.options import speak_in
from ongedeeld.cli.voice import err, out, voice
from ongedeeld.errors import N_, OngedeeldError

UNFORESEEN = N_("This program did not foresee this ({detail}). Please report it with the lines above.")

app = typer.Typer(
    name="ongedeeld",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (
    data.fetch,
    data.template,
    data.build,
    look.check,
    look.describe,
    look.areas,
    measuring.measure,
    undividing.undivided,
    card.card,
    capacity.capacity,
    warning.warn,
    forecasting.forecast,
    evidence.evidence,
    allocating.allocate,
    simulating.simulate,
    comparing.compare,
    pages.portrait,
    pages.atlas,
    workbench.serve,
    workbench.work,
    workbench.demo,
    workbench.manager,
    workbench.backup,
    workbench.restore,
):
    app.command()(command)
app.add_typer(rules.app)
app.add_typer(keys.app)


def _tell_version(asked: bool) -> None:
    if asked:
        from ongedeeld import __version__

        out.print(f"ongedeeld {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def speak(
    lang: Annotated[
        str,
        typer.Option(envvar="ONGEDEELD_LANG", callback=speak_in, help="Language of the output: nl or en."),
    ] = "nl",
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """See how neighbourhoods fare: build a City from open data, check it, and write portraits."""


def main() -> None:
    """Run a command; an error that is ours becomes a clear message and exit code 2."""
    try:
        app()
    except OngedeeldError as error:
        err.print(f"[bold]{voice.say(N_('This did not work.'))}[/bold]")
        err.print(error.say(voice.translate), markup=False, highlight=False)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - nothing passes unsaid, and 1 would mean findings
        err.print(traceback.format_exc(), markup=False, highlight=False)
        err.print(voice.say(UNFORESEEN, detail=repr(error)), markup=False, highlight=False)
        sys.exit(2)
