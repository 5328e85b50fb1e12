"""The files of a delivery: csv, and in the terms of VERA, the data standard of Dutch housing associations.

VERA 4.3 has no message for an early debt signal. The file holds two of its messages for each: the tenant as
a `Relatie` with contact details, and the arrears as a `Debiteur` with its balance; what VERA has no attribute
for stands in `extra-attributen`, which its messages have for that.

The csv is what people at a Dutch municipality open: its words and amounts are Dutch, with a decimal comma,
whatever the language of who saves it. The VERA file is for machines: its amounts are numbers of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ongedeeld.reporting.text import harmless
from ongedeeld.web.preventing.contents import Debt, arrears_of
from ongedeeld.web.preventing.models import Arrears, Delivery
from ongedeeld.web.spreadsheets import csv_bytes

VERA_VERSION = "4.3.0"
SIGNAL_HEADER = (
    "kenmerk",
    "naam",
    "straat",
    "huisnummer",
    "toevoeging",
    "postcode",
    "plaats",
    "telefoon",
    "e-mail",
    "achterstand_euro",
    "achterstand_maanden",
    "peildatum",
)
STOP_HEADER = ("kenmerk", "beeindigd_op")
Writer = Callable[[Delivery, Sequence[Arrears]], bytes]


def csv_file(delivery: Delivery, held: Sequence[Arrears]) -> bytes:
    """The delivery as csv, with semicolons, in UTF-8 with its mark."""
    if delivery.kind == Delivery.Kind.STOPS:
        return csv_bytes([STOP_HEADER, *((one.key, one.ended_on) for one in held)])
    return csv_bytes([SIGNAL_HEADER, *map(_signal_row, held)])


def _signal_row(one: Arrears) -> list[str]:
    debt = arrears_of(one)
    words = (
        debt.name,
        debt.street,
        debt.number,
        debt.addition,
        debt.postcode,
        debt.town,
        debt.phone,
        debt.email,
    )
    return [
        str(one.key),
        *map(harmless, words),
        euros(debt.cents),
        str(debt.months),
        one.counted_on.isoformat(),
    ]


def euros(cents: int) -> str:
    """Whole cents as euros with a comma, as a spreadsheet in the Netherlands reads an amount.

    >>> euros(123405)
    '1234,05'
    """
    return f"{cents // 100},{cents % 100:02}"


def vera_file(delivery: Delivery, held: Sequence[Arrears]) -> bytes:
    """The delivery as JSON, a list of pairs of VERA messages."""
    message = _stopped if delivery.kind == Delivery.Kind.STOPS else _signalled
    content = {"veraVersie": VERA_VERSION, "berichten": [message(one) for one in held]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


FILES: dict[str, tuple[Writer, str, str]] = {
    "csv": (csv_file, "csv", "text/csv; charset=utf-8"),
    "vera": (vera_file, "json", "application/json"),
}
"""Each form with how it is written, the ending of its name and its type."""

NAMES = {Delivery.Kind.SIGNALS: "vroegsignalen", Delivery.Kind.STOPS: "beeindigde-vroegsignalen"}
"""What the file of each kind of delivery is called, in Dutch as what is in it."""


def file_name(delivery: Delivery, form: str) -> str:
    """What the file of a delivery is called where somebody saves it."""
    return f"{NAMES[Delivery.Kind(delivery.kind)]}-{delivery.key}.{FILES[form][1]}"


def _signalled(one: Arrears) -> dict[str, Any]:
    debt = arrears_of(one)
    return {"relatie": _relation(one, debt), "debiteur": _debtor(one, debt.cents / 100, _extra(one, debt))}


def _stopped(one: Arrears) -> dict[str, Any]:
    return {"debiteur": _debtor(one, None, {"vroegsignaalBeeindigdOp": _day(one.ended_on)})}


def _relation(one: Arrears, debt: Debt) -> dict[str, Any]:
    address = {
        "soort": _code("EEN", "Eenheid adres"),
        "straatnaam": debt.street,
        "huisnummer": debt.number,
        "huisnummerToevoeging": debt.addition,
        "postcode": debt.postcode,
        "woonplaats": {"naam": debt.town},
    }
    contacts = (("TEL", "Telefoon", debt.phone), ("EMA", "E-mail", debt.email))
    return {
        "id": str(one.key),
        "soort": _code("NAT", "Natuurlijke persoon"),
        "aanschrijfnaam": debt.name,
        "adressen": [{"adres": {name: value for name, value in address.items() if value}}],
        "contactgegevens": [
            {"soort": _code(code, name), "waarde": value} for code, name, value in contacts if value
        ],
        "rollen": [{"soort": _code("HUU", "Huurder")}],
    }


def _debtor(one: Arrears, balance: float | None, extra: dict[str, str]) -> dict[str, Any]:
    return {
        "id": str(one.key),
        "soort": _code("HUU", "Huurdebiteur"),
        **({} if balance is None else {"saldo": balance}),
        "extra-attributen": [{"naam": name, "waarde": value} for name, value in extra.items()],
    }


def _extra(one: Arrears, debt: Debt) -> dict[str, str]:
    return {"achterstandMaanden": str(debt.months), "peildatum": _day(one.counted_on)}


def _code(code: str, name: str) -> dict[str, str]:
    return {"code": code, "naam": name}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
