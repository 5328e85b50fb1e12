"""The forms of what the API answers; names are Dutch, as the interface is, and part of what is promised."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

Niveau = Literal["gemeente", "wijk", "buurt"]
Toestand = Literal["bekend", "bandbreedte", "te-weinig", "niet-verteld", "onbekend"]


class Answer(Schema):
    """What all answers share: names in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Problem(Answer):
    """Een fout volgens RFC 9457."""

    type: str
    status: int
    title: str
    detail: str


class List(Answer):
    """Wat elke lijst vertelt over haar bladzijden."""

    totaal: int
    pagina: int
    aantal_per_pagina: int
    volgende: str | None = Field(description="Het adres van de volgende bladzijde, of niets.")


class Gebied(Answer):
    """Een gemeente, wijk of buurt."""

    code: str
    naam: str
    niveau: Niveau
    ligt_in: str | None = Field(description="De code van het gebied waar het in ligt.")


class Gebieden(List):
    """Gebieden."""

    resultaten: list[Gebied]


class Indicator(Answer):
    """Een gepubliceerd cijfer of een maat die eruit volgt."""

    naam: str
    omschrijving: str
    thema: str
    eenheid: str
    niveaus: list[str]
    perioden: list[date] = Field(description="Van nieuw naar oud; de eerste dag van elke periode.")
    eigen: bool = Field(description="Of het rust op de eigen administratie van de corporatie.")


class Indicatoren(List):
    """Indicatoren."""

    resultaten: list[Indicator]


class Maten(List):
    """Maten."""

    resultaten: list[Indicator]


class Waarde(Answer):
    """Wat een cijfer is op een plek. Wat niet verteld mag worden, heeft geen getal."""

    code: str
    naam: str
    ligt_in: str
    waarde: float | None
    tekst: str
    toestand: Toestand


class Waarden(List):
    """De waarden van een cijfer op alle plekken."""

    indicator: str
    niveau: str
    periode: date | None
    eenheid: str
    verzonnen: bool = Field(description="Of deze stad en al haar cijfers verzonnen zijn.")
    resultaten: list[Waarde]


class Themascore(Answer):
    """Wat een thema vraagt van een complex, van 1 tot 5, met zijn bandbreedte."""

    thema: str
    score: float | None
    laag: float | None
    hoog: float | None
    toestand: Toestand


class Complexkaart(Answer):
    """De complexkaart in het kort."""

    nummer: str
    naam: str
    buurt: str | None
    woningen: int | None
    belasting: float | None
    draagkracht: float | None
    peildatum: date
    themas: list[Themascore]


class Complexkaarten(List):
    """Complexkaarten."""

    verzonnen: bool
    resultaten: list[Complexkaart]


class Signaalaantal(Answer):
    """Hoeveel signalen er in een kwartaal kwamen, zoals iedereen het mag weten."""

    kwartaal: date = Field(description="De eerste dag van het kwartaal.")
    gebied: str = Field(description="De code van een buurt of wijk, of all voor alle buurten met woningen.")
    soort: str = Field(description="De soort signaal, of all voor alle soorten.")
    aantal: int | None = Field(description="Afgerond op vijf; niets waar het niet verteld wordt.")
    toestand: Literal["afgerond", "niet-verteld"]


class Signaalaantallen(List):
    """Aantallen signalen."""

    verzonnen: bool
    resultaten: list[Signaalaantal]


class Stap(Answer):
    """Wat er gedaan wordt; door wie staat niet in de API."""

    wat: str
    voor: date
    stand: Literal["open", "gedaan", "vervallen"]


class Teken(Answer):
    """Het cijfer waaraan te zien is of het plan werkt."""

    indicator: str
    begon_op: date
    begon_bij: float
    verwacht: float
    verwacht_op: date


class PlanInShort(Answer):
    """Een plan in het kort."""

    sleutel: UUID
    titel: str
    plek: str
    plek_naam: str
    doel: str
    stand: Literal["concept", "vastgesteld", "gesloten"]
    terugkijken_op: date | None
    stappen: int
    stappen_klaar: int


class Plan(PlanInShort):
    """Een plan met zijn stappen en tekens."""

    stappenlijst: list[Stap]
    tekens: list[Teken]


class Plannen(List):
    """Plannen."""

    resultaten: list[PlanInShort]
