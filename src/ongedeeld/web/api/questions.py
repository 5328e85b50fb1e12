"""The parameters of what the API is asked; their names are Dutch, in camelCase."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from ongedeeld.web.api.forms_of_answers import Niveau

FEWEST_PER_PAGE, MOST_PER_PAGE, USUAL_PER_PAGE = 1, 200, 50


class Paged(Schema):
    """Which page of a list."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    pagina: int = Field(1, ge=1, le=100_000, description="De hoeveelste bladzijde.")
    aantal_per_pagina: int = Field(
        USUAL_PER_PAGE, ge=FEWEST_PER_PAGE, le=MOST_PER_PAGE, description="Hoeveel per bladzijde."
    )


class AreasAsked(Paged):
    """Which areas."""

    niveau: Niveau | None = None
    ligt_in: str | None = Field(None, max_length=40, description="De code van het gebied eromheen.")


class SignalCountsAsked(Paged):
    """Which counts of signals."""

    gebied: str | None = Field(None, max_length=40, description="De code van een buurt of wijk, of all.")
    kwartaal: date | None = Field(None, description="De eerste dag van het kwartaal.")


class ValuesAsked(Paged):
    """Which values of a figure."""

    niveau: str | None = Field(None, max_length=20, description="Een van de niveaus van het cijfer.")
    periode: date | None = Field(None, description="Een van de perioden van het cijfer.")
