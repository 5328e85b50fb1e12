"""What is sealed of arrears and of a case."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from ongedeeld.web.preventing.models import Arrears, Case, Tried
from ongedeeld.web.safeguards.sealing import seal, unseal


@dataclass(frozen=True)
class Debt:
    """All that an early debt signal may tell: contact details and the arrears.

    Parameters
    ----------
    name
        Of the tenant, as a letter is addressed.
    street, number, addition, postcode, town
        The address of the home.
    phone, email
        Where they are known.
    cents
        The arrears, in cents.
    months
        How many months of rent that is about.
    """

    name: str
    street: str
    number: str
    cents: int
    months: int
    addition: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""

    @property
    def address(self) -> str:
        """As it is written on an envelope, without the town."""
        addition = self.addition if self.addition[:1].isalpha() else f"-{self.addition}".rstrip("-")
        return f"{self.street} {self.number}{addition}"

    def sealed_for(self, arrears: UUID) -> str:
        """All of it, sealed for these arrears."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), f"arrears:{arrears}")


@dataclass(frozen=True)
class Threat:
    """Whose home it is about.

    Parameters
    ----------
    address
        As it is written on an envelope.
    name
        Of the tenant.
    """

    address: str
    name: str = ""

    def sealed_for(self, case: UUID) -> str:
        """All of it, sealed for this case."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), f"case:{case}")


def arrears_of(one: Arrears) -> Debt:
    """What is sealed of arrears."""
    return Debt(**json.loads(unseal(one.sealed, f"arrears:{one.key}")))


def case_of(one: Case) -> Threat:
    """What is sealed of a case."""
    return Threat(**json.loads(unseal(one.sealed, f"case:{one.key}")))


def reasons_of(one: Case) -> str:
    """Why an eviction was decided to be the last resort; empty where nothing was decided."""
    return unseal(one.reasons, f"case-reasons:{one.key}") if one.reasons else ""


def words_of(one: Tried) -> str:
    """The words beside something that was tried."""
    return unseal(one.sealed, f"tried:{one.key}") if one.sealed else ""
