"""The permission table, put together from the rules of every app."""

from __future__ import annotations

from ongedeeld.web.areas import rules as areas
from ongedeeld.web.cities import rules as cities

TABLE = (*cities.PERMISSIONS, *areas.PERMISSIONS)
