"""The little Markdown that the made pages need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell does not end it."""
    lines = [" | ".join(headers), " | ".join("---" for _ in headers)]
    lines.extend(" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    return "\n".join(f"| {line} |" for line in lines)


def code(text: object) -> str:
    """A word of the code; nothing where there is none."""
    return f"`{text}`" if str(text) else ""


def whole(*parts: str) -> str:
    """A page of these parts."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def number(value: float | None) -> str:
    """A limit without needless decimals; nothing where there is none."""
    return "" if value is None else f"{value:.10g}"
