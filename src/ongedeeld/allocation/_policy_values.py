"""The forms of the values in a policy file, and the one error that each gives."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from math import isfinite
from typing import Any

from ongedeeld.errors import N_, InputError, Place

LARGEST, SMALLEST = 10_000_000, 1e-6
"""No number in a policy is larger, and none that is not zero is smaller: what is, was mistyped."""

Bounds = tuple[float | None, float | None]


def known(key: str, keys: Iterable[str], place: Place) -> None:
    """Refuse a key that nothing reads."""
    allowed = sorted(keys)
    if key not in allowed:
        near = get_close_matches(key, allowed, n=1)
        raise InputError(
            N_("a policy has no key {key} here"),
            place=place,
            expected=N_("one of: {known}"),
            remedy=N_("did you mean {near}?") if near else N_("leave it out"),
            key=key,
            known=", ".join(allowed),
            near=", ".join(near),
        )


def text(value: object, key: str, place: Place) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(key, place, N_("a text"))
    return value


def checked(
    value: object,
    kind: str,
    key: str,
    place: Place,
    *,
    codes: tuple[str, ...] = (),
    between: Bounds = (None, None),
) -> Any:
    """The value of a key in the form of its kind, inside its range and its list of codes.

    Raises
    ------
    InputError
        With the line, when it is not.
    """
    if kind == "flag":
        if not isinstance(value, bool):
            raise wrong(key, place, N_("true or false"))
        return value
    if kind in ("whole", "number"):
        return _number(value, kind, key, place, between)
    if kind == "text":
        return _code(text(value, key, place), key, place, codes)
    if kind in ("texts", "areas"):
        if not isinstance(value, list) or not value:
            raise wrong(key, place, N_("a list of one or more texts"))
        return tuple(_code(text(one, key, place), key, place, codes) for one in value)
    if not isinstance(value, dict) or not value:
        raise wrong(
            key, place, N_("a number of homes for each complex, such as {example}"), example="{ C1 = 3 }"
        )
    return {
        _code(name, key, place, codes): _number(homes, "whole", key, place, between)
        for name, homes in value.items()
    }


def _number(value: object, kind: str, key: str, place: Place, between: Bounds) -> float:
    least, most = between
    if isinstance(value, bool) or not isinstance(value, int if kind == "whole" else int | float):
        raise wrong(key, place, N_("a whole number") if kind == "whole" else N_("a number"))
    if not isfinite(value) or abs(value) > LARGEST:
        raise wrong(key, place, N_("a number of no more than {largest}"), value, largest=f"{LARGEST:,}")
    if 0 < abs(value) < SMALLEST:
        raise wrong(key, place, N_("0, or a number of {smallest} or more"), value, smallest=f"{SMALLEST:g}")
    if (least is not None and value < least) or (most is not None and value > most):
        if most is None:
            raise wrong(key, place, N_("a number of {least} or more"), value, least=f"{least:g}")
        raise wrong(key, place, N_("a number from {least} to {most}"), value, least=least, most=most)
    return value


def _code(value: str, key: str, place: Place, codes: tuple[str, ...]) -> str:
    if not codes or value in codes:
        return value
    near = get_close_matches(value, codes, n=3, cutoff=0.5)
    raise wrong(key, place, N_("one of: {known}"), value, known=", ".join(near or sorted(codes)[:12]))


def wrong(key: str, place: Place, expected: str, value: object = None, **fields: object) -> InputError:
    """The error of a key whose value is not as expected."""
    problem = N_("{key} cannot be read") if value is None else N_("{key} cannot be '{value}'")
    return InputError(
        problem,
        place=place,
        expected=expected,
        remedy=N_("see the page on a policy file in the documentation"),
        key=key,
        value=value,
        **fields,
    )
