"""Disclosure control: what leaves the team tells of no household.

::

    ledger = Ledger.open("published.json")
    result = protect(table, nested={"area": areas, "reason": "total"}, ledger=ledger)
    ledger = result.publish("Reasons for leaving, 2025")
    attack(ledger)      # what a reader of all that was published can derive of each hidden count

To read the code, begin with the two doors, `protection` (which states the promise) and `attack`. Then

- what is known: `rounding` of a count, `structure` of codes, `names` that are one thing, `totals` that nobody
  told of, a `publication`, the `ledger` of them, and the `system` of equations behind them all; `stock` makes
  a table of tenants;
- what is asked: which rows are `sensitive`, the `case` of one table among earlier ones, and the `problem`;
- how it is found: the `solver` (HiGHS), the `witnesses` of what cannot be excluded, the `search` step by
  step, and the `least` for small tables;
- what is said of it: the `report`.
"""

from ongedeeld.measures.disclosure.attack import attack
from ongedeeld.measures.disclosure.ledger import Ledger
from ongedeeld.measures.disclosure.protection import protect
from ongedeeld.measures.disclosure.publication import Publication, Relation
from ongedeeld.measures.disclosure.report import Protected, Report

__all__ = ["Ledger", "Protected", "Publication", "Relation", "Report", "attack", "protect"]
