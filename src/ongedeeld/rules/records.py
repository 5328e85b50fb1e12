"""The records of local policy: each names its source, and the days from when until when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from ongedeeld.errors import N_, Place

# The form of a code, and how that is said.
MUNICIPALITY = (r"GM\d{4}", N_("a code of a municipality, such as GM0344"))
AREA = (r"(WK|BU)\d{6,8}", N_("a code of a district or neighbourhood, such as WK034401 or BU03440101"))
GROUP = (r"[a-z][a-z0-9_]*", N_("a code of small letters, such as informal_care"))
NOWHERE = Place("")


def _municipality() -> Any:
    return field(metadata={"pattern": MUNICIPALITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record of local policy has: where it can be read, and from when until when it holds.

    `place` is where it stands in the file, and `lines` on which line each field does. Records of a kind that
    have the fields of `one_at_a_time` in common may not overlap in time. What `of_ordinance` stands in a
    housing ordinance, and so ends with it.
    """

    section: ClassVar[str] = ""
    one_at_a_time: ClassVar[tuple[str, ...] | None] = None
    of_ordinance: ClassVar[bool] = False

    source: str
    start: date = field(metadata={"key": "from"})
    end: date = field(default=date.max, metadata={"key": "until"})
    place: Place = field(default=NOWHERE, compare=False, repr=False, metadata={"key": ""})
    lines: Mapping[str, int | None] = field(
        default_factory=dict, compare=False, repr=False, metadata={"key": ""}
    )

    def at(self, key: str) -> Place:
        """Where a field of it stands, by its name in the file; the whole record where it was left out."""
        return replace(self.place, line=self.lines.get(key) or self.place.line, column=key)

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSince(Record):
    """A rule that held from an earlier day than that of the text that was read."""

    section: ClassVar[str] = "rules"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("rule",)

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """A performance agreement of municipality, association and tenants' organisation (Woningwet 44).

    `daeb_min_share` is the share that goes to the target group by this agreement (Woningwet 48(1)).
    """

    section: ClassVar[str] = "agreements"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("name",)

    name: str
    parties: tuple[str, ...]
    municipalities: tuple[str, ...] = field(default=(), metadata={"pattern": MUNICIPALITY})
    daeb_min_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(Record):
    """A swap of percentages with other associations, as the minister approved it (Woningwet 48(5)).

    `daeb_min_share` is the share that the minister set for this association, lower or higher than the law's;
    together the `parties` meet it. It counts from the day on which it was `approved`.
    """

    section: ClassVar[str] = "swaps"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ()

    name: str
    parties: tuple[str, ...]
    daeb_min_share: float
    approved: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation(Record):
    """From when the compensation over a calendar year is final, so that income data must go (BTIV 55(1))."""

    section: ClassVar[str] = "compensation"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("year",)

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation(Record):
    """An area in which articles 8, 9 or 10 of the Wbmgp may be used (Wbmgp 5).

    `areas` are codes of neighbourhoods or districts, `complexes` numbers of complexes; `chance_elsewhere`
    says how those who are refused keep a sufficient chance in the region (Wbmgp 6); `renewal` is 0 for the
    first term, and counts up with every term that follows on one for the same place. The ordinance says
    whether priority of article 9 `outranks_urgency`.
    """

    section: ClassVar[str] = "designations"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("name",)

    name: str
    articles: tuple[int, ...] = field(metadata={"choices": (8, 9, 10)})
    hardship_clause: bool
    chance_elsewhere: str
    areas: tuple[str, ...] = field(default=(), metadata={"pattern": AREA})
    complexes: tuple[str, ...] = ()
    renewal: int = 0
    evaluation: str = ""
    outranks_urgency: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyScheme(Record):
    """The urgency scheme of a municipality: its groups, and the day from which the new text binds it.

    Without groups the municipality has no scheme.
    """

    section: ClassVar[str] = "urgency"
    of_ordinance: ClassVar[bool] = True
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("municipality",)

    municipality: str = _municipality()
    groups: tuple[str, ...] = field(default=(), metadata={"pattern": GROUP})
    comply_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyAgreement(Record):
    """The share of homes that goes to urgent seekers by regional agreement (Hvw 6(6)-(7))."""

    section: ClassVar[str] = "urgency_agreements"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("name",)

    name: str
    municipalities: tuple[str, ...] = field(metadata={"pattern": MUNICIPALITY})
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding(Record):
    """Priority for local binding in a category of homes (Hvw 14).

    `share` is the largest share of the category that goes to the bound; where there is `hardly_any_room` to
    build the law sets no maximum (Hvw 14(1)).
    """

    section: ClassVar[str] = "binding"
    of_ordinance: ClassVar[bool] = True
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("municipality", "category")

    municipality: str = _municipality()
    category: str
    share: float
    bound_to: str = field(default="municipality", metadata={"choices": ("region", "municipality", "part")})
    hardly_any_room: bool = False
    vital_professions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MiddleRent(Record):
    """A municipality reserves middle rent for middle incomes by permit (Hvw 10(3)).

    A higher income limit of its own (10(4)) is a value: `[[values.middle_income_limit_one_person]]`.
    """

    section: ClassVar[str] = "middle_rent"
    of_ordinance: ClassVar[bool] = True
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("municipality",)

    municipality: str = _municipality()


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitHolderTarget(Record):
    """The number of permit holders that a municipality houses in a half year (Hvw 28-30)."""

    section: ClassVar[str] = "permit_holders"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("municipality",)

    municipality: str = _municipality()
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent(Record):
    """Homes agreed with a partner for a target group, in a period."""

    section: ClassVar[str] = "contingents"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("name",)

    name: str
    target_group: str
    homes: int
    parties: tuple[str, ...]
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSpaceOrder(Record):
    """The published policy of the association inside the free space: its groups in order (BTIV 59)."""

    section: ClassVar[str] = "free_space"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ()

    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Record):
    """Where somebody who disagrees with a letting can turn to, and within how many days.

    `association` is the part of the association that looks again, `body` the committee that judges after it,
    each with how it is reached.
    """

    section: ClassVar[str] = "objection"
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ()

    association: str
    body: str
    address: str
    days: int


RECORDS: tuple[type[Record], ...] = (
    HeldSince,
    Agreement,
    Swap,
    Compensation,
    Designation,
    UrgencyScheme,
    UrgencyAgreement,
    Binding,
    MiddleRent,
    PermitHolderTarget,
    Contingent,
    FreeSpaceOrder,
    Objection,
)
