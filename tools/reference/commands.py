"""The page of commands, from what the commands declare of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from typer import Context, Typer
from typer.models import ArgumentInfo

from ongedeeld.cli import app
from tools.reference.markdown import code, table, whole

INTRODUCTION = """# Commands

`ongedeeld` has the verbs of the library at the prompt. Its help is in English; what it prints is in Dutch
or, with `--lang en` before or after the command, in English. `ongedeeld COMMAND --help` tells the same as
this page.

Exit codes: 0 done, 1 findings (of `check`; errors of `build`), 2 wrong use or input. See
[Errors and exit codes](errors.md).
"""
# Told once for all commands.
SHARED = frozenset({"lang"})


@dataclass(frozen=True)
class _Parameter:
    """An argument or option: how it is written, what it means, and what counts when it is left out."""

    name: str
    written: str
    argument: bool
    required: bool
    repeatable: bool
    meaning: str
    default: str


def page() -> str:
    """All commands with their arguments and options."""
    parts = [INTRODUCTION]
    if app.registered_callback and app.registered_callback.callback:
        parts += ["## Options before the command", _table(app.registered_callback.callback)]
    for name, callback in _commands(app):
        parts += [
            f"## {name}",
            inspect.getdoc(callback) or "",
            _usage(name, callback),
            _table(callback, SHARED),
        ]
    return whole(*parts)


def _commands(held: Typer, above: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """The commands by the words that call them; those of a group stand below what the group itself does."""
    for command in held.registered_commands:
        if command.callback is None:
            raise ValueError("every command has a function")
        yield f"{above}{command.name or command.callback.__name__.replace('_', '-')}", command.callback
    for group in held.registered_groups:
        inner = group.typer_instance
        if inner is None or inner.registered_callback is None or inner.registered_callback.callback is None:
            raise ValueError("every group does something by itself")
        name = f"{above}{inner.info.name}"
        yield name, inner.registered_callback.callback
        yield from _commands(inner, f"{name} ")


def _usage(name: str, callback: Callable[..., Any]) -> str:
    needed = [parameter.written for parameter in _parameters(callback) if parameter.required]
    return f"```text\n{' '.join(['ongedeeld', name, *needed, '[OPTIONS]'])}\n```"


def _table(callback: Callable[..., Any], known: frozenset[str] = frozenset()) -> str:
    """The parameters of a command, but for those that all commands are known to have."""
    rows = [
        (
            code(parameter.written) + (" (more than once)" if parameter.repeatable else ""),
            parameter.meaning,
            "required" if parameter.required else code(parameter.default),
        )
        for parameter in _parameters(callback)
        if parameter.name not in known
    ]
    return table(("argument or option", "meaning", "default"), rows)


def _parameters(callback: Callable[..., Any]) -> Iterator[_Parameter]:
    hints = get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        if hints[name] is Context:
            continue
        kind, info = get_args(hints[name])
        argument = isinstance(info, ArgumentInfo)
        value = info.metavar or _value(kind, name)
        option = f"--{name.replace('_', '-')}"
        # In an annotation Typer takes the first name of an option for its default.
        given = [word for word in (info.default, *(info.param_decls or ())) if isinstance(word, str)]
        switch = [option, f"--no-{option[2:]}"] if kind is bool else [option]
        names = ", ".join(given or switch)
        yield _Parameter(
            name=name,
            written=value if argument else f"{names} {'' if kind is bool else value}".strip(),
            argument=argument,
            required=parameter.default is parameter.empty,
            repeatable=not argument and get_origin(_known(kind)) is list,
            meaning=info.help or "",
            default=_default(parameter.default),
        )


def _known(kind: Any) -> Any:
    """The type without `None`."""
    if get_origin(kind) in {Union, UnionType}:
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _value(kind: Any, name: str) -> str:
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    return {int: "INTEGER", float: "NUMBER"}.get(kind, name.rstrip("_").upper())


def _default(value: object) -> str:
    if value is None or value is inspect.Parameter.empty:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
