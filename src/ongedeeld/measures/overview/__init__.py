"""Everything that can be measured of a City, side by side; figures are never added up into one."""

from ongedeeld.measures.overview.given_files import households_of, network_of, network_of_lines
from ongedeeld.measures.overview.side_by_side import Overview, overview

__all__ = ["Overview", "households_of", "network_of", "network_of_lines", "overview"]
