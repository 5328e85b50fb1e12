"""Ask for the map, and read what it hands to the browser."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import polars as pl
from django.test import Client

from ongedeeld.city import City

CHANGE = {"figuur": "residents", "periode": "2020-01-01", "vergelijk": "2016-01-01"}
CARDS = {"figuur": "card_nuisance", "niveau": "complex"}


def text(client: Client, **query: str) -> str:
    page = client.get("/kaart/", query)
    assert page.status_code == 200
    return page.content.decode()


def values(client: Client, **query: str) -> dict[str, Any]:
    """What the page hands to the map in the browser."""
    found = re.search(r'id="map-values">(.*?)</script>', text(client, **query), re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def places(client: Client, **query: str) -> dict[str, dict[str, str]]:
    return {place["code"]: place for place in values(client, **query)["places"]}


def published(city: City, name: str, day: str) -> dict[str, float]:
    rows = city.table("indicators").filter(
        (pl.col("indicator") == name) & (pl.col("period") == date.fromisoformat(day))
    )
    return dict(rows.drop_nulls("value").select("area", "value").iter_rows())
