"""What every reader asks of a file before it looks inside, and what its name tells."""

from __future__ import annotations

import re
from pathlib import Path

from ongedeeld.errors import N_, InputError, Place

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def refuse_unreadable(path: Path) -> None:
    """Refuse what cannot be any table or map.

    Raises
    ------
    InputError
        When the file is absent, a folder, forbidden, empty, or a web page under another name.
    """
    if path.is_dir():
        raise InputError(
            N_("this is a folder, not a file"), place=Place(path), remedy=N_("name the file that is in it")
        )
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except FileNotFoundError as error:
        raise InputError(
            N_("this file is not there"), place=Place(path), remedy=N_("check the path and the name")
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            N_("this file cannot be read ({detail})"),
            place=Place(path),
            remedy=N_("check the path and who may read it"),
            detail=getattr(error, "strerror", None) or str(error),
        ) from error
    if not start:
        raise InputError(N_("this file is empty"), place=Place(path.name), remedy=N_("download it again"))
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InputError(
            N_("this is a web page, not a table"),
            place=Place(path.name),
            expected=N_("the file that its name promises"),
            remedy=N_("download the file itself; the page was saved in its stead"),
        )


def cut_short(path: Path, detail: str, sheet: str | None = None) -> InputError:
    """The error for a file that begins well and does not end so."""
    return InputError(
        N_("this file is cut short or damaged ({detail})"),
        place=Place(path.name, sheet),
        expected=N_("a whole file, as its owner publishes it"),
        remedy=N_("download it again from its owner"),
        detail=(detail.splitlines() or [""])[0],
    )


def year_in(*names: str) -> int | None:
    """The one year in the first of these names that has any; none where there are several, or none at all.

    >>> year_in("kwb-2023.xlsx"), year_in("wijk.xlsx", "districts_2016"), year_in("2002-2024.csv")
    (2023, 2016, None)
    """
    for name in names:
        if years := {int(year) for year in YEAR.findall(name)}:
            return years.pop() if len(years) == 1 else None
    return None
