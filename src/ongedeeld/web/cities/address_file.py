"""Read addresses from a file of one's own: a row for each, with its complex and entrance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ongedeeld.city import City, Remark
from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import numbers
from ongedeeld.sources.faults import CellsError, Fault
from ongedeeld.sources.headers import squashed
from ongedeeld.sources.not_held import refuse_column
from ongedeeld.sources.tabular import Sheet, read_sheets
from ongedeeld.vocabulary import Language
from ongedeeld.web.cities.address_keys import key_of

ADDRESSES = "addresses"
HEADERS: Mapping[str, tuple[str, ...]] = {
    "street": ("straat", "straatnaam", "openbareruimte", "openbareruimtenaam", "street"),
    "number": ("huisnummer", "nummer", "housenumber", "number"),
    "letter": ("huisletter", "letter"),
    "addition": ("toevoeging", "huisnummertoevoeging", "addition"),
    "postcode": ("postcode", "postalcode"),
    "municipality": ("gemeente", "woonplaats", "plaats", "municipality"),
    "complex": ("complex", "complexnummer"),
    "entrance": ("portiek", "portieknummer", "entrance"),
    "dwelling": ("woning", "woningnummer", "vhe", "dwelling"),
    "area": ("buurt", "buurtcode", "area", "neighbourhood"),
}
"""What the columns are called; capitals, spaces and punctuation do not matter."""
REQUIRED = ("street", "number")
FIELDS = tuple(name for name in HEADERS if name != "letter")
_RULES: Mapping[str, tuple[str, str]] = {
    "street": (r"^.*\pL.*$", N_("the name of a street, of at most 80 signs")),
    "number": (r"^[1-9][0-9]{0,4}$", N_("a whole number from 1 to 99999; letters stand in the addition")),
    "letter": (r"^[A-Za-z]?$", N_("one letter, or nothing")),
    "addition": (r"^[\pL\pN .\-/]{0,9}$", N_("at most 9 letters and digits")),
    "postcode": (r"^([1-9][0-9]{3} ?[A-Za-z]{2})?$", N_("a postcode such as 3511 AX")),
}
_LONGEST = {"street": 80, "area": 20}
_ROW = "__row"


@dataclass(frozen=True)
class AddressFile:
    """The addresses of a file: a frame with a column of text for each of `FIELDS`, and what was noticed."""

    file: str
    sha256: str
    frame: pl.DataFrame
    remarks: tuple[Remark, ...]


def is_of_addresses(headers: Iterable[str]) -> bool:
    """Whether a table with these headers tells addresses."""
    told = {squashed(header) for header in headers}
    return all(told & set(HEADERS[name]) for name in REQUIRED)


def read_addresses(path: Path, city: City) -> AddressFile:
    """Read the addresses that belong to a City.

    Parameters
    ----------
    path
        A csv or xlsx file with a header in its first row.
    city
        The City: where an address names no neighbourhood, that of its complex counts.

    Raises
    ------
    InputError
        When a column is absent or must not be held, or cells cannot be read; it names row, column and value.
    """
    sheets = read_sheets(path)
    sheet = next((one for one in sheets if is_of_addresses(one.frame.columns)), None)
    if sheet is None:
        raise InputError(
            N_("there are no addresses in this file"),
            place=Place(path.name, row=1),
            expected=N_("the columns street and number (straat and huisnummer)"),
            remedy=N_("get an empty file from the page where data are brought in"),
        )
    headers, others = _headers(sheet)
    for header in others:
        refuse_column(sheet, "dwellings", header)
    rows = _cells(sheet, headers)
    remarks = [
        Remark(ADDRESSES, N_("the column {header} is not read"), {"header": header}) for header in others
    ]
    frame, noticed = _placed(_joined(rows), city)
    single = frame.unique(
        ["street_key", "number", "addition_key", "postcode"], keep="first", maintain_order=True
    )
    if doubled := len(frame) - len(single):
        text = N_("addresses that stand in the file more than once, of which the first counts: {count}")
        noticed.append(Remark(ADDRESSES, text, {"count": doubled}))
    return AddressFile(path.name, sha256(path), single, (*remarks, *noticed))


def _headers(sheet: Sheet) -> tuple[dict[str, str], list[str]]:
    """The header of each field, and the headers that are not read."""
    names = {spelling: name for name, spellings in HEADERS.items() for spelling in spellings}
    found: dict[str, str] = {}
    others = []
    for header in sheet.frame.columns:
        name = names.get(squashed(header))
        if name is None or name in found:
            others.append(header)
        else:
            found[name] = header
    return found, others


def _cells(sheet: Sheet, headers: Mapping[str, str]) -> pl.DataFrame:
    """The cells by field, trimmed; empty where nothing stands.

    Raises
    ------
    CellsError
        For the cells that break their rule.
    """
    bare = [numbers.bare(pl.col(header)).fill_null("").alias(name) for name, header in headers.items()]
    rows = sheet.frame.select(bare).with_row_index(_ROW)
    rows = rows.filter(pl.any_horizontal(pl.col(name) != "" for name in headers))
    if "number" in headers:  # a spreadsheet writes 12 as 12.0
        rows = rows.with_columns(pl.col("number").str.replace(r"[.,]0+$", ""))
    faults = [fault for name, header in headers.items() if (fault := _fault(rows, name, header))]
    if faults:
        raise CellsError(sheet, faults)
    if rows.is_empty():
        raise InputError(N_("this table has no rows"), place=Place(sheet.path.name, sheet.name))
    absent = [pl.lit("").alias(name) for name in HEADERS if name not in headers]
    return rows.drop(_ROW).with_columns(absent)


def _fault(rows: pl.DataFrame, name: str, header: str) -> Fault | None:
    pattern, expected = _RULES.get(name, (r"^[^\x00-\x1f]*$", N_("text")))
    fits = pl.col(name).str.contains(pattern) & (pl.col(name).str.len_chars() <= _LONGEST.get(name, 80))
    wrong = rows.filter(~fits)[_ROW].to_list()
    return Fault(header, wrong, N_("this cannot be read"), expected) if wrong else None


def _joined(rows: pl.DataFrame) -> pl.DataFrame:
    """Letter and addition as one, postcodes without a space, and the keys that are searched."""
    keys = {text: key_of(text) for name in ("street",) for text in rows[name].unique().to_list()}
    joined = rows.with_columns(
        addition=pl.col("letter") + pl.col("addition"),
        postcode=pl.col("postcode").str.replace(" ", "").str.to_uppercase(),
        number=pl.col("number").cast(pl.Int64),
        area=pl.col("area").str.to_uppercase(),
        street_key=pl.col("street").replace_strict(keys, return_dtype=pl.String),
    )
    additions = {text: key_of(text) for text in joined["addition"].unique().to_list()}
    return joined.drop("letter").with_columns(
        addition_key=pl.col("addition").replace_strict(additions, return_dtype=pl.String)
    )


def _placed(frame: pl.DataFrame, city: City) -> tuple[pl.DataFrame, list[Remark]]:
    """With the neighbourhood of the complex where none is told; and what this City does not know."""
    complexes = city.table("complexes").select("complex", of_complex="area")
    placed = frame.join(complexes, on="complex", how="left", maintain_order="left").with_columns(
        area=pl.when(pl.col("area") != "").then("area").otherwise(pl.col("of_complex").fill_null(""))
    )
    known = {"area": city.table("areas")["code"], "complex": city.table("complexes")["complex"]}
    texts = {
        "area": N_("addresses in a neighbourhood that this City does not have: {count}"),
        "complex": N_("addresses of a complex that this City does not have: {count}"),
    }
    remarks = []
    for name, codes in known.items():
        strange = placed.filter((pl.col(name) != "") & ~pl.col(name).is_in(codes.to_list())).height
        if strange:
            remarks.append(Remark(ADDRESSES, texts[name], {"count": strange}))
    nowhere = placed.filter((pl.col("area") == "") & (pl.col("complex") == "")).height
    if nowhere:
        text = N_(
            "addresses without a neighbourhood and a complex, found only by who works everywhere: {count}"
        )
        remarks.append(Remark(ADDRESSES, text, {"count": nowhere}))
    return placed.drop("of_complex"), remarks


def address_template(language: Language) -> str:
    """An empty table of addresses, as text: the headers, and below them one invented address."""
    at = 0 if language == "nl" else -1
    example = {"street": "Voorbeeldstraat", "number": "12", "addition": "A", "postcode": "1234 AB"}
    names = [name for name in HEADERS if name != "letter"]
    headers = ";".join(HEADERS[name][at] for name in names)
    return f"{headers}\n{';'.join(example.get(name, '') for name in names)}\n"
