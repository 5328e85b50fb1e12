"""What charts drawn by hand share: words, shapes and the frame, in the tokens of the style sheet.

Charts of which a page has many are drawn here rather than rendered: a hundred take a hundredth of a second.
Their grammar is that of :mod:`ongedeeld.reporting.charts`.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from textwrap import wrap
from typing import Literal

from ongedeeld.reporting.charts import FONT, TEXT, TOKENS, Drawing

Anchor = Literal["start", "middle", "end"]
FULL = (640, 300)
"""Widths of a chart that has a wide column: at a desk and on a phone."""
TILE = (540, 300)
"""Widths of a chart beside another one."""
LINE = 19
"""The height of a line of words."""
CHARACTER = 7.7
"""How wide a character is at most on average, so that words never meet."""
MIXES = {"m0": "#0f5c63", "m1": "#86bdb6", "m2": "#d9e7e3", "m3": "#ead3b4", "m4": "#c98b52"}
"""Fills of parts of a whole, in the order of the groups."""
_ON_MIXES = {"n0": "#fbfaf7", "n1": "#1d2426", "n2": "#1d2426", "n3": "#1d2426", "n4": "#1d2426"}
_LIGHT = {token: colour for colour, token in TOKENS.items()} | MIXES | _ON_MIXES


def colour(token: str) -> str:
    """A token of the style sheet, with its light colour where a chart is saved by itself."""
    return f"var(--{token},{_LIGHT[token]})"


def words(
    x: float, y: float, text: str, *, anchor: Anchor = "start", strong: bool = False, paint: str = "ink"
) -> str:
    """A line of words, with its middle at `y`."""
    weight = ' font-weight="600"' if strong else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    fill = colour(paint)
    return f'<text x="{x:.4g}" y="{y + 5:.4g}"{place}{weight} fill="{fill}">{escape(text)}</text>'


def named(x: float, y: float, text: str, *, anchor: Anchor = "start", strong: bool = False) -> str:
    """The name of something in a picture, with a rim of paper so that lines behind it do not cross it."""
    rim = f'paint-order="stroke" stroke="{colour("paper")}" stroke-width="4" stroke-linejoin="round"'
    return words(x, y, text, anchor=anchor, strong=strong).replace("<text ", f"<text {rim} ", 1)


def block(x: float, y: float, width: float, height: float, token: str, more: str = "") -> str:
    """A filled rectangle."""
    size = f'width="{max(width, 0):.4g}" height="{height:.4g}"'
    return f'<rect x="{x:.4g}" y="{y:.4g}" {size} fill="{colour(token)}"{more}/>'


def stroke(
    start: tuple[float, float], end: tuple[float, float], token: str, width: float = 1.0, more: str = ""
) -> str:
    """A straight line."""
    ends = f'x1="{start[0]:.4g}" y1="{start[1]:.4g}" x2="{end[0]:.4g}" y2="{end[1]:.4g}"'
    return f'<line {ends} stroke="{colour(token)}" stroke-width="{width:g}"{more}/>'


def dot(x: float, y: float, token: str, radius: float = 6.0) -> str:
    """A filled dot with a rim of paper."""
    rim = f'stroke="{colour("paper")}" stroke-width="1.5"'
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:g}" fill="{colour(token)}" {rim}/>'


def ring(x: float, y: float, token: str, radius: float = 4.5) -> str:
    """An open dot: what chance alone gives."""
    rim = f'stroke="{colour(token)}" stroke-width="2"'
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:g}" fill="{colour("paper")}" {rim}/>'


def lines_of(text: str, width: float) -> list[str]:
    """Words parted into lines that fit a width."""
    return wrap(text, max(8, int(width / CHARACTER))) or [""]


def place(value: float, domain: tuple[float, float], start: float, end: float) -> float:
    """Where a value lies between two edges; beyond the domain it stays on the edge."""
    low, high = domain
    part = (min(max(value, low), high) - low) / ((high - low) or 1.0)
    return start + part * (end - start)


def drawing(draw: Callable[[int], tuple[str, float]], label: str, widths: tuple[int, int] = TILE) -> Drawing:
    """One chart in two widths, from what draws its body at a width and tells its height."""
    return Drawing(*(_frame(width, *draw(width), label) for width in widths))


def _frame(width: int, body: str, height: float, label: str) -> str:
    size = f'width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}"'
    name = f'role="img" aria-label="{escape(label)}"'
    return (
        f'<svg {name} font-family="{FONT}" font-size="{TEXT}" xmlns="http://www.w3.org/2000/svg" {size}>'
        f"{body}</svg>"
    )
