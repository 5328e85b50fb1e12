"""What this program does not hold about people: a column for it is refused by name, with the reason.

Counts of a whole complex (of arrears, nuisance, support, evictions) are another matter: they stand in the
table `observations`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.sources.tabular import Sheet

# Words are in lower case without spaces; one counts anywhere in a header, one of up to four letters only as a
# word by itself.
REMOVE = N_("remove the column from the file")


@dataclass(frozen=True)
class Ground:
    """Why some columns are refused: the words that call for it, the reason, and what to do."""

    reason: str
    words: str
    expected: str
    remedy: str = REMOVE


BIRTH = Ground(
    N_("dates of birth are not held: with a home they lead to a person"),
    "geboortedatum geboortejaar geboorte gebdatum birth dob",
    N_("an age class: the column age_class (leeftijdsklasse)"),
    N_("remove the column from the file; if you need ages, give age_class, such as 35-54"),
)
NAMED = Ground(
    N_("names, numbers and addresses that lead to a person are not held; use a pseudonymous number"),
    """bsn burgerservicenummer sofinummer citizenservice email mail telefoon telephone
    phone mobiel iban rekeningnummer voornaam achternaam roepnaam familienaam voorletters firstname
    lastname surname paspoort passport vnummer""",
    N_("only columns of the template"),
    N_("remove the column from the file; if it holds something else, give it another name"),
)
ABOUT_PEOPLE = (
    Ground(
        N_("nationality, ethnicity, origin and religion of people are not held"),
        """nationalit ethnic etnic herkomst afkomst migratieachtergrond allochtoon geboorteland countryofbirth
        geboorteplaats birthplace religio geloof verblijfsstatus statushouder countryoforigin
        huidskleur moedertaal ras race""",
        N_(
            "no such column, under any name: the law on equal treatment forbids to decide by it, "
            "ethnicity and religion are special personal data (GDPR, article 9), and this program promises "
            "not to hold them"
        ),
    ),
    Ground(
        N_("health and diagnoses of people are not held; whether somebody has support never says why"),
        """diagnos medisch medical ziekte illness handicap disability beperking verslav addiction psychi
        dement verward ggz wmo""",
        N_(
            "no such column, under any name: health is special personal data (GDPR, article 9), and this "
            "program promises not to hold it"
        ),
    ),
    Ground(
        N_("police data and lists of unwanted people are not held"),
        """politie police strafblad antecedent criminal crimineel criminele detentie veroordeel veroordeling
        aangifte zwartelijst blacklist""",
        N_(
            "no such column, under any name: data on crimes of people are protected (GDPR, article 10), and "
            "this program promises not to hold them"
        ),
    ),
    BIRTH,
    NAMED,
    Ground(
        N_("no score of a person is held"),
        "risicoscore riskscore scorebewoner scorehuurder tenantscore zelfredzaamheid",
        N_("no such column, under any name: this program promises to hold no score of a person"),
    ),
    Ground(
        N_("the income of people serves the rules in which income decides; it is not held with their home"),
        "inkomen income salaris salary uitkering",
        N_("only columns of the template"),
    ),
)
NAMES, PEOPLE = ("naam", "name"), ("bewoner", "huurder", "tenant", "resident", "klant", "contact", "partner")
ABOUT_HOUSEHOLDS = Ground(
    N_("support, arrears, nuisance and evictions are held only as counts of a complex, in observations"),
    "begeleiding achterstand arrears overlast nuisance ontruiming evict schuld debt",
    N_("counts of a whole complex, in a file of observations"),
    N_("remove the column from the file; get an empty file for counts by: ongedeeld template observations"),
)
HOUSEHOLD_TABLES = ("dwellings", "tenancies")


def ground_of_refusal(table: str, header: str) -> Ground | None:
    """Why a column with this header is refused in this table, or none where it may be left out.

    >>> ground_of_refusal("tenancies", "Nationaliteit huurder").reason
    'nationality, ethnicity, origin and religion of people are not held'
    """
    for ground in ABOUT_PEOPLE + ((ABOUT_HOUSEHOLDS,) if table in HOUSEHOLD_TABLES else ()):
        if _mentions(header, ground.words.split()):
            return ground
    squashed = _squashed(header)
    of_a_person = any(name in squashed for name in NAMES) and any(person in squashed for person in PEOPLE)
    if of_a_person or (squashed in NAMES and table in HOUSEHOLD_TABLES):
        return NAMED
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
    ground = ground_of_refusal(table, header)
    if ground is not None:
        raise InputError(
            ground.reason,
            place=sheet.place(column=header),
            expected=ground.expected,
            remedy=ground.remedy,
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
