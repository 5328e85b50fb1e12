"""Invented names, of ordinary words."""

from __future__ import annotations

from typing import NamedTuple


class DistrictNames(NamedTuple):
    """A district and the neighbourhoods in it, from the centre outwards."""

    name: str
    neighbourhoods: tuple[str, ...]


DISTRICTS = (
    DistrictNames(
        "Binnenstad",
        ("Marktbuurt", "Grachtenbuurt", "Walkwartier", "Kerkhoek", "Havenkom", "Poortbuurt", "Waagbuurt"),
    ),
    DistrictNames(
        "De Vlieten",
        ("Sluisbuurt", "Kadebuurt", "Oostervliet", "Westervliet", "Brughoek", "Vlietoever", "Gemaalbuurt"),
    ),
    DistrictNames(
        "Molenkwartier",
        ("Wipmolen", "Korenmolen", "Oliemolen", "Zaagmolen", "Molenwerf", "Papiermolen", "Stellingbuurt"),
    ),
    DistrictNames(
        "Vogelwijk",
        (
            "Vogelwijk-Zuid",
            "Merelhof",
            "Vogelwijk-Noord",
            "Lijsterveld",
            "Kievitsmeent",
            "Spechtenhof",
            "Uilenbos",
        ),
    ),
    DistrictNames(
        "Bomenrijk",
        ("Lindehof", "Elzenpad", "Esdoornbuurt", "Wilgenhof", "Populierendal", "Berkenrand", "Beukenlaan"),
    ),
    DistrictNames(
        "Ambachtenwijk",
        (
            "Smedenbuurt",
            "Weversbuurt",
            "Kuipersbuurt",
            "Touwslagershof",
            "Potbakkersveld",
            "Leerlooiershof",
            "Wagenmakersbuurt",
        ),
    ),
    DistrictNames(
        "Overzijde-West",
        ("Veerhuis", "Dijkbuurt", "Steenovenbuurt", "Griendveld", "Oeverland", "Rietbuurt", "Kribbenbuurt"),
    ),
    DistrictNames(
        "Overzijde-Oost",
        ("Veerkade", "Boomgaard", "Appelhof", "Perenbuurt", "Kersentuin", "Kwekerij", "Notenhof"),
    ),
)
OPEN_LAND = (
    "Buitenweiden",
    "Bedrijvenpark De Kolk",
    "Uiterwaard",
    "Plassengebied",
    "Stadsbos",
    "Landgoed De Eik",
)
