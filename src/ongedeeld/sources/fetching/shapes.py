"""Fetch the boundaries of one municipality from a service of OGC API Features, as GeoJSON."""

from __future__ import annotations

import json
from typing import Any

from ongedeeld.errors import N_, FetchError
from ongedeeld.sources.fetching.client import LATER, Client


def fetch_shapes(client: Client, url: str, field: str, region: str, what: str) -> bytes:
    """The areas of a municipality as one GeoJSON file, in WGS84 as the service gives them.

    Parameters
    ----------
    client
        Who asks.
    url
        The first page of the collection, with the filter on the municipality.
    field
        The property that holds the code of the municipality. Every feature is held against it, as some
        services ignore a filter and answer with the whole country.
    region
        The code of the municipality.
    what
        What to call it when telling how far it is.

    Raises
    ------
    FetchError
        When the host cannot be reached, answers with something else, or has no area of this municipality.
    """
    features: list[Any] = []
    for page, answer in client.pages(url, what, _next):
        found = answer.get("features") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise FetchError(
                N_("{url} did not answer with areas"), expected=N_("GeoJSON"), remedy=LATER, url=page
            )
        features += [feature for feature in found if _code(feature, field) == region]
    if not features:
        raise FetchError(
            N_("{url} has no area of {region}"),
            remedy=N_("check the code of the municipality; it may have merged with another"),
            url=url,
            region=region,
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _code(feature: Any, field: str) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return str(properties.get(field)).strip() if isinstance(properties, dict) else None


def _next(answer: dict[str, Any]) -> object:
    links = [
        link for link in answer.get("links") or [] if isinstance(link, dict) and link.get("rel") == "next"
    ]
    return links[0].get("href") if links and answer["features"] else None
