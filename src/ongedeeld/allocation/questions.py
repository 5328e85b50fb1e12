"""What a test of a policy is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from ongedeeld.allocation.places import COLUMNS, municipality_of, parents_of
from ongedeeld.allocation.policies import Policy, Use
from ongedeeld.city import City
from ongedeeld.reasons import Decision, Reason
from ongedeeld.rules.law import LawOfDay


@dataclass(frozen=True, slots=True)
class Question:
    """A use that is asked about, among the others of its policy, with the law of the day and the City."""

    use: Use
    policy: Policy
    law: LawOfDay
    city: City

    def reason(self, text: str, facts: Mapping[str, object] = MappingProxyType({})) -> Reason:
        """A reason of the policy itself."""
        named = {"instrument": self.use.instrument.label, **facts}
        return Reason(self.use.instrument.name, text, named, "", self.use.source)

    def municipalities(self) -> list[str]:
        """The municipalities in which the use has homes."""
        parents = parents_of(self.city)
        places = [code for code in parents if self.use.scope.everywhere or code in self.use.scope.areas]
        lies_in = dict(self.city.table("complexes").select("complex", "area").iter_rows())
        places += [str(lies_in.get(name)) for name in self.use.complexes]
        return sorted({found for code in places if (found := municipality_of(code, parents))})

    def stock(self) -> pl.DataFrame:
        """The homes of the association."""
        ours = pl.col("tenure").fill_null("association") == "association"
        return self.city.table("dwellings").filter(ours).with_columns(pl.col("label").fill_null("none"))

    def homes(self, use: Use) -> pl.DataFrame:
        """The homes of the association on which a use of the policy is made."""
        stock = self.stock()
        return stock.filter([use.scope.covers(row) for row in stock.select(COLUMNS).iter_rows(named=True)])


Test = Callable[[Question], Iterable[Decision]]
