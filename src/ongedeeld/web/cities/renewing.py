"""Make a City of what arrived, laid over the version that is read where it is not whole by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.city import City, Manifest, Remark, Source
from ongedeeld.city.checks.references import changed_file
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import Inputs, build
from ongedeeld.sources.own import OwnTable, read_all_own
from ongedeeld.web.cities.arriving import unpack
from ongedeeld.web.cities.recognising import Sorted

FIGURE = ("area", "indicator", "period")


def renew(found: Sorted, base: City | None, region: str, *, today: date, anew: bool = False) -> City:
    """The City of a delivery.

    Parameters
    ----------
    found
        The files by what they are.
    base
        The City that is read; none before there was one.
    region
        The municipality; empty is that of `base`.
    today
        The day that the manifest names.
    anew
        Whether published figures that are not among the files are left behind, rather than kept.

    Raises
    ------
    InputError, CityError
        When a file is not what it should be, or there is nothing to lay it over.
    """
    if found.city is not None:
        return _unpacked(found.city)
    region = region or (base.manifest.region if base else "")
    kept = base if base is not None and base.manifest.region == region else None
    if found.open:
        _refuse_unknown(region)
        published = build(region, _inputs(found), today=today)
        kept = published if kept is None else _joined(kept, published, found, anew=anew)
    if kept is None:
        raise InputError(
            N_("there is no City yet to lay your own tables over"),
            expected=N_("key figures and boundaries of the municipality, or a saved City"),
            remedy=N_("fetch the open data of your municipality first, and accept that"),
        )
    return _with_own(kept, found.own, today) if found.own else _named_today(kept, today)


def _inputs(found: Sorted) -> Inputs:
    def of(kind: str) -> tuple[Path, ...]:
        return tuple(found.open.get(kind, ()))

    return Inputs(
        kwb=of("kwb"),
        livability=of("livability"),
        proximity=of("proximity"),
        boundaries=of("boundaries"),
        crime=of("crime"),
        crosswalk=of("crosswalk"),
    )


def _refuse_unknown(region: str) -> None:
    if not region:
        raise InputError(
            N_("it is not known of which municipality these figures are to be taken"),
            expected=N_("a code such as GM0344"),
            remedy=N_("fill the code in and bring the files in again"),
        )


def _unpacked(archive: Path) -> City:
    """The City in an archive, read whole, so that its files may go."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        unpack(archive, Path(folder))
        city = City.open(folder)
        for finding in changed_file(city):
            raise InputError(
                N_("files of this City are not as they were written: {files}"),
                place=Place(archive.name),
                expected=N_("the folder as `ongedeeld build` wrote it"),
                remedy=N_("make the City again, and an archive of its folder"),
                files=", ".join(finding.rows),
            )
        return City.of({name: city.table(name) for name in city.tables()}, city.manifest)


def _named_today(city: City, today: date) -> City:
    manifest = replace(city.manifest, created=today)
    return City.of({name: city.table(name) for name in city.tables()}, manifest)


def _joined(base: City, new: City, found: Sorted, *, anew: bool) -> City:
    """New published figures over those of before; the association's own tables stay."""
    names_areas = bool({"kwb"} & found.open.keys()) or (anew and "boundaries" in found.open)
    areas = _areas(base.table("areas"), new.table("areas"), names_areas=names_areas)
    figures = new.table("indicators")
    before = base.table("indicators").head(0) if anew else base.table("indicators")
    renamed, before = _apart(base.manifest.sources, new.manifest.sources, before)
    rest = before.join(figures, on=FIGURE, how="anti", maintain_order="left")
    figures = pl.concat([figures, rest]).join(
        areas.select(area="code"), on="area", how="semi", maintain_order="left"
    )
    own = {name: base.table(name) for name in base.tables() if name not in ("areas", "indicators")}
    used = set(rest["source"])
    of_figures = set(base.table("indicators")["source"])
    stay = [
        source
        for source, key_before in zip(renamed, base.manifest.sources, strict=True)
        if source.key in used or key_before.key not in of_figures
    ]
    manifest = replace(
        new.manifest,
        name=base.manifest.name,
        invented=base.manifest.invented,
        stock=base.manifest.stock,
        sources=_once((*new.manifest.sources, *stay)),
        remarks=(*new.manifest.remarks, *_of_sources(base.manifest, stay)),
        tables={},
    )
    return City.of({"areas": areas, "indicators": figures} | own, manifest)


def _areas(before: pl.DataFrame, new: pl.DataFrame, *, names_areas: bool) -> pl.DataFrame:
    """The areas of the newest key figures; boundaries from whichever knows them, the new ones first."""
    first, second = (new, before) if names_areas else (before, new)
    shapes = second.select("code", other="geometry")
    joined = first.join(shapes, on="code", how="left", maintain_order="left")
    known = ("geometry", "other") if names_areas else ("other", "geometry")
    return joined.with_columns(geometry=pl.coalesce(known)).drop("other")


def _apart(
    before: tuple[Source, ...], new: tuple[Source, ...], figures: pl.DataFrame
) -> tuple[list[Source], pl.DataFrame]:
    """Sources of before under a name of their own, where another file now has their name."""
    taken = {source.key: source.sha256 for source in new}
    names = {source.key: source.key for source in before}
    for source in before:
        if taken.get(source.key, source.sha256) != source.sha256:
            names[source.key] = f"{source.key} ({source.sha256[:8]})"
    renamed = figures.with_columns(pl.col("source").replace(names))
    return [replace(source, key=names[source.key]) for source in before], renamed


def _once(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple({source.key: source for source in sources}.values())


def _of_sources(manifest: Manifest, sources: list[Source]) -> list[Remark]:
    keys = {source.key for source in sources}
    return [remark for remark in manifest.remarks if remark.source in keys]


def _with_own(city: City, files: Mapping[str, Path], today: date) -> City:
    """The City with these own tables in place of those it had."""
    held = {name: city.table(name) for name in city.tables()}
    read: list[OwnTable] = read_all_own(files, city.table("areas"), held)
    keys = {table.source.key for table in read}
    stay = tuple(source for source in city.manifest.sources if source.key not in keys)
    manifest = replace(
        city.manifest,
        created=today,
        stock="own" if "dwellings" in files else city.manifest.stock,
        sources=(*stay, *(table.source for table in read)),
        remarks=(
            *(remark for table in read for remark in table.remarks),
            *(remark for remark in city.manifest.remarks if remark.source not in keys),
        ),
        tables={},
    )
    return City.of(held | {table.table: table.frame for table in read}, manifest)
