"""The model city that several tests look at: made once."""

from __future__ import annotations

from functools import cache

from ongedeeld.city import City
from ongedeeld.sources.model_city import model_city

SMALL = 0.1


@cache
def small_city() -> City:
    return model_city(scale=SMALL)


@cache
def whole_city() -> City:
    return model_city()
