"""Commands for the keys that seal what tells of people: keys, keys rotate."""

from __future__ import annotations

import typer

from ongedeeld.cli.options import Lang
from ongedeeld.cli.voice import tell
from ongedeeld.cli.workbench import Data, need_web
from ongedeeld.errors import N_

app = typer.Typer(name="keys", invoke_without_command=True)


@app.callback()
def keys(context: typer.Context, data: Data = None, lang: Lang = None) -> None:
    """Hold the file with the keys that seal what tells of people against the database."""
    if context.invoked_subcommand is not None:
        return
    need_web()
    from ongedeeld.web.site.preparing import Wanted, open_django

    open_django(Wanted(data))
    from ongedeeld.web.site.field_keys import check

    file, name = check()
    tell(N_("The key file {file} belongs to this database; key {name} seals."), file=file, name=name)


@app.command()
def rotate(data: Data = None, lang: Lang = None) -> None:
    """Put a new key into use, while the workbench runs; the worker seals anew what older keys hold."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, open_django

    open_django(Wanted(data))
    from ongedeeld.web.site.field_keys import renew

    file, name = renew()
    tell(N_("Key {name} seals from now on. Keep a copy of {file} apart."), name=name, file=file)
    tell(N_("A backup from before opens with the copy from before: keep both as long as each other."))
