"""What this program does not hold about people: a column for it is refused by name, with the reason.

Counts of a whole complex (of arrears, nuisance, support, evictions) are another matter: they stand in the
table `observations`.
"""

from __future__ import annotations

import re

import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.sources.tabular import Sheet

# Each reason with the words that call for it, in lower case without spaces; a word counts anywhere in a
# header, one of up to four letters only as a word by itself.
ABOUT_PEOPLE: tuple[tuple[str, str], ...] = (
    (
        N_("nationality, ethnicity, origin and religion of people are not held"),
        """nationalit ethnic etnic herkomst afkomst migratieachtergrond allochtoon geboorteland countryofbirth
        geboorteplaats birthplace religio geloof verblijfsstatus""",
    ),
    (
        N_("health and diagnoses of people are not held; whether somebody has support never says why"),
        "diagnos medisch medical ziekte illness handicap disability beperking verslav addiction psychi ggz",
    ),
    (
        N_("police data and lists of unwanted people are not held"),
        "politie police strafblad antecedent criminalrecord aangifte zwartelijst blacklist",
    ),
    (
        N_("names, numbers and addresses that lead to a person are not held; use a pseudonymous number"),
        """bsn burgerservicenummer sofinummer citizenservice geboorte birth dob email mail telefoon telephone
        phone mobiel iban rekeningnummer voornaam achternaam roepnaam familienaam voorletters firstname
        lastname surname paspoort passport""",
    ),
    (
        N_("the income of people serves the rules in which income decides; it is not held with their home"),
        "inkomen income salaris salary uitkering",
    ),
)
NAMES, PEOPLE = ("naam", "name"), ("bewoner", "huurder", "tenant", "resident", "klant", "contact", "partner")
ABOUT_HOUSEHOLDS = (
    N_("support, arrears, nuisance and evictions are held only as counts of a complex, in observations"),
    "begeleiding achterstand arrears overlast nuisance ontruiming evict schuld debt",
)
HOUSEHOLD_TABLES = ("dwellings", "tenancies")


def reason_not_held(table: str, header: str) -> str | None:
    """Why a column with this header is refused in this table, or none where it may be left out in silence.

    >>> reason_not_held("tenancies", "Nationaliteit huurder")
    'nationality, ethnicity, origin and religion of people are not held'
    """
    reasons = ABOUT_PEOPLE + ((ABOUT_HOUSEHOLDS,) if table in HOUSEHOLD_TABLES else ())
    for reason, words in reasons:
        if _mentions(header, words.split()):
            return reason
    squashed = _squashed(header)
    of_a_person = any(name in squashed for name in NAMES) and any(person in squashed for person in PEOPLE)
    if of_a_person or (squashed in NAMES and table in HOUSEHOLD_TABLES):
        return ABOUT_PEOPLE[3][0]
    return None


def _mentions(header: str, words: list[str]) -> bool:
    squashed = _squashed(header)
    alone = set(re.split(r"[\W_]+", header.lower()))
    return any(word in alone if len(word) <= 4 else word in squashed for word in words)


def _squashed(header: str) -> str:
    return re.sub(r"[\W_]+", "", header.lower())


def refuse_column(sheet: Sheet, table: str, header: str) -> None:
    """Refuse a column, not in the vocabulary, whose header says that it must not be held.

    Raises
    ------
    InputError
        With the reason.
    """
    reason = reason_not_held(table, header)
    if reason is not None:
        raise InputError(
            reason,
            place=sheet.place(column=header),
            expected=N_("only columns of the template"),
            remedy=N_("remove the column from the file; if it holds something else, give it another name"),
        )


def refuse_citizen_numbers(sheet: Sheet, header: str, values: pl.Series) -> None:
    """Refuse own numbers that are citizen service numbers: nine digits that all pass the eleven test.

    The weighted sum 9a + 8b + … + 2h - i of the digits is a multiple of eleven. Of other numbers one in
    eleven passes, so five in a row are no accident.

    Raises
    ------
    InputError
        When every value, of at least five, passes.
    """
    held = values.drop_nulls().unique()
    if len(held) < 5 or not held.str.contains(r"^\d{9}$").all():
        return
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    digits = (held.str.slice(place, 1).cast(pl.Int64) for place in range(9))
    total = sum((digit * weight for digit, weight in zip(digits, weights, strict=True)), start=pl.Series([0]))
    if (total % 11 == 0).all():
        raise InputError(
            N_("these look like citizen service numbers (BSN)"),
            place=sheet.place(column=header),
            expected=N_("a pseudonymous number"),
            remedy=N_("give every row a number that means nothing elsewhere"),
        )
