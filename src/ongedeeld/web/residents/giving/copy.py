"""What a resident can give for learning: codes from closed lists, and nothing that could hold a word.

`docs/reference/donated-lives.md` tells the form. What the browser sends is read here field by field; anything
else than these codes is refused, so that no word, name or day comes in, whatever a browser was made to send.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import LifeDomain
from ongedeeld.web.partners.models import Organisation

FORM = 1
DOMAINS = tuple(str(domain) for domain in LifeDomain)
SORTS = tuple(str(sort) for sort in Organisation.Kind)
HOWS = ("helped", "hindered", "trapped")
DIFFICULT = ("hindered", "trapped")
MOST_ROWS = 500

_EFFECT = {
    "domain": DOMAINS,
    "sort": (*SORTS, "none", "unsaid"),
    "effect": (*HOWS, "nothing"),
    "order": ("first", "later"),
    "length": ("moment", "months", "years"),
}
_INFLUENCE = {"from": DOMAINS, "to": DOMAINS, "how": HOWS}
_CHANCE = {"domain": DOMAINS, "sort": (*SORTS, "unsaid")}
_PARTS = {"effects": _EFFECT, "influences": _INFLUENCE, "chances": _CHANCE}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Copy:
    """An anonymised copy of a life: sets of rows, each of codes in the order of the lists above."""

    effects: frozenset[Row]
    influences: frozenset[Row]
    chances: frozenset[Row]

    def written(self) -> str:
        """As it is kept: in an order that tells nothing."""
        parts = {name: sorted(getattr(self, name)) for name in _PARTS}
        return json.dumps({"form": FORM, **parts}, separators=(",", ":"))


def read(given: object) -> Copy:
    """The copy that a browser sends.

    Raises
    ------
    InputError
        When it holds anything else than the codes of the form, nothing at all, or contradicts itself.
    """
    if not isinstance(given, dict) or set(given) != {"form", *_PARTS} or given["form"] != FORM:
        raise _not_in_form("form")
    copy = Copy(**{name: _rows(name, given[name], codes) for name, codes in _PARTS.items()})
    _refuse_contradictions(copy)
    return copy


def kept(written: str) -> Copy:
    """A copy as :meth:`Copy.written` wrote it."""
    parts = json.loads(written)
    return Copy(**{name: frozenset(tuple(row) for row in parts[name]) for name in _PARTS})


def _rows(name: str, given: object, codes: Mapping[str, Iterable[str]]) -> frozenset[Row]:
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        raise _not_in_form(name)
    return frozenset(_row(name, one, codes) for one in given)


def _row(name: str, given: object, codes: Mapping[str, Iterable[str]]) -> Row:
    if not isinstance(given, dict) or set(given) != set(codes):
        raise _not_in_form(name)
    for field, allowed in codes.items():
        if given[field] not in allowed:
            raise _not_in_form(f"{name}.{field}")
    return tuple(given[field] for field in codes)


def _refuse_contradictions(copy: Copy) -> None:
    """Hold it to what the published counts are tied by: see `learned_traits.bounds`."""
    there = {row[0] for row in copy.effects}
    difficult = {row[0] for row in copy.effects if row[2] in DIFFICULT}
    first = [row for row in copy.effects if row[3] == "first"]
    if not there:
        raise InputError(N_("there is nothing in this copy to learn from"), expected=N_("an effect"))
    if len(first) != bool(difficult) or any(row[2] not in DIFFICULT for row in first):
        raise _not_in_form("effects.order")
    if not {domain for row in copy.influences for domain in row[:2]} <= there:
        raise _not_in_form("influences")
    if not {row[0] for row in copy.chances} <= difficult:
        raise _not_in_form("chances")


def _not_in_form(field: str) -> InputError:
    return InputError(
        N_("this copy is not in the form in which a life is given: {field}"),
        expected=N_("codes of the form, without words, names or days"),
        remedy=N_("load the page again and give it once more"),
        field=field,
    )
