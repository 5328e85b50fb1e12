"""The records of local policy: each names its source, and the days from when until when it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
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

    `place` is where it stands in the file. Records of a kind that have the fields of `one_at_a_time` in
    common may not overlap in time.
    """

    section: ClassVar[str] = ""
    one_at_a_time: ClassVar[tuple[str, ...] | None] = None

    source: str
    start: date = field(metadata={"key": "from"})
    end: date = field(default=date.max, metadata={"key": "until"})
    place: Place = field(default=NOWHERE, compare=False, repr=False, metadata={"key": ""})

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
class Designation(Record):
    """An area in which articles 8, 9 or 10 of the Wbmgp may be used (Wbmgp 5).

    `areas` are codes of neighbourhoods or districts, `complexes` numbers of complexes; `chance_elsewhere`
    says how those who are refused keep a sufficient chance in the region (Wbmgp 6); `renewal` is 0 for the
    first term. The ordinance says whether priority of article 9 `outranks_urgency`.
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
    one_at_a_time: ClassVar[tuple[str, ...] | None] = ("municipality", "category")

    municipality: str = _municipality()
    category: str
    share: float
    bound_to: str = field(default="municipality", metadata={"choices": ("region", "municipality", "part")})
    hardly_any_room: bool = False
    vital_professions: tuple[str, ...] = ()


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


RECORDS: tuple[type[Record], ...] = (
    HeldSince,
    Agreement,
    Designation,
    UrgencyScheme,
    UrgencyAgreement,
    Binding,
    PermitHolderTarget,
    Contingent,
    FreeSpaceOrder,
)
