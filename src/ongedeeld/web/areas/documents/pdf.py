"""A document as PDF that a screen reader can read (PDF/UA-1), set with Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from ongedeeld.web.areas.documents.contents import Contents, Heading, Part, Picture, Quoted, Table, Words

_KINDS: dict[type[Part], str] = {
    Heading: "heading",
    Words: "words",
    Quoted: "quoted",
    Picture: "picture",
    Table: "table",
}


def pdf(contents: Contents) -> bytes:
    """The bytes of a PDF/UA file; of a plain PDF when a word of it has signs that no font here can show.

    Parameters
    ----------
    contents
        What stands in it.
    """
    told = asdict(contents) | {
        "parts": [asdict(part) | {"kind": _KINDS[type(part)]} for part in contents.parts]
    }
    try:
        return _set(json.dumps(told), "ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # People write signs, such as emoji, that no font of this machine has; PDF/UA allows none of those.
        return _set(json.dumps(told), None)


def _set(told: str, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.compile(
        (files("ongedeeld.web.areas.documents") / "document.typ").read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"contents": told},
        pdf_standards=standard,
        timestamp=datetime.now(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked up once: that takes longer than a document."""
    return typst.Fonts()
