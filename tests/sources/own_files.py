"""Own files of the made-up association De Vogelbuurt, for tests."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.sources.own import OwnTable, read_own

COMPLEXES = """\
Complex;Naam;Bouwjaar;x (RD);y (RD)
C-001;De Vogelbuurt flat;1968;136100,5;456200
C-002;Hof van Merels;1931;136400;456700
C-003;De Rozenhof;;136900;456900
"""
DWELLINGS = """\
Woning;Complex;Woningtype;Kamers;Oppervlakte;Zonder trap bereikbaar;Energielabel;Kale huur (euro);Sector
W-1;C-001;galerijwoning;3;72,5;ja;C;612,35;sociale huur
W-2;C-001;gallery;2;1.050,5;nee;A++;€ 1.234,50;free
W-3;C-002;;;;;onbekend;;
"""
TENANCIES = """\
Huurcontract;Woning;Begin;Einde;Huishoudgrootte;Leeftijdsklasse;Route
H-1;W-1;1-7-2019;31-12-9999;2;35 tot en met 54;gewone verhuring
H-2;W-2;2020-02-01;31/12/2023;1;under_23;mediated
H-3;W-2;2024-01-05 00:00:00;;1;23-34;Regular
"""


def read_text(folder: Path, table: str, text: str) -> OwnTable:
    """What is read from a csv file with this text."""
    path = folder / f"{table}.csv"
    path.write_text(text, encoding="utf-8")
    return read_own(path, table)


def refusal(folder: Path, table: str, text: str) -> str:
    """The message with which a csv file with this text is refused."""
    with pytest.raises(InputError) as caught:
        read_text(folder, table, text)
    return str(caught.value)


def column(read: OwnTable, name: str) -> list[object]:
    """The values of a column, in the order of the key."""
    return pl.Series(read.frame[name]).to_list()
