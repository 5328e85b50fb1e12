"""A document as a Word file, with headings, tables and described pictures that can be edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from ongedeeld.web.areas.documents.contents import Contents, Heading, Part, Picture, Quoted, Table, Words
from ongedeeld.web.written import writable

_TEAL = RGBColor(0x0F, 0x5C, 0x63)
_SOFT = RGBColor(0x5D, 0x67, 0x6A)
_WIDTH = Cm(16)
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def word(contents: Contents) -> bytes:
    """The bytes of a Word file (docx).

    Parameters
    ----------
    contents
        What stands in it.
    """
    document = docx.Document()
    _dress(document, contents)
    document.add_heading(writable(contents.title), level=0)
    _small(document, contents.place)
    for part in contents.parts:
        _add(document, part)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(document: Document, contents: Contents) -> None:
    """Page, type, language and title."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = writable(contents.foot)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LOCALES[contents.language])
    normal.element.get_or_add_rPr().append(language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        style: Any = document.styles[name]
        style.font.color.rgb = _TEAL
    document.core_properties.title = writable(contents.title)
    document.core_properties.language = _LOCALES[contents.language]
    document.core_properties.author = "Ongedeeld"


def _add(document: Document, part: Part) -> None:
    match part:
        case Heading(level, text):
            document.add_heading(writable(text), level=level)
        case Words(text, small):
            _small(document, text) if small else document.add_paragraph(writable(text))
        case Quoted(text):
            document.add_paragraph(writable(text), style="Quote")
        case Picture(caption, svg, told):
            _small(document, caption, with_next=True)
            _picture(document, svg, told)
        case Table(header, rows):
            _table(document, header, rows)


def _small(document: Document, text: str, *, with_next: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = with_next
    run = paragraph.add_run(writable(text))
    run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _picture(document: Document, svg: str, told: str) -> None:
    shape = document.add_picture(BytesIO(vl_convert.svg_to_png(svg, scale=2)), width=_WIDTH)
    shape._inline.docPr.set("descr", writable(told))


def _table(document: Document, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    """A table whose header is repeated on every page it runs over."""
    if not rows:
        return
    everything = [header, *rows] if header else list(rows)
    table = document.add_table(
        rows=len(everything), cols=len(everything[0]), style="Light List" if header else "Table Grid"
    )
    for line, cells in zip(table.rows, everything, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = writable(text)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    if header:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()
