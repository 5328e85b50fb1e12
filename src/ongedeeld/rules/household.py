"""A household as the rules see it: a closed list of facts, and nothing else.

There is no field for an income (only the class that the rules part, see :mod:`ongedeeld.rules.income`), a
diagnosis, a nationality or data of the police. What is not known is None and never taken for "no": a test
that needs it refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, known_code
from ongedeeld.vocabulary import CHOICES, Both

# First and last age of each class of the vocabulary.
AGE_CLASSES = {
    "under_23": (0, 22),
    "23_34": (23, 34),
    "35_54": (35, 54),
    "55_66": (55, 66),
    "67_and_over": (67, 150),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """How a household is bound to a region, a municipality or a part of it (Hvw 14).

    Parameters
    ----------
    years
        Whole years of uninterrupted residence until now.
    earlier_years
        Whole years of the longest uninterrupted residence within the time that the law looks back.
    interest
        Whether it has a reasonable local interest.
    economic
        Whether it is economically bound, such as by work.
    """

    years: int = 0
    earlier_years: int = 0
    interest: bool = False
    economic: bool = False

    def __post_init__(self) -> None:
        if min(self.years, self.earlier_years) < 0:
            raise InputError(N_("years of residence are below 0"), expected=N_("0 or more"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What the rules may know of a household.

    Parameters
    ----------
    size, minors
        Number of people, and of those how many are below 18.
    age, age_class
        Age in years of the eldest, or its class in the vocabulary (`age_class`); either may be left out.
    pension_age
        Whether it is an elderly household by the law on rent allowance.
    income_class
        Code of `INCOME_CLASSES`, as :func:`ongedeeld.rules.income.income_class` finds it.
    groups
        Codes of `TARGET_GROUPS`.
    urgency
        Code of the urgency group that the municipality granted; none where it granted none.
    region, municipality, part
        How it is bound to the housing-market region, the municipality, or the part of it that is at stake.
    profession
        The vital profession by the name that the ordinance gives it.
    assets_exception
        Whether it asked to stay outside the fitting-rent rule for its assets (BTIV 54a), and showed them.
    """

    size: int
    minors: int = 0
    age: int | None = None
    age_class: str | None = None
    pension_age: bool | None = None
    income_class: str | None = None
    groups: frozenset[str] = field(default_factory=frozenset)
    urgency: str | None = None
    region: Bond | None = None
    municipality: Bond | None = None
    part: Bond | None = None
    profession: str | None = None
    assets_exception: bool = False

    def __post_init__(self) -> None:
        if not (self.size >= 1 and 0 <= self.minors < self.size):
            raise InputError(
                N_("a household of {size}, of whom {minors} minor, is not possible"),
                expected=N_("one person or more, and fewer minors than people"),
                size=self.size,
                minors=self.minors,
            )
        if self.age_class is not None:
            known_code(self.age_class, CHOICES["age_class"], Both("leeftijdsklasse", "age class"))
        if self.income_class is not None:
            known_code(self.income_class, INCOME_CLASSES, Both("inkomensklasse", "income class"))
        for group in self.groups:
            known_code(group, TARGET_GROUPS, Both("doelgroep", "target group"))
        self._check_ages()

    def _check_ages(self) -> None:
        first, last = self._ages()
        if not first <= last:
            raise InputError(
                N_("age {age} does not lie in the age class {age_class}"),
                age=self.age,
                age_class=self.age_class,
            )
        if self.assets_exception and self.pension_age is False:
            raise InputError(
                N_("the exception for assets is only for households of pension age (BTIV 54a)"),
                remedy=N_("leave it out"),
            )

    def _ages(self) -> tuple[int, int]:
        first, last = AGE_CLASSES[self.age_class] if self.age_class else (0, 150)
        return (first, last) if self.age is None else (max(first, self.age), min(last, self.age))

    def eldest_below(self, years: float) -> bool:
        """Whether the eldest is younger than a number of years.

        Raises
        ------
        AbsentError
            When neither the age nor its class tells.

        Examples
        --------
        >>> Household(size=1, age_class="23_34").eldest_below(21)
        False
        """
        first, last = self._ages()
        if first < years <= last:
            raise AbsentError(
                N_("whether the eldest is below {years} is not known"),
                expected=N_("the age of the eldest in years"),
                remedy=N_("give the age; the age class does not tell it"),
                years=f"{years:g}",
            )
        return last < years

    def known_income_class(self) -> str:
        """The income class.

        Raises
        ------
        AbsentError
            When it is not known.
        """
        if self.income_class is None:
            raise AbsentError(
                N_("the income class of this household is not known"),
                expected=N_("one of: {known}"),
                remedy=N_("find it from the evidence of income (BTIV 56) on the day of letting"),
                known=", ".join(INCOME_CLASSES),
            )
        return self.income_class

    def is_elderly(self) -> bool:
        """Whether it is an elderly household.

        Raises
        ------
        AbsentError
            When that is not known.
        """
        if self.pension_age is None:
            raise AbsentError(
                N_("whether this is a household of pension age is not known"),
                remedy=N_("give it: the income limit depends on it"),
            )
        return self.pension_age

    def bond(self, to: str) -> Bond:
        """How it is bound to the region, the municipality or the part.

        Raises
        ------
        AbsentError
            When that is not known.
        """
        bond: Bond | None = getattr(self, to)
        if bond is None:
            raise AbsentError(
                N_("how this household is bound to the {to} is not known"),
                remedy=N_("give its years of residence there, or say that it has none"),
                to=BOUND_TO[to],
            )
        return bond


BOUND_TO = {
    "region": Both("regio", "region"),
    "municipality": Both("gemeente", "municipality"),
    "part": Both("het deel van de gemeente", "part of the municipality"),
}
