"""What people, programs and attackers type into forms that ask something else."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.web.steady.pages import Field, Form

SCRIPT = "<script>alert(1)</script>"
ODD = (
    "",
    " ",
    "x" * 20_000,
    "Ωé漢字 🏚 \u202e\u200b",
    "a\x00b",
    "\r\n\r\nSet-Cookie: a=b",
    SCRIPT,
    f'">{SCRIPT}',
    "</textarea>" + SCRIPT,
    "'; DROP TABLE plans_plan; --",
    "{name} %(name)s {0} %s {{ 7 * 7 }}",
    "../../../etc/passwd",
    "=HYPERLINK(1)",
    "-1",
    "0",
    "1,5",
    "1e400",
    "nan",
    "-inf",
    "9" * 30,
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "31-12-2026",
    "00000000-0000-0000-0000-000000000000",
    "null",
    "[]",
)


def plausible(field: Field, chance: Random) -> str:
    """What somebody might fill in who means well."""
    choices = [choice for choice in field.choices if choice]
    if choices:
        return chance.choice(choices)
    if field.kind == "hidden":
        return field.value
    return {
        "date": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "number": "7",
        "email": f"wie{chance.randrange(10**6)}@voorbeeld.invalid",
        "url": "https://voorbeeld.invalid/",
    }.get(field.kind, field.value or "Rustig portiek.")


def filled(form: Form, turn: int, chance: Random, keys: list[str]) -> dict[str, str | list[str]]:
    """A form filled in for the so-manyth time: well, with something odd in it, not at all, and odd again.

    Parameters
    ----------
    form
        What is asked.
    turn
        How often it was filled in before.
    chance
        Where the choices come from.
    keys
        Keys of what is other people's.
    """
    asked = [one for one in form.fields.values() if one.kind != "file"]
    values: dict[str, str | list[str]] = {one.name: plausible(one, chance) for one in asked}
    if turn == 2:
        return dict.fromkeys(values, "")
    if turn and asked:
        for one in chance.sample(asked, k=min(len(asked), chance.choice((1, 1, 2, 5)))):
            odd = chance.choice((*ODD, *keys))
            values[one.name] = chance.choice((odd, odd, [odd, plausible(one, chance)]))
    return values
