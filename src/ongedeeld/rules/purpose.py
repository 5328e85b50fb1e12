"""What income data may be used for (Woningwet 48(4)), and the only way to read an income."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.law import LawOfDay
from ongedeeld.vocabulary import Both

PURPOSES = MappingProxyType(
    {
        "daeb_target_group": Both("verhuren aan de doelgroep", "letting to the target group"),
        "passend_toewijzen": Both("passend toewijzen", "letting at a fitting rent"),
        "middle_rent_income": Both("inkomenseis bij middenhuur", "income demand of middle rent"),
    }
)
"""The rules in which the level of income decides, by their name in the register."""


def may_read_income(purpose: str, law: LawOfDay) -> Decision:
    """Whether income data of a household may be read for a purpose (Woningwet 48(4)).

    Parameters
    ----------
    purpose
        The name of a rule, or any other purpose in words; all but the rules in `PURPOSES` are refused.
    law
        The law of the day.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> bool(may_read_income("livability", load_law().on(date(2026, 7, 1))))
    False
    """
    if purpose in PURPOSES:
        text = N_("in the rule '{purpose}' the level of income decides")
        return yes(law.reason("income_data_purpose", text, {"purpose": PURPOSES[purpose]}))
    text = N_("'{purpose}' is not a rule in which the level of income decides: income data do not serve it")
    return no(law.reason("income_data_purpose", text, {"purpose": purpose}))


@dataclass(frozen=True, slots=True)
class Income:
    """The income of a household in a year, which only an income rule can read.

    Parameters
    ----------
    cents
        In whole cents a year; it is not shown when the income is printed.
    year
        The calendar year over which it was found.
    """

    cents: int = field(repr=False)
    year: int

    def __post_init__(self) -> None:
        if self.cents < 0:
            raise InputError(
                N_("an income below 0 cannot be judged here"),
                expected=N_("whole cents a year, 0 or more"),
                remedy=N_("follow the fallback of BTIV 56(6)-(7)"),
            )

    def for_rule(self, purpose: str, law: LawOfDay) -> int:
        """The income in whole cents, brought to the year of the day (BTIV 56).

        An income of one or two years before is multiplied by the index of that year and rounded to whole
        cents; how the decree rounds was not read.

        Raises
        ------
        AbsentError
            When the purpose is not an income rule, the index is not known, or the year is too long ago.
        """
        if purpose not in PURPOSES:
            raise AbsentError(
                N_("an income is not read for '{purpose}' (Woningwet 48(4))"),
                expected=N_("one of: {known}"),
                remedy=N_("use no income here, also not its class"),
                purpose=purpose,
                known=", ".join(PURPOSES),
            )
        ago = law.day.year - self.year
        if ago == 0:
            return self.cents
        if ago not in (1, 2):
            raise AbsentError(
                N_("an income of {year} is no evidence for a letting in {now} (BTIV 56)"),
                expected=N_("an income of that year or one of the two before"),
                remedy=N_("ask for a later tax assessment or statement of income"),
                year=self.year,
                now=law.day.year,
            )
        factor = Decimal(str(law.value(f"income_index_t_minus_{ago}")))
        return int((self.cents * factor).to_integral_value(ROUND_HALF_UP))
