"""The law and local policy by date: rules, values with their article, source and grade, and tests of them.

Every test of a rule is given the law of a day and returns a decision with its reasons. A test that needs a
value or fact that is not known refuses. The tests stand in a module for each topic, such as
``ongedeeld.rules.income`` and ``ongedeeld.rules.fitting``; nothing here draws chance or reads the clock.
"""

from ongedeeld.rules.changes import Change, difference
from ongedeeld.rules.household import Bond, Household
from ongedeeld.rules.law import Law, LawOfDay, load_law
from ongedeeld.rules.lettings import LETTING_COLUMNS, LettingColumn, Lettings, read_lettings
from ongedeeld.rules.parameters import Dated, Parameter, Parameters, load_parameters
from ongedeeld.rules.policy import LocalPolicy, read_policy
from ongedeeld.rules.purpose import Income
from ongedeeld.rules.register import Register, Rule, Version, load_register
from ongedeeld.rules.tallies import Expected, running_tallies
from ongedeeld.rules.tally import Tally

__all__ = [
    "LETTING_COLUMNS",
    "Bond",
    "Change",
    "Dated",
    "Expected",
    "Household",
    "Income",
    "Law",
    "LawOfDay",
    "LettingColumn",
    "Lettings",
    "LocalPolicy",
    "Parameter",
    "Parameters",
    "Register",
    "Rule",
    "Tally",
    "Version",
    "difference",
    "load_law",
    "load_parameters",
    "load_register",
    "read_lettings",
    "read_policy",
    "running_tallies",
]
