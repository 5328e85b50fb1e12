"""What a shared copy can hold: the fields of one thing, as the resident saw them before sharing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ongedeeld.errors import N_, InputError, Marked
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.residents.models import DOMAINS, Share
from ongedeeld.web.safeguards.sealing import seal, unseal
from ongedeeld.web.safeguards.words import has_citizen_number
from ongedeeld.web.written import writable

Kind = Share.Kind
LONGEST = 2000
LONGEST_NAME = 80

STEP_STATES = {
    "to_do": N_("to be done"),
    "doing": N_("being done"),
    "done": N_("done"),
    "dropped": N_("not needed any more"),
}
ISSUE_STATES = {
    "open": N_("open"),
    "working": N_("being worked on"),
    "solved": N_("solved"),
    "left": N_("left as it is"),
}
EFFECTS = {
    "helped": N_("helped"),
    "hindered": N_("hindered"),
    "trapped": N_("held me in"),
    "nothing": N_("did nothing"),
}
THEMES = {
    "oneself": N_("being oneself"),
    "safety": N_("feeling safe"),
    "known": N_("being known"),
    "meaning": N_("meaning something"),
    "control": N_("having a say"),
    "beauty": N_("beauty"),
}
_DOMAIN_NAMES = {str(domain): label for domain, label in LIFE_DOMAIN_LABELS.items()}

FIELDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.EVENT: {
        "title": N_("what happened"),
        "lane": N_("where in life"),
        "from": N_("from when"),
        "until": N_("until when"),
        "organisation": N_("organisation"),
        "effect": N_("what it did"),
        "felt": N_("how it felt"),
        "mattered": N_("what mattered"),
    },
    Kind.WISH: {"words": N_("the wish"), "domain": N_("life domain")},
    Kind.VALUE: {"words": N_("what makes living here worth it"), "theme": N_("theme")},
    Kind.ISSUE: {
        "title": N_("what it is about"),
        "domain": N_("life domain"),
        "state": N_("how it stands"),
    },
    Kind.STEP: {
        "issue": N_("what it is about"),
        "domain": N_("life domain"),
        "what": N_("the step"),
        "who": N_("who does it"),
        "by": N_("by when"),
        "state": N_("how it stands"),
        "doneOn": N_("done on"),
        "obstacle": N_("what is in the way"),
        "progress": N_("how it goes"),
    },
}
"""What each kind of thing can tell, and what that is called."""
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "domain": _DOMAIN_NAMES,
    "effect": EFFECTS,
    "theme": THEMES,
}
_REQUIRED = {Kind.EVENT: "title", Kind.WISH: "words", Kind.VALUE: "words", Kind.ISSUE: "title"}
_REQUIRED_OF_STEP = ("what", "domain", "state")
_DAYS = ("by", "doneOn")
_MOMENTS = ("from", "until")
_MOMENT = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_NO_WORDS = {*_DAYS, *_MOMENTS}
"""Days, months and years, in which no number of a person stands, although some look like one."""


@dataclass(frozen=True)
class Copy:
    """A copy as it is read.

    Parameters
    ----------
    kind
        What it is.
    sender
        How the receiver knows whose it is, in the words of the resident.
    told
        The fields that the resident chose to share, by the names of `FIELDS`.
    """

    kind: Kind
    sender: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it says in a line."""
        return self.told.get("title") or self.told.get("what") or self.told.get("words") or ""

    @property
    def facts(self) -> Iterator[tuple[str, str, object]]:
        """The name, the label and the value of everything that it tells; choices as texts to translate."""
        for name, label in FIELDS[self.kind].items():
            if value := self.told.get(name):
                yield name, label, self._said(name, value)

    def _said(self, name: str, value: str) -> object:
        if name in _DAYS:
            return date.fromisoformat(value)
        choices = _choices_of(self.kind, name)
        return Marked(choices[value]) if value in choices else value

    def sealed_for(self, share: UUID) -> str:
        """All of it, sealed for this share."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), bound_to(share))

    @property
    def columns(self) -> dict[str, object]:
        """What stands in columns: of a step its domain, state and days, and of all else nothing."""
        if self.kind != Kind.STEP:
            return dict(NO_COLUMNS)
        by, done = (_day(self.told.get(name, "")) for name in _DAYS)
        return {
            "domain": self.told["domain"],
            "state": self.told["state"],
            "due_on": by,
            "done_on": done,
        }


NO_COLUMNS: Mapping[str, object] = {"domain": "", "state": "", "due_on": None, "done_on": None}


def bound_to(share: UUID) -> str:
    """To what the copy of a share is sealed."""
    return f"share:{share}"


def copy_of(share: Share) -> Copy:
    """The copy of a share.

    Raises
    ------
    SealError
        When it was emptied, or the key is not there.
    """
    told: dict[str, Any] = json.loads(unseal(share.sealed, bound_to(share.key)))
    return Copy(Kind(told["kind"]), told["sender"], told["told"])


def taken(kind: str, content: object, sender: object) -> Copy:
    """A copy of what a browser sends: known fields of one thing and nothing besides.

    Raises
    ------
    InputError
        When it is of no known kind, tells something that this kind does not have, or lacks what it needs.
    """
    if kind not in Kind.values:
        raise InputError(N_("this cannot be shared"), expected=N_("something from your map or your plan"))
    known = Kind(kind)
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise InputError(N_("what is shared has to be words"), remedy=N_("open the page again"))
    told = {name: writable(value).strip() for name, value in content.items() if name != "kind"}
    if unknown := sorted(set(told) - set(FIELDS[known])):
        raise InputError(
            N_("'{name}' does not belong to what is shared"),
            remedy=N_("open the page again"),
            name=unknown[0],
        )
    copy = Copy(known, _name(sender), {name: value for name, value in told.items() if value})
    _check(copy)
    return copy


def _name(sender: object) -> str:
    name = writable(sender).strip() if isinstance(sender, str) else ""
    if not name or len(name) > LONGEST_NAME:
        raise InputError(
            N_("nobody will know that it is yours"),
            remedy=N_("write your name or address, as they know you"),
        )
    refuse_citizen_number(name)
    return name


def _check(copy: Copy) -> None:
    needed = _REQUIRED_OF_STEP if copy.kind == Kind.STEP else (_REQUIRED[copy.kind],)
    for name in needed:
        if not copy.told.get(name):
            raise InputError(
                N_("one thing is missing: {what}"),
                remedy=N_("fill it in first"),
                what=Marked(FIELDS[copy.kind][name]),
            )
    for name, value in copy.told.items():
        _check_value(copy.kind, name, value)


def _check_value(kind: Kind, name: str, value: str) -> None:
    label = Marked(FIELDS[kind][name])
    choices = _choices_of(kind, name)
    if len(value) > LONGEST:
        raise InputError(
            N_("{what} is too long"), expected=N_("at most {most} signs"), what=label, most=LONGEST
        )
    if choices and value not in choices and not (kind == Kind.EVENT and name == "lane"):
        raise InputError(N_("{what} is not known"), remedy=N_("open the page again"), what=label)
    if name in _DAYS and _day(value) is None:
        raise InputError(N_("{what} is no day"), remedy=N_("choose a day"), what=label)
    if name in _MOMENTS and not _is_moment(value):
        raise InputError(N_("{what} is no moment"), remedy=N_("choose a year, a month or a day"), what=label)
    if name not in _NO_WORDS:
        refuse_citizen_number(value)


def refuse_citizen_number(words: str) -> None:
    """Refuse words in which a citizen service number stands.

    Raises
    ------
    InputError
        When one does.
    """
    if has_citizen_number(words):
        raise InputError(
            N_("your citizen service number (BSN) stands in it, and nobody here may keep that"),
            remedy=N_("take the number out"),
        )


def _choices_of(kind: Kind, name: str) -> Mapping[str, str]:
    """The texts of what can be chosen for a field; a lane may also be one of the resident's own."""
    if name == "state":
        return STEP_STATES if kind == Kind.STEP else ISSUE_STATES
    return _DOMAIN_NAMES if (kind, name) == (Kind.EVENT, "lane") else _CHOICES.get(name, {})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _is_moment(text: str) -> bool:
    """Whether it is a year, a month or a day that exists."""
    return bool(_MOMENT.fullmatch(text)) and _day(f"{text}-01-01"[:10]) is not None


def states_of(kind: str) -> Mapping[str, str]:
    """What the states of a step or an issue are called."""
    return STEP_STATES if kind == Kind.STEP else ISSUE_STATES


DOMAIN_CODES = tuple(code for code, _ in DOMAINS)
"""The life domains, in their order."""
