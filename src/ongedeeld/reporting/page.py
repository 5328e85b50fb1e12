"""Pages: templates, the style sheet and the font, and writing them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ongedeeld.city import City, Manifest, Source
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.reporting.own import Own
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language, translator

FONTS = (
    "atkinson-hyperlegible-next-latin-400-normal.woff2",
    "atkinson-hyperlegible-next-latin-600-normal.woff2",
)
OWN_READERS = ("own", "crosswalk")
"""Readers of files of the association itself; a public page does not tell that they exist."""
Audience = Literal["internal", "public"]
_ROOM = files("ongedeeld.reporting")


class About(Protocol):
    """What a page is about: a City, what it is called on the page, and its own tables."""

    @property
    def name(self) -> str:
        """The name of the city."""

    @property
    def city(self) -> City:
        """Where everything on the page comes from."""

    @property
    def own(self) -> Own | None:
        """The association's own tables, where they may be told."""


def asset(name: str) -> bytes:
    """A file of the folder `assets`."""
    return (_ROOM / "assets" / name).read_bytes()


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("ongedeeld.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translator(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["svg"] = Markup  # drawn here, with every name in it escaped
    return environment


@cache
def style(*, alone: bool) -> str:
    """The style sheet; for a page alone the font is in it."""
    text = asset("style.css").decode()
    if alone:
        for font in FONTS:
            data = b64encode(asset(f"fonts/{font}")).decode()
            text = text.replace(f"fonts/{font}", f"data:font/woff2;base64,{data}")
    return text


def render(
    template: str, speech: Speech, about: About, *, audience: Audience, alone: bool, **facts: Any
) -> str:
    """A page of the city.

    Parameters
    ----------
    template
        A file of the folder `templates`.
    speech
        The language.
    about
        The city the page is about.
    audience
        A public page names no source that belongs to the association.
    alone
        Whether the page stands by itself, with all that it needs inside.
    facts
        What else the template asks for.
    """
    return (
        _environment(speech.language)
        .get_template(template)
        .render(
            speech=speech,
            city_name=about.name,
            manifest=about.city.manifest,
            sources=sources_told(about.city.manifest, audience, speech),
            remarks=remarks_told(about.city.manifest, audience, speech),
            tells_own=audience == "internal" and about.own is not None and about.own.is_known,
            audience=audience,
            version=version("ongedeeld"),
            style=Markup(style(alone=True)) if alone else "",  # noqa: S704 - our own file
            alone=alone,
            **facts,
        )
    )


def sources_told(manifest: Manifest, audience: Audience, speech: Speech) -> list[Source]:
    """The sources that a page may name, with their owners in the language of the page."""
    internal = audience == "internal"
    translate = translator(speech.language).gettext
    owners = {"model_city": N_("invented")}
    return [
        replace(
            source,
            owner=speech.say(owners[source.reader]) if source.reader in owners else translate(source.owner),
        )
        for source in manifest.sources
        if internal or source.reader not in OWN_READERS
    ]


def remarks_told(manifest: Manifest, audience: Audience, speech: Speech) -> list[tuple[str, str]]:
    """The remarks that a page may tell, each with its source; indicators by what they are called."""
    told = {source.key for source in sources_told(manifest, audience, speech)}
    translate = translator(speech.language).gettext
    return [
        (remark.source, remark.say(translate))
        for remark in manifest.remarks
        if audience == "internal" or remark.source in told
    ]


def write(texts: Mapping[str, str | bytes], folder: Path) -> None:
    """Write files, each whole or not at all; folders are made.

    Raises
    ------
    InputError
        When the disk refuses.
    """
    for name, content in texts.items():
        target = folder / name
        draft = target.with_name(f".{target.name}.draft")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content.encode() if isinstance(content, str) else content)
            draft.replace(target)
        except OSError as error:
            raise InputError(
                N_("this file could not be written: {detail}"),
                place=Place(target),
                remedy=N_("make room or choose another place with --out"),
                detail=error.strerror or str(error),
            ) from error
        finally:
            with suppress(NotADirectoryError):
                draft.unlink(missing_ok=True)
