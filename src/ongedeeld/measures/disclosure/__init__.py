"""Disclosure control: what leaves the team tells of no household.

::

    ledger = Ledger.open("published.json")
    result = protect(table, nested={"area": areas, "reason": "total"}, ledger=ledger)
    ledger = result.publish("Reasons for leaving, 2025")
    attack(ledger)      # what a reader of all that was published can derive of each hidden count
"""

from ongedeeld.measures.disclosure.attack import attack
from ongedeeld.measures.disclosure.ledger import Ledger
from ongedeeld.measures.disclosure.protection import protect
from ongedeeld.measures.disclosure.publication import Publication, Relation
from ongedeeld.measures.disclosure.report import Protected, Report

__all__ = ["Ledger", "Protected", "Publication", "Relation", "Report", "attack", "protect"]
