"""Portraits as parts of a page: drawn once for each version, neighbourhood, language and audience.

Drawing takes about a second, reading a drawn one a few thousandths. What is kept lies in the cache `pages`,
below the data folder.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override
from markupsafe import Markup

from ongedeeld.reporting.page import Audience, remarks_told, sources_told
from ongedeeld.reporting.portraits import Portrait, gather
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language
from ongedeeld.web.areas.carrying import Counted, counted_in, ground_with
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.knowledge.own_evidence import OwnEvidence, own_evidence

logger = logging.getLogger(__name__)

LANGUAGES: tuple[Language, ...] = ("nl", "en")
AUDIENCES: tuple[Audience, ...] = ("internal", "public")
KEPT_SECONDS = 30 * 24 * 3600
PARTS = ("opening", "first", "where", "sections", "unknown")
Tell = Callable[[int, int], None]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Drawn:
    """A portrait as HTML: what opens it, its first section, where it lies, the others, and what is not known.

    `contents` are the key and title of every section.
    """

    contents: tuple[tuple[str, str], ...]
    opening: str
    first: str
    where: str
    sections: str
    unknown: str

    def part(self, name: str) -> Markup:
        """A part, which was escaped when it was drawn."""
        return Markup(getattr(self, name))  # noqa: S704 - made by our own templates, which escape


@dataclass(frozen=True)
class State:
    """What is in a portrait besides its version of the City: which inspections, and which evidence."""

    inspections: Counted = field(default_factory=Counted)
    own: OwnEvidence = field(default_factory=OwnEvidence)

    @classmethod
    def of(cls, opened: Opened, code: str, audience: Audience) -> State:
        """As it is now; the public sees nothing of either."""
        if audience == "public":
            return cls()
        here = places_of(opened).of(code)
        return cls(counted_in(here, timezone.localdate()), own_evidence())

    @property
    def mark(self) -> str:
        """What tells it from another."""
        return f"{self.inspections.last}.{self.inspections.many}:{self.own.mark}"


def drawn(opened: Opened, code: str, language: Language, audience: Audience) -> Drawn:
    """The portrait of a neighbourhood, from the cache or else drawn now.

    Parameters
    ----------
    opened
        The version that is read.
    code
        A neighbourhood that it has.
    language, audience
        For whom it is; the public sees no ranking and nothing of the association's own.
    """
    return _kept("drawn", _draw, opened, code, language, audience)


def warm(opened: Opened, tell: Tell | None = None) -> int:
    """Draw every portrait of a version, so that nobody waits for one; those that are drawn are left.

    Parameters
    ----------
    opened
        The version.
    tell
        Called after each with how many are done and how many there are.

    Returns
    -------
    int
        How many portraits the version has.
    """
    asked = [
        (code, language, audience)
        for code in opened.ground.codes
        for language in LANGUAGES
        for audience in AUDIENCES
    ]
    for done, (code, language, audience) in enumerate(asked, start=1):
        drawn(opened, code, language, audience)
        if tell is not None:
            tell(done, len(asked))
    return len(asked)


def portrait_of(opened: Opened, code: str, language: Language, audience: Audience) -> Portrait:
    """The facts of a portrait, for pages and documents alike; from the cache or else gathered now."""
    return _kept("facts", _gather, opened, code, language, audience)


def _kept(
    kind: str,
    make: Callable[[Opened, str, Language, Audience, State], Made],
    opened: Opened,
    code: str,
    language: Language,
    audience: Audience,
) -> Made:
    state = State.of(opened, code, audience)
    key = f"{kind}:{_made_with()}:{opened.version}:{code}:{language}:{audience}:{state.mark}"
    held: Made | None = caches["pages"].get(key)
    if held is None:
        held = make(opened, code, language, audience, state)
        _keep(key, held)
    return held


def _keep(key: str, made: object) -> None:
    """Keep what was made, so that the next reader does not wait; a full disk keeps nobody from reading."""
    try:
        caches["pages"].set(key, made, timeout=KEPT_SECONDS)
    except OSError as error:
        logger.warning("a drawn page could not be kept (%s)", error.strerror or type(error).__name__)


@cache
def _made_with() -> str:
    """The version of the workbench and when its files last changed: what an older one drew is not shown."""
    room = Path(settings.HERE).parents[1]
    files = (
        file
        for folder in ("reporting", "measures", "web/site/templates/areas")
        for file in (room / folder).rglob("*")
    )
    changed = max(file.stat().st_mtime_ns for file in files if file.suffix in {".py", ".html", ".toml"})
    return f"{version('ongedeeld')}-{changed}"


def _gather(opened: Opened, code: str, language: Language, audience: Audience, state: State) -> Portrait:
    ground = opened.ground if state == State() else ground_with(opened, state.inspections, state.own)
    return gather(ground, code, Speech(language), audience)


def _draw(opened: Opened, code: str, language: Language, audience: Audience, _: State) -> Drawn:
    speech = Speech(language)
    manifest = opened.city.manifest
    portrait = portrait_of(opened, code, language, audience)
    context = {
        "portrait": portrait,
        "speech": speech,
        "manifest": manifest,
        "city_name": opened.ground.name,
        # What fills a gap is done by who keeps the data, at the prompt: not here.
        "audience": "public",
        "reader": audience,
        "alone": False,
        "gaps": [(title, why, "") for title, why, _ in portrait.unknown.empty],
        "sources": sources_told(manifest, audience, speech),
        "remarks": remarks_told(manifest, audience, speech),
    }
    with override(language):
        parts = {name: get_template(f"areas/portrait/{name}.html").render(context) for name in PARTS}
    return Drawn(contents=tuple((one.key, one.title) for one in portrait.sections), **parts)
