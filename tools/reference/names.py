"""The page of Python names, from their signatures and docstrings."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules, walk_packages
from types import GenericAlias
from typing import Any, ForwardRef, is_typeddict

import ongedeeld
from tools.reference.markdown import code, whole

INTRODUCTION = """# Python names

What can be imported, room by room. `import ongedeeld` is a light door: it loads a room when one of its
names is first used.

"""


# Parts of a room that have a door of their own.
WITH_INNER_ROOMS = ("sources", "measures", "reporting")
# Modules of a room that offer more than its door: one for each topic of the law.
TOPICS = tuple(
    f"rules.{topic}"
    for topic in (
        "binding",
        "codes",
        "contracts",
        "fitting",
        "income",
        "livability_spending",
        "permit_holders",
        "permits",
        "purpose",
        "records",
        "rents",
        "tallies",
        "tally",
        "urgency",
        "wbmgp",
    )
)

# What a name without a docstring of its own is.
VALUES = {
    "city.CHECKS": "The checks of a City by name; see [Checks](checks.md).",
    "city.SCHEMA_VERSION": "The version of the form of a City on disk. A newer one is refused.",
    "city.Severity": "How much a finding matters: `error`, `warning` or `note`.",
    "measures.inclusion.AEDES_QUESTIONS": "The four questions of the Aedes benchmark, each from 1 to 10.",
    "measures.inclusion.AGES": "The age classes of a type of household, of its eldest member.",
    "measures.inclusion.ASPECTS": "What an inspection grades, from 1 to 5.",
    "measures.inclusion.DAILY_AMENITIES": "The daily amenities of which distances are published.",
    "measures.inclusion.DAILY_KINDS": "The kinds of place that daily life needs.",
    "measures.inclusion.INCOMES": "The income classes of a type of household, as the rules part them.",
    "measures.inclusion.INDOOR_KINDS": "The kinds of place to meet that are indoors.",
    "measures.inclusion.OUTDOOR_KINDS": "The kinds of place to meet that are outdoors.",
    "measures.inclusion.Outcome": "`known`, `too_few` or `not_known`.",
    "measures.inclusion.RECOGNITION_QUESTIONS": "The questions on being known, each from 1 to 10.",
    "measures.inclusion.SIZES": "The sizes of a type of household, in people.",
    "measures.inclusion.TYPES": "All types of household.",
    "measures.inclusion.YES_OR_NO": "The questions that are answered with yes or no.",
    "sources.fetching.Progress": "Told what is being downloaded, the bytes so far and, where known, in all.",
    "sources.model_city.EffectKind": "What an `Effect` can be; it tells what each kind changes.",
    "vocabulary.CHOICES": "The lists of codes by name; see [Choices](tables.md#choices).",
    "vocabulary.INDICATORS": "The indicators by name; see [Indicators](indicators.md).",
    "vocabulary.LANGUAGES": "The languages, Dutch first.",
    "vocabulary.Language": "`nl` or `en`.",
    "vocabulary.LIVABILITY": "The versions of the Leefbaarometer; see [Indicators](indicators.md).",
    "vocabulary.TABLES": "The tables of a City by name; see [Tables of the City](tables.md).",
    "reporting.Audience": "For whom a page is: `internal` or `public`.",
}


def page() -> str:
    """All public names."""
    parts = [INTRODUCTION, "## ongedeeld", _door()]
    for room, held in public_names().items():
        module = import_module(f"ongedeeld.{room}")
        parts += [f"## ongedeeld.{room}", _prose(inspect.getdoc(module) or "")]
        for name, value in held.items():
            parts.extend(_entry(room, name, value))
    return whole(*parts)


def public_names() -> dict[str, dict[str, Any]]:
    """What each room offers, by name; an inner room shows only what the outer one does not offer itself."""
    rooms = [room.name for room in iter_modules(ongedeeld.__path__) if room.name != "cli"]
    offered = {room: _public(import_module(f"ongedeeld.{room}")) for room in rooms}
    for room in WITH_INNER_ROOMS:
        outer = import_module(f"ongedeeld.{room}")
        for inner in walk_packages(outer.__path__, f"{room}."):
            module = import_module(f"ongedeeld.{inner.name}")
            if inner.ispkg and hasattr(module, "__all__"):
                names = {name: value for name, value in _public(module).items() if name not in offered[room]}
                offered[inner.name] = names
    for topic in TOPICS:
        module = import_module(f"ongedeeld.{topic}")
        outer_names = offered[topic.partition(".")[0]]
        offered[topic] = {name: value for name, value in _public(module).items() if name not in outer_names}
    return {room: offered[room] for room in sorted(offered) if offered[room]}


def said_of_value(room: str, name: str) -> str:
    """What a name without a docstring of its own is: said here, or in the code right below it."""
    return VALUES.get(f"{room}.{name}") or _prose(_said_below(room).get(name, ""))


@cache
def _said_below(room: str) -> dict[str, str]:
    """The strings that stand right below an assignment in a room, by the name that is assigned."""
    found: dict[str, str] = {}
    place = Path(inspect.getfile(import_module(f"ongedeeld.{room}")))
    for file in place.parent.rglob("*.py") if place.name == "__init__.py" else [place]:
        for given, below in pairwise(ast.parse(file.read_text(encoding="utf-8")).body):
            targets = given.targets if isinstance(given, ast.Assign) else [getattr(given, "target", None)]
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                text = inspect.cleandoc(str(below.value.value))
                found |= {target.id: text for target in targets if isinstance(target, ast.Name)}
    return found


def speaks_for_itself(value: Any) -> bool:
    """Whether it is a class or function, which has a docstring of its own; a name for a type is neither."""
    return not isinstance(value, GenericAlias) and (inspect.isclass(value) or inspect.isroutine(value))


def _public(module: Any) -> dict[str, Any]:
    """The public names of a room; of a room that is one file, what it defines."""
    if hasattr(module, "__all__"):
        return {name: getattr(module, name) for name in module.__all__}
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    }


def _door() -> str:
    lines = []
    for name in ongedeeld.__all__:
        value = getattr(ongedeeld, name)
        room = next(room for room, held in public_names().items() if held.get(name) is value)
        lines.append(f"- [`{name}`](#{room}.{name}) of `ongedeeld.{room}`")
    return "\n".join(lines)


def _entry(room: str, name: str, value: Any) -> Iterator[str]:
    yield f"### `{name}` {{ #{room}.{name} }}"
    if not speaks_for_itself(value):
        yield said_of_value(room, name)
        return
    yield _signature(name, value)
    yield _prose(inspect.getdoc(value) or "")
    if inspect.isclass(value):
        for member, inner in vars(value).items():
            if not member.startswith("_"):
                yield from _member(name, member, inner)


def _member(owner: str, name: str, value: Any) -> Iterator[str]:
    function = getattr(value, "__func__", value)
    if isinstance(value, property):
        yield f"#### `{owner}.{name}`"
        yield _prose(inspect.getdoc(value) or "")
    elif inspect.isfunction(function):
        yield f"#### `{owner}.{name}()`"
        yield _signature(name, function)
        yield _prose(inspect.getdoc(function) or "")


def _signature(name: str, value: Any) -> str:
    if is_typeddict(value):
        words = [f"{key}: {_type(kind)}" for key, kind in value.__annotations__.items()]
        result = ""
    elif inspect.isclass(value) and issubclass(value, str):
        # A kind of text has no signature of its own to ask for.
        words, result = ["text: str"], ""
    else:
        signature = inspect.signature(value)
        words = _words(signature)
        result = "" if inspect.isclass(value) else f" -> {_type(signature.return_annotation)}"
    line = f"{name}({', '.join(words)}){result}"
    if len(line) > 90:
        line = f"{name}(\n" + "".join(f"    {word},\n" for word in words) + f"){result}"
    return f"```py\n{line}\n```"


def _words(signature: inspect.Signature) -> list[str]:
    words: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name in {"self", "cls"} or parameter.name.startswith("_"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not any(word.startswith("*") for word in words):
            words.append("*")
        words.append(_parameter(parameter))
    return words


def _parameter(parameter: inspect.Parameter) -> str:
    stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
    text = stars + parameter.name
    if parameter.annotation is not parameter.empty:
        text += f": {_type(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        default = repr(parameter.default)
        text += " = …" if default.startswith("<") else f" = {default}"
    return text


def _type(annotation: Any) -> str:
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    return annotation if isinstance(annotation, str) else str(inspect.formatannotation(annotation))


def _prose(text: str) -> str:
    """A docstring as Markdown: sections with lists, examples and literal blocks as code."""
    text = re.sub(r":\w+:`~?([^`]*)`", r"`\1`", text).replace("``", "`")
    head, *sections = re.split(r"^(\w[\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    parts = [_blocks(head)]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        parts.append(f"**{title}**")
        parts.append(_blocks(body) if title in {"Examples", "Notes"} else _items(body))
    return "\n\n".join(part for part in parts if part)


def _items(body: str) -> str:
    """A list of `name` or `type` lines, each with an indented explanation."""
    items: list[str] = []
    for line in body.strip("\n").splitlines():
        if line and not line.startswith(" "):
            items.append(f"- {code(line.strip())}:")
        elif line.strip():
            start = "\n    " if line.strip().startswith("- ") else " "
            items[-1] += start + line.strip()
    return "\n".join(item.removesuffix(":") for item in items)


def _blocks(text: str) -> str:
    """Paragraphs; an example of the prompt and an indented block after `::` become code."""
    parts = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        if block.startswith(">>>"):
            parts.append(f"```pycon\n{block}\n```")
        elif block.startswith("    ") and parts and parts[-1].endswith("::"):
            parts[-1] = parts[-1].removesuffix("::").rstrip() + ":" if parts[-1] != "::" else ""
            parts.append(f"```text\n{inspect.cleandoc(block)}\n```")
        else:
            parts.append(block if block.startswith("- ") else " ".join(block.split()))
    return "\n\n".join(part for part in parts if part)
