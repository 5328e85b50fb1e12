"""The commands: the verbs of the library at the prompt.

Help is in English; what commands print is in Dutch or, with ``--lang en``, in English. Exit codes: 0 done,
1 findings, 2 wrong use or input.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ongedeeld.cli import data, look, pages
from ongedeeld.cli.voice import err, voice
from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.vocabulary import LANGUAGES

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
    pages.portrait,
    pages.atlas,
    pages.demo,
):
    app.command()(command)


@app.callback()
def speak(
    lang: Annotated[
        str, typer.Option(envvar="ONGEDEELD_LANG", help="Language of the output: nl or en.")
    ] = "nl",
) -> None:
    """See how neighbourhoods fare: build a City from open data, check it, and write portraits."""
    if lang not in LANGUAGES:
        raise InputError(N_("'{lang}' is not a language of this program"), expected="nl, en", lang=lang)
    voice.language = lang


def main() -> None:
    """Run a command; an error that is ours becomes a clear message and exit code 2."""
    try:
        app()
    except OngedeeldError as error:
        err.print(f"[bold]{voice.say(N_('This did not work.'))}[/bold]")
        err.print(error.say(voice.translate), markup=False, highlight=False)
        sys.exit(2)
