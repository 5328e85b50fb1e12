"""One round of allocation: vacancies, seekers, the law and a policy give lettings, each with its reasons."""

from ongedeeld.allocation.allocating import allocate
from ongedeeld.allocation.catalogue import Catalogue, Instrument, Parameter, load_catalogue
from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.lawful import effects_of, lawful
from ongedeeld.allocation.lots import Lots
from ongedeeld.allocation.policies import Policy, Use, read_allocation_policy
from ongedeeld.allocation.round import Round
from ongedeeld.allocation.shutting_out import ExclusionError

__all__ = [
    "INPUTS",
    "Catalogue",
    "ExclusionError",
    "Instrument",
    "Lots",
    "Parameter",
    "Policy",
    "Round",
    "Use",
    "allocate",
    "effects_of",
    "lawful",
    "load_catalogue",
    "read_allocation_policy",
]
