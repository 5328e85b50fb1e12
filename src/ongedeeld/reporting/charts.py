"""Charts in one grammar: Altair with one theme, rendered to SVG without a browser.

Each kind of chart is compiled once per width; after that only its rows change. Every chart is drawn twice,
wide for a desk and narrow for a phone, so that its words keep their size. Colours are tokens of the style
sheet, with the light ones as fallback where a chart is saved by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from textwrap import wrap
from typing import Any, Literal
from urllib.parse import quote

import altair as alt
import vl_convert

from ongedeeld.vocabulary import Language

Row = Mapping[str, Any]
Width = Literal["wide", "narrow"]
WIDTHS: dict[Width, int] = {"wide": 640, "narrow": 300}
TOKENS = {
    "#1d2426": "ink",
    "#5d676a": "soft",
    "#dcd8cf": "line",
    "#0f5c63": "teal",
    "#a94d26": "clay",
    "#fbfaf7": "paper",
}
INK, SOFT, LINE, TEAL, CLAY, PAPER = TOKENS
FONT = "Atkinson Hyperlegible Next, system-ui, sans-serif"
TEXT = 15
LABEL = 28
"""How many characters of a label fit on a line."""
_D3_LOCALES: dict[Language, Literal["nl-NL", "en-GB"]] = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True)
class Drawing:
    """One chart in its two widths, as SVG."""

    wide: str
    narrow: str

    @property
    def address(self) -> str:
        """The address that saves the wide drawing as SVG."""
        return "data:image/svg+xml;charset=utf-8," + quote(self.wide, safe=" =:/,()")


def strip(rows: Sequence[Row], domain: tuple[float, float], label: str, language: Language) -> Drawing:
    """All areas as ticks on a line, with the mean and one area as a dot.

    `rows` have `kind` (other, mean, own), `value`, and `text` for the mean and the own one. Ticks that
    would fall together are drawn as one, the darker the more they are.
    """
    words = [row for row in rows if row["kind"] != "other"]
    step = (domain[1] - domain[0]) / WIDTHS["wide"]
    places = Counter(round(row["value"] / step) * step for row in rows if row["kind"] == "other")
    ticks = [
        {"kind": "other", "value": place, "weight": round(1 - 0.65**count, 2)}
        for place, count in places.items()
    ]
    return _both("strip", [*ticks, *_anchored(words, domain)], domain, label, language)


def _anchored(rows: Sequence[Row], domain: tuple[float, float]) -> list[Row]:
    """Labels near an edge grow inwards."""
    low, high = domain

    def side(value: float) -> str:
        part = (value - low) / (high - low)
        return "left" if part < 0.23 else "right" if part > 0.77 else "center"

    return [{**row, "side": side(row["value"])} for row in rows]


def bars(rows: Sequence[Row], domain: tuple[float, float], label: str, language: Language) -> Drawing:
    """A bar from zero per row.

    `rows` have `label`, `value`, `text` and `compare`: where a line across comes, or none. The line is
    black, or grey where `mean` is true.
    """
    return _both("bars", _wrapped(rows), domain, label, language)


def dots(rows: Sequence[Row], domain: tuple[float, float], label: str, language: Language) -> Drawing:
    """A dot on a line per row; rows as for :func:`bars`."""
    return _both("dots", _wrapped(rows), domain, label, language)


def _wrapped(rows: Sequence[Row]) -> list[Row]:
    return [{**row, "lines": "\n".join(wrap(row["label"], LABEL))} for row in rows]


def lines(
    rows: Sequence[Row], domain: tuple[float, float], label: str, language: Language, decimals: int = 0
) -> Drawing:
    """Lines over time, with `decimals` on the axis.

    `rows` have `period` (year), `value`, `series` (own or other) and, at the end of a line, `text` with its
    `side` (up, down).
    """
    return _both("lines", rows, domain, label, language, f",.{decimals}f")


@lru_cache(maxsize=4096)
def mini(own: int, city: int | None) -> str:
    """A dot on a line for an area and a mark for its city, in hundredths; words stand beside it."""
    rows = [{"kind": "own", "value": own}]
    if city is not None:
        rows.append({"kind": "city", "value": city})
    return _render("mini", "narrow", rows, (0, 100), "", "en")


def _both(
    kind: str,
    rows: Sequence[Row],
    domain: tuple[float, float],
    label: str,
    language: Language,
    numbers: str = "",
) -> Drawing:
    return Drawing(*(_render(kind, width, rows, domain, label, language, numbers) for width in WIDTHS))


def _render(
    kind: str,
    width: Width,
    rows: Sequence[Row],
    domain: tuple[float, float],
    label: str,
    language: Language,
    numbers: str = "",
) -> str:
    compiled, measure = _compiled(kind, width)
    spec = deepcopy(compiled)
    for data in spec["data"]:
        if data["name"] == "rows":
            data["values"] = [dict(row) for row in rows]
    for scale in spec["scales"]:
        if scale["name"] == measure:
            scale["domain"] = list(domain)
    for axis in spec.get("axes", ()):
        if axis["scale"] == measure and numbers:
            axis["format"] = numbers
    return _tidy(vl_convert.vega_to_svg(spec, format_locale=_D3_LOCALES[language]), label)


@cache
def _compiled(kind: str, width: Width) -> tuple[dict[str, Any], str]:
    """The chart as Vega, and which scale measures the values."""
    makers = {"strip": _strip, "bars": _bars, "dots": _dots, "lines": _lines, "mini": _mini}
    chart = makers[kind](width).configure(
        background="transparent",
        font=FONT,
        aria=False,
        padding=0,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(fontSize=TEXT, color=INK),
        axis=alt.AxisConfig(
            labelFontSize=TEXT,
            labelColor=SOFT,
            domainColor=LINE,
            tickColor=LINE,
            gridColor=LINE,
            title=None,
        ),
    )
    return vl_convert.vegalite_to_vega(chart.to_dict()), "y" if kind == "lines" else "x"


def _data() -> alt.Chart:
    return alt.Chart(alt.NamedData("rows"))


_STRIP_WORDS: tuple[tuple[str, int, Literal[400, 600]], ...] = (("own", 16, 600), ("mean", 82, 400))


def _strip(width: Width) -> Any:
    edge = 8
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=False, range=[edge, WIDTHS[width] - edge]))
    of = {kind: _data().transform_filter(alt.datum.kind == kind) for kind in ("other", "mean", "own")}
    layers = [
        _data()
        .mark_rule(color=LINE)
        .encode(x=alt.value(0), x2=alt.value(WIDTHS[width]), y=alt.value(46), y2=alt.value(46))
        .transform_filter(alt.datum.kind == "mean"),
        of["other"]
        .mark_rule(color=TEAL, strokeWidth=1.5)
        .encode(
            x=x, y=alt.value(36), y2=alt.value(56), opacity=alt.Opacity("weight:Q", scale=None, legend=None)
        ),
        of["mean"].mark_rule(color=SOFT, strokeWidth=3).encode(x=x, y=alt.value(30), y2=alt.value(64)),
        of["own"]
        .mark_point(filled=True, size=240, color=CLAY, stroke=PAPER, strokeWidth=2, opacity=1)
        .encode(x=x, y=alt.value(46)),
    ]
    for side in ("left", "center", "right"):
        for kind, y, weight in _STRIP_WORDS:
            layers.append(
                of[kind]
                .transform_filter(alt.datum.side == side)
                .mark_text(
                    align=side, baseline="middle", fontWeight=weight, color=INK if kind == "own" else SOFT
                )
                .encode(x=x, y=alt.value(y), text="text:N")
            )
    return alt.layer(*layers).properties(width=WIDTHS[width], height=94)


def _extent(width: Width) -> tuple[int, int]:
    """From where to where the plot of a chart with rows runs."""
    return (236, WIDTHS[width] - 76) if width == "wide" else (0, WIDTHS[width])


def _rows_frame(width: Width) -> tuple[alt.Scale, alt.Y, list[Any], int, int]:
    """Labels and values of a chart with one row per line: beside the plot, or above it on a phone."""
    whole = WIDTHS[width]
    left, right = _extent(width)
    step, lift, drop = (36, 0, 0) if width == "wide" else (54, -12, 12)
    scale = alt.Scale(range=[left, right])
    y = alt.Y("label:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    words = [
        _data()
        .mark_text(
            align="left",
            baseline="middle",
            dy=lift,
            limit=left - 12 if lift == 0 else whole - 60,
            lineBreak="\n",
            lineHeight=17,
        )
        .encode(x=alt.value(0), y=y, text="lines:N"),
        _data()
        .mark_text(align="right", baseline="middle", dy=lift, fontWeight=600)
        .encode(x=alt.value(whole), y=y, text="text:N"),
    ]
    return scale, y, words, step, drop


def _across(scale: alt.Scale, y: alt.Y, drop: int) -> list[Any]:
    """A line across for what a row is compared with, with a rim so that it also shows on a bar."""
    known = _data().transform_filter("isValid(datum.compare)")
    place = alt.X("compare:Q", axis=None, scale=scale)
    return [
        layer.mark_tick(color=colour, thickness=thickness, size=24, yOffset=drop).encode(x=place, y=y)
        for layer, colour, thickness in (
            (known, PAPER, 6),
            (known.transform_filter("!datum.mean"), INK, 2),
            (known.transform_filter("datum.mean"), SOFT, 3),
        )
    ]


def _bars(width: Width) -> Any:
    scale, y, words, step, drop = _rows_frame(width)
    bar = (
        _data()
        .mark_bar(size=14, yOffset=drop)
        .encode(
            x=alt.X("value:Q", axis=None, scale=scale),
            x2=alt.X2(datum=0),
            y=y,
            color=alt.condition("datum.value < 0", alt.value(CLAY), alt.value(TEAL)),
        )
    )
    zero = (
        _data()
        .mark_tick(color=SOFT, thickness=1, size=36 if drop == 0 else 24, yOffset=drop)
        .encode(x=alt.X(datum=0, scale=scale, axis=None), y=y)
    )
    return alt.layer(bar, zero, *_across(scale, y, drop), *words).properties(
        width=WIDTHS[width], height=alt.Step(step)
    )


def _dots(width: Width) -> Any:
    scale, y, words, step, drop = _rows_frame(width)
    left, right = _extent(width)
    ground = _data().mark_rule(color=LINE, yOffset=drop).encode(x=alt.value(left), x2=alt.value(right), y=y)
    dot = (
        _data()
        .mark_point(filled=True, size=150, color=CLAY, opacity=1, yOffset=drop)
        .encode(x=alt.X("value:Q", axis=None, scale=scale), y=y)
    )
    return alt.layer(ground, *_across(scale, y, drop), dot, *words).properties(
        width=WIDTHS[width], height=alt.Step(step)
    )


def _lines(width: Width) -> Any:
    right = 150 if width == "wide" else 6
    x = alt.X(
        "period:Q",
        axis=alt.Axis(
            format="d", tickMinStep=1, grid=False, tickCount=5 if width == "wide" else 4, labelFlush=False
        ),
        scale=alt.Scale(zero=False, nice=False, range=[40, WIDTHS[width] - right]),
    )
    y = alt.Y(
        "value:Q",
        axis=alt.Axis(tickCount=4, domain=False, ticks=False, labelAlign="left", labelPadding=0),
        scale=alt.Scale(zero=False),
    )
    colour = alt.Color("series:N", legend=None, scale=alt.Scale(domain=["own", "other"], range=[CLAY, SOFT]))
    base = _data().encode(x=x, y=y, color=colour)
    words = []
    for side, dy in (("up", -1), ("down", 1)):
        of_side = _data().transform_filter(alt.datum.side == side)
        mark: dict[str, Any] = {"fontWeight": 600, "baseline": "middle"}
        if width == "wide":
            rim = of_side.mark_text(align="left", dx=10, dy=dy * 9, stroke=PAPER, strokeWidth=4, **mark)
            words.append(rim.encode(x=x, y=y, color=colour, text="text:N"))
        else:  # there is no room beside the lines: a row of words above them
            at = 40 if side == "up" else WIDTHS[width]
            above = of_side.mark_text(align="left" if side == "up" else "right", **mark)
            words.append(above.encode(x=alt.value(at), y=alt.value(-14), color=colour, text="text:N"))
    return alt.layer(
        base.mark_line(strokeWidth=2.5), base.mark_point(filled=True, size=60, opacity=1), *words
    ).properties(width=WIDTHS[width], height=200)


def _mini(_: Width) -> Any:
    x = alt.X("value:Q", axis=None, scale=alt.Scale(range=[6, 114]))
    of = {kind: _data().transform_filter(alt.datum.kind == kind) for kind in ("city", "own")}
    return alt.layer(
        of["own"].mark_rule(color=LINE).encode(x=alt.value(0), x2=alt.value(120), y=alt.value(8)),
        of["city"].mark_rule(color=INK, strokeWidth=2).encode(x=x, y=alt.value(2), y2=alt.value(14)),
        of["own"].mark_point(filled=True, size=64, color=CLAY, opacity=1).encode(x=x, y=alt.value(8)),
    ).properties(width=120, height=16)


_NOISE = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|xmlns:xlink|version|font-family|stroke-miterlimit)="[^"]*"'
    r'| (?:opacity|fill-opacity|stroke-opacity)="1"'
)
_RIM = re.compile(r"<text( [^>]* stroke=)")
_EMPTY = re.compile(r'<path d="M0(?:\.5)?,0(?:\.5)?h[\d.]+v[\d.]+h-?[\d.]+Z"/>|<g/>|<g></g>')
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')
_LONG = re.compile(r"(\.\d\d)\d+")


def _tidy(svg: str, label: str) -> str:
    """The SVG as light as it can be, in tokens, scaling to its column, with its text alternative."""
    light = _EMPTY.sub("", _NOISE.sub("", svg))
    light = _LONG.sub(r"\1", light)
    # The rim of a word lies behind it.
    light = _RIM.sub(r'<text paint-order="stroke"\1', light)
    for colour, token in TOKENS.items():
        light = light.replace(f'"{colour}"', f'"var(--{token},{colour})"')
    name = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return _SIZE.sub(rf'<svg {name} font-family="{FONT}" \1', light, count=1)
