"""Write the pictures of the explanation of undividedness: ``python -m tools.pictures``.

Each is a small drawing on its own white ground, so that it reads the same on a light and on a dark page.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from ongedeeld.measures.undividedness.chance import expected_dissimilarity

ASSETS = Path(__file__).parents[1] / "docs" / "assets"
INK, TEAL, CLAY, PALE = "#1d2b2d", "#0f5c63", "#b4532a", "#e4eff0"
# Of 16 homes in each of four areas, how many are of the group; 16 in all, one in four.
CITIES = {
    "Divided: D = 1": (16, 0, 0, 0),
    "In between: D = 0.5": (10, 2, 2, 2),
    "Undivided: D = 0": (4, 4, 4, 4),
}


def _homes(count: int, left: float, top: float) -> str:
    dots = []
    for home in range(16):
        fill, x, y = (
            (CLAY if home < count else TEAL),
            left + 13 + 18 * (home % 4),
            top + 13 + 18 * (home // 4),
        )
        dots.append(f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="{fill}"/>')
    return f'<rect x="{left:g}" y="{top:g}" width="80" height="80" fill="{PALE}"/>{"".join(dots)}'


def _drawing(width: int, height: int, title: str, told: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title desc" font-family="sans-serif" font-size="14">\n'
        f'  <title id="title">{escape(title)}</title>\n  <desc id="desc">{escape(told)}</desc>\n'
        f'  <rect width="{width}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _text(x: float, y: float, text: str, anchor: str = "start", fill: str = INK) -> str:
    return f'  <text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'


def mixes() -> str:
    """Three cities with the same people, from divided to undivided."""
    parts = []
    for column, (name, group) in enumerate(CITIES.items()):
        left = 20 + 210 * column
        parts += [
            _homes(count, left + 86 * (area % 2), 40 + 86 * (area // 2)) for area, count in enumerate(group)
        ]
        parts.append(_text(left + 83, 26, name, "middle"))
    told = "Four areas of 16 homes; one home in four is of the group. All in one area; spread unevenly; even."
    return _drawing(640, 222, "Three cities with the same residents", told, "\n".join(parts))


def chance() -> str:
    """What chance alone does to the dissimilarity of a group of one in ten, by homes per area."""
    sizes = (10, 15, 30, 60, 150, 500, 1500)
    parts = [_text(20, 24, "Dissimilarity by chance alone, 100 areas, a group of 10 %")]
    for row, size in enumerate(sizes):
        # Chance depends on the sizes of areas and groups alone: the group may stand in the first areas.
        members = np.clip(10 * size - size * np.arange(100), 0, size)
        value = expected_dissimilarity(np.stack([members, size - members], axis=1))
        y = 44 + 26 * row
        parts += [
            _text(150, y + 14, f"{size:,} homes each", "end"),
            f'  <rect x="160" y="{y}" width="{value * 900:.1f}" height="18" fill="{TEAL}"/>',
            _text(166 + value * 900, y + 14, f"{value:.2f}"),
        ]
    told = "The smaller the areas, the more divided they look when everybody is allotted at random."
    return _drawing(640, 236, "What chance alone does", told, "\n".join(parts))


def scales() -> str:
    """Two cities with the same total, one divided between districts, the other within them."""
    parts = []
    for column, (name, districts) in enumerate(
        {
            "Divided between districts": ((16, 16), (0, 0)),
            "Divided within districts": ((16, 0), (16, 0)),
        }.items()
    ):
        left = 30 + 310 * column
        parts.append(_text(left + 132, 26, name, "middle"))
        for number, pair in enumerate(districts):
            top = 40 + 98 * number
            parts.append(
                f'  <rect x="{left - 6}" y="{top - 6}" width="182" height="92" fill="none" stroke="{INK}"/>'
            )
            parts += [_homes(count, left + 90 * place, top) for place, count in enumerate(pair)]
            parts.append(_text(left + 184, top + 44, f"district {number + 1}"))
    told = "The dissimilarity of neighbourhoods is 1 in both; only the split over scales tells them apart."
    return _drawing(640, 236, "The same number, at another scale", told, "\n".join(parts))


PICTURES = {"mixes": mixes, "chance": chance, "scales": scales}


def main() -> None:
    """Write all pictures."""
    for name, draw in PICTURES.items():
        (ASSETS / f"undividedness-{name}.svg").write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
