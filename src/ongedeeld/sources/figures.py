"""Read figures of areas: KWB, Leefbaarometer, proximity, in any of the forms in `layouts/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from ongedeeld.city import Remark, Source, conform, empty
from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import codes, numbers
from ongedeeld.sources.files import year_in
from ongedeeld.sources.layouts import Kind, Layout, Target, find_header, layouts
from ongedeeld.sources.reading import Reading
from ongedeeld.sources.tabular import Sheet, read_sheets
from ongedeeld.vocabulary import INDICATORS

ROW, AREA, YEAR = "__row", "__area", "__year"


def read_figures(path: Path, kind: Kind, region: str, year: int | None = None) -> list[Reading]:
    """Read the figures of a region from one file.

    Parameters
    ----------
    path
        A file as its owner publishes it; an archive may hold several tables.
    kind
        What it should be: `kwb`, `livability`, `proximity` or `crime`.
    region
        `NL`, or the code of a municipality.
    year
        The year that the figures speak of, where neither the file nor its name tells.

    Returns
    -------
    list[Reading]
        One for each table in the file that tells figures.

    Raises
    ------
    InputError
        When the file is not of a known form of this kind, or a cell in it is not what it should be.
    """
    recognised = [
        (sheet, layout)
        for sheet in read_sheets(path, wanted=partial(_is_of_use, region=region))
        if (layout := _recognise(sheet, kind)) is not None
    ]
    if not recognised:
        raise _unknown_form(path, kind)
    # A workbook may hold the same figures twice, in long and in wide form; the first sheet of a form counts.
    # The layers of a map have one form too, but each its own level and so its own key.
    first = {
        (layout.name, sheet.path.name, layout.key_column(sheet.frame.columns)): (sheet, layout)
        for sheet, layout in reversed(recognised)
    }
    checksum = sha256(path)
    return [_Table(sheet, layout, path, checksum, region, year).read() for sheet, layout in first.values()]


def _is_of_use(table: str, region: str) -> bool:
    """Whether a table of an archive can be used, by its name: the Leefbaarometer's comes with all its levels.

    Differences between years follow from the scores; postcode areas and grid cells belong to no municipality.
    """
    name = table.lower()
    elsewhere = region != codes.COUNTRY and ("pc4" in name or "grid" in name)
    return "ontwikkeling" not in name and not elsewhere


def _recognise(sheet: Sheet, kind: Kind) -> Layout | None:
    """The form of this kind that knows most columns, unless the sheet tells far more of another kind."""
    headers = sheet.frame.columns
    known = [
        (len(layout.targets(headers, sheet.keys)), layout)
        for layout in layouts()
        if layout.key_column(headers)
    ]
    most = max((count for count, _ in known), default=0)
    fitting = [pair for pair in known if pair[1].kind == kind]
    count, best = max(fitting, key=lambda pair: pair[0], default=(0, None))
    return best if count and 3 * count >= most else None


def _unknown_form(path: Path, kind: Kind) -> InputError:
    known = [layout for layout in layouts() if layout.kind == kind]
    keys = dict.fromkeys(key for layout in known for key in layout.key)
    return InputError(
        N_("no table in this file is of a known form"),
        place=Place(path.name, row=1),
        expected=N_("a column with codes of areas ({keys}) and columns of: {titles}"),
        remedy=N_("check that this is the file you meant; headers must stand in the first row"),
        keys=", ".join(keys),
        titles=", ".join(layout.title for layout in known),
    )


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    layout: Layout
    file: Path
    checksum: str
    region: str
    given_year: int | None

    def read(self) -> Reading:
        rows, remarks = self._rows_of_region()
        headers = self.sheet.frame.columns
        targets = self.layout.targets(headers, self.sheet.keys)
        frames, empty_columns = [], []
        for header, target in targets.items():
            frame = self._column(rows, header, target)
            if (frame["status"] == "missing").all():
                empty_columns.append(target.indicator)
            else:
                frames.append(frame)
        source = self._source(rows)
        if unclear := self.layout.unclear(headers, self.sheet.keys):
            text = N_("columns left out, as their titles fit several columns of this file: {count} ({names})")
            remarks.append(Remark(source.key, text, {"count": len(unclear), "names": ", ".join(unclear)}))
        indicators = pl.concat(frames).with_columns(source=pl.lit(source.key)) if frames else None
        if empty_columns:
            remarks.append(
                Remark(
                    source.key,
                    N_("indicators without any figure in this file, left out: {count} ({indicators})"),
                    {"count": len(empty_columns), "indicators": "; ".join(sorted(set(empty_columns)))},
                )
            )
        reading = Reading(source, self._areas(rows), remarks=tuple(remarks))
        if indicators is None:
            return reading
        return Reading(source, reading.areas, indicators.select(empty("indicators").columns), reading.remarks)

    def _rows_of_region(self) -> tuple[pl.DataFrame, list[Remark]]:
        """The rows of this region, with code and year, and a remark on those that were dropped."""
        frame = self.sheet.frame
        key = self.layout.key_column(frame.columns)
        if key is None:
            raise AssertionError("a table is recognised by its key")
        rows = frame.with_row_index(ROW).with_columns(codes.area(pl.col(key), key).alias(AREA))
        coded = rows.filter(pl.col(AREA).str.contains(codes.CODE))
        if coded.is_empty():
            raise InputError(
                N_("no row has the code of an area"),
                place=self.sheet.place(0, key) if len(frame) else self.sheet.place(column=key),
                expected=N_("codes such as GM0344, WK034401 or BU03440111"),
                remedy=N_("check that this is the file you meant"),
            )
        counting = self._rows_that_count(coded)
        mine = counting.filter(codes.within(pl.col(AREA), self.region))
        if mine.is_empty():
            raise InputError(
                N_("this file holds no area of {region}"),
                place=self.sheet.place(column=key),
                expected=N_("codes with {digits}, such as WK{digits}01"),
                remedy=N_("give the file of {region}; this one has {others}"),
                region=self.region,
                digits=self.region[2:],
                others=", ".join(coded[AREA].unique().sort().head(3)),
            )
        mine = mine.with_columns(self._years(mine).alias(YEAR))
        self._refuse_double(mine, key)
        remarks = list(self.sheet.remarks)
        if split := len(coded) - len(counting):
            text = N_("rows of another kind, month or version, or of water, which are left out: {count}")
            remarks.append(Remark(self.file.name, text, {"count": split}))
        if dropped := len(rows) - len(coded):
            remarks.append(
                Remark(
                    self.file.name,
                    N_("rows without the code of an area, which are left out: {count}"),
                    {"count": dropped},
                )
            )
        return mine, remarks

    def _rows_that_count(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those that hold the whole figure of an area in a year, where a form splits figures up in rows."""
        for name, wanted in self.layout.only.items():
            column = find_header((name,), rows.columns)
            if column is not None:
                first = self.sheet.place(rows[ROW][0], column)
                rows = rows.filter(numbers.bare(pl.col(column)).str.contains(f"^(?:{wanted})$"))
                if rows.is_empty():
                    raise InputError(
                        N_("no row of this file tells figures of this kind"),
                        place=first,
                        expected=N_("rows of: {title}"),
                        remedy=N_("check that this is the file you meant"),
                        title=self.layout.title,
                    )
        return rows

    def _years(self, rows: pl.DataFrame) -> pl.Series:
        column = self.layout.year_column(rows.columns)
        if column is not None:
            year = numbers.bare(pl.col(column)).str.strip_suffix("JJ00")
            # A map may hold its years as numbers with a decimal point.
            whole = year.str.extract(r"^((?:19|20)\d\d)(?:\.0)?$")
            years = rows.select(whole.cast(pl.Int32)).to_series()
            self._refuse_at(
                rows, years.is_null(), column, N_("this is not a year"), N_("a year such as 2024")
            )
            return years
        return pl.repeat(self._year_of_file(), len(rows), dtype=pl.Int32, eager=True)

    def _year_of_file(self) -> int:
        if self.given_year is not None:
            return self.given_year
        if self.sheet.year is not None:
            return self.sheet.year
        named = year_in(self.sheet.path.name, self.file.name, self.file.parent.name)
        if named is None:
            raise InputError(
                N_("the year of these figures is not known"),
                place=Place(self.file.name),
                expected=N_("one year in the name of the file, such as kwb-2023.xlsx"),
                remedy=N_("rename the file, or write the year before its path: 2023={file}"),
                file=self.file.name,
            )
        return named

    def _refuse_double(self, rows: pl.DataFrame, key: str) -> None:
        double = rows.filter(pl.struct(AREA, YEAR).is_duplicated()).sort(AREA, YEAR, ROW)
        if len(double):
            first, second = double[ROW][0], double[ROW][1]
            raise InputError(
                N_("{code} stands here twice; the other is in row {other}"),
                place=self.sheet.place(second, key),
                expected=N_("one row for each area and year"),
                remedy=N_("remove the row that does not belong"),
                code=double[AREA][0],
                other=first + self.sheet.first_row,
            )

    def _column(self, rows: pl.DataFrame, header: str, target: Target) -> pl.DataFrame:
        indicator = INDICATORS[target.indicator]
        year = pl.lit(target.year, pl.Int32) if target.year else pl.col(YEAR)
        cells = numbers.parsed(rows[header])
        frame = rows.select(
            area=AREA,
            indicator=pl.lit(indicator.name),
            period=pl.date(year, 1, 1),
            status=cells["status"],
            value=cells["value"] * target.factor,
        )
        observed = frame["status"] == "observed"
        self._refuse_at(
            rows,
            observed & frame["value"].is_null(),
            header,
            N_("this is not a number"),
            N_("a number, or . for unknown"),
        )
        if indicator.unit == "count":
            self._refuse_at(
                rows,
                observed & (frame["value"] != frame["value"].round()),
                header,
                N_("this is not a whole number"),
                N_("a count without decimals, and without a point or comma between thousands"),
            )
        self._refuse_outside(rows, frame, header, target)
        return frame

    def _refuse_outside(self, rows: pl.DataFrame, frame: pl.DataFrame, header: str, target: Target) -> None:
        indicator = INDICATORS[target.indicator]
        for limit, outside, problem in (
            (indicator.minimum, pl.Series.lt, N_("this cannot be: {indicator} is at least {limit}")),
            (indicator.maximum, pl.Series.gt, N_("this cannot be: {indicator} is at most {limit}")),
        ):
            if limit is not None:
                self._refuse_at(
                    rows,
                    outside(frame["value"], limit).fill_null(value=False),
                    header,
                    problem,
                    N_("a number in the unit of this column"),
                    indicator=indicator.name,
                    limit=f"{limit / target.factor:g}",
                )

    def _refuse_at(
        self, rows: pl.DataFrame, wrong: pl.Series, column: str, problem: str, expected: str, **fields: object
    ) -> None:
        if wrong.any():
            where = rows.filter(wrong)[ROW]
            raise InputError(
                problem,
                place=self.sheet.place(where[0], column),
                expected=expected,
                remedy=N_("mend this cell; cells like it in this column: {count}"),
                count=len(where),
                **fields,
            )

    def _areas(self, rows: pl.DataFrame) -> pl.DataFrame:
        column = self.layout.name_column(rows.columns)
        name = numbers.bare(pl.col(column)) if column else pl.col(AREA)
        areas = rows.select(
            code=AREA,
            level=codes.level(pl.col(AREA)),
            name=pl.when(name.str.len_chars() > 0).then(name).otherwise(AREA),
            parent=codes.parent(pl.col(AREA)),
            division=YEAR,
        )
        return conform("areas", areas.sort("division", descending=True).unique("code", keep="first"))

    def _source(self, rows: pl.DataFrame) -> Source:
        latest = int(str(rows[YEAR].max()))
        return Source(
            key=self.file.name,
            title=f"{self.layout.title} {latest}",
            owner=self.layout.owner,
            file=self.file.name,
            sha256=self.checksum,
            licence=self.layout.licence,
            date=date(latest, 1, 1),
            reader=self.layout.name,
        )
