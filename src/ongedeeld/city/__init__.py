"""The City: a set of checked tables plus a manifest."""

from ongedeeld.city.checks import CHECKS, Finding, Severity
from ongedeeld.city.city import City
from ongedeeld.city.manifest import SCHEMA_VERSION, Manifest, Remark, Source
from ongedeeld.city.schema import conform, empty

__all__ = [
    "CHECKS",
    "SCHEMA_VERSION",
    "City",
    "Finding",
    "Manifest",
    "Remark",
    "Severity",
    "Source",
    "conform",
    "empty",
]
