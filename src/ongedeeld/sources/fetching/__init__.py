"""Fetch open data from its owners."""

from ongedeeld.sources.fetching.basket import FetchedFile
from ongedeeld.sources.fetching.client import Progress
from ongedeeld.sources.fetching.fetch import Fetched, Hosts, IncompleteError, fetch

__all__ = ["Fetched", "FetchedFile", "Hosts", "IncompleteError", "Progress", "fetch"]
