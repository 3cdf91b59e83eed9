"""An explainer as a document of Word, written by python-docx: the same words as in Markdown, with styles that editors know."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

from builder.exporting import attributed_text
from builder.exporting.blocks import CODE, HEADING, ITEM, RULE, TABLE, TERM, Runs, TextBlock, TextRun
from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File, Missing, list_in_quotes

_MAX_LIST_LEVELS = 3
"""Levels of lists that the styles of Word have."""


def write(chosen: Chosen) -> Exported:
    """Return a document for each explainer."""
    try:
        import docx
    except ImportError:
        raise Missing("documents") from None
    if not chosen.explainers:
        message = "it has no explainer, and a document is the text of one"
        raise ExportProblem(message)
    base = chosen.site.settings.base_url
    files: list[File] = []
    omissions: list[str] = []
    for slug in chosen.explainers:
        made = attributed_text.explainer_prose(chosen.site, slug)
        pictures = Pictures(lambda src: chosen.picture(src.removeprefix(base)))
        stream = io.BytesIO()
        _document(docx, made, chosen.site.language.word("Note {n}"), pictures).save(stream)
        if pictures.lost:
            omissions.append(
                f"{slug}: of {len(pictures.lost)} {'picture' if len(pictures.lost) == 1 else 'pictures'}, only the words that describe them: "
                f"{list_in_quotes(pictures.lost)}"
            )
        files.append(File(f"{slug}.docx", _without_clock(stream)))
    return Exported(tuple(files), tuple(omissions))


_MAX_PICTURE_WIDTH_EMU = 15 * 360_000
"""Of a picture, in the units of Word: 15 cm."""


class Pictures:
    """Puts pictures into a document. Word knows PNG, JPEG, GIF, BMP and TIFF: of others, and of those that are not there, the words stay."""

    def __init__(self, find: Callable[[str], bytes | None]) -> None:
        self._find = find
        self.lost: list[str] = []

    def add(self, paragraph: Any, text_run: TextRun) -> bool:
        """Add a picture to a paragraph, with what it shows as its alternative text; return whether that could be done."""
        data = self._find(text_run.picture)
        if data is not None:
            run = paragraph.add_run()
            try:
                shape = run.add_picture(io.BytesIO(data))
            except Exception:  # noqa: BLE001 – the library raises many kinds for what it cannot read
                run._r.getparent().remove(run._r)  # noqa: SLF001 – it has no call of its own
            else:
                if shape.width > _MAX_PICTURE_WIDTH_EMU:
                    shape.height, shape.width = int(shape.height * _MAX_PICTURE_WIDTH_EMU / shape.width), _MAX_PICTURE_WIDTH_EMU
                shape._inline.docPr.set("descr", text_run.text[1:-1])  # noqa: SLF001 – it has no call of its own
                return True
        self.lost.append(text_run.picture.rpartition("/")[2])
        return False


def _without_clock(stream: io.BytesIO) -> bytes:
    """Return a package without the times of its writing: the same content makes the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in package.namelist():
            kept.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), package.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


_MAX_PROPERTY_CHARACTERS = 255
"""Characters that the format allows a property of a document."""


def _document(docx: Any, prose: attributed_text.Prose, note: str, pictures: Pictures) -> Any:
    document = docx.Document()
    record = prose.record
    core = document.core_properties
    core.title, core.author = record.title[:_MAX_PROPERTY_CHARACTERS], "; ".join(record.authors)[:_MAX_PROPERTY_CHARACTERS]
    core.keywords = ", ".join(topic.name for topic in record.topics)[:_MAX_PROPERTY_CHARACTERS]
    core.language, core.comments = record.lang, ""
    core.last_modified_by = ""
    day = record.updated or record.published
    # Not the clock's: the same content makes the same file.
    when = dt.datetime.fromisoformat(f"{day.first}T00:00:00") if day is not None and day.first else dt.datetime(1980, 1, 1)  # noqa: DTZ001 – the format has no zones
    core.created = core.modified = when
    document.add_heading(record.title, 0)
    if record.summary:
        document.add_paragraph(record.summary, style="Subtitle")
    byline = [", ".join(record.authors), record.published.words if record.published is not None else "", prose.address]
    if any(byline):
        from docx.enum.style import WD_STYLE_TYPE

        # By its style an import knows the line: it is none of the text.
        style = document.styles.add_style("Byline", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        document.add_paragraph(" · ".join(part for part in byline if part), style=style)
    styles = _Styles(document)
    for block in prose.blocks:
        _add(document, block, pictures, styles)
    for number, runs in prose.notes:
        _runs(document.add_paragraph(f"{note.format(n=number)}: "), runs, pictures)
    return document


class _Styles:
    """The styles of a document. python-docx looks through all of them at each paragraph, which takes longer than all else."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._ids: dict[str, str] = {}

    def paragraph(self, style: str) -> Any:
        """Return a new paragraph of the style with this name, at the end of the document."""
        made = self._document.add_paragraph()
        if style not in self._ids:
            self._ids[style] = self._document.styles[style].style_id
        if style != "Normal":
            made._p.style = self._ids[style]  # noqa: SLF001 – its own way looks the style up
        return made


def _add(document: Any, block: TextBlock, pictures: Pictures, styles: _Styles) -> None:
    if block.kind == TABLE:
        width = max((len(row) for row in block.rows), default=0)
        table = document.add_table(rows=0, cols=width, style="Table Grid")
        for n, row in enumerate(block.rows):
            cells = table.add_row().cells
            for cell, runs in zip(cells, row, strict=False):
                _runs(cell.paragraphs[0], runs, pictures, bold=n == 0)
        return
    if block.kind == RULE:
        document.add_paragraph("* * *")
    elif block.kind == HEADING:
        _runs(styles.paragraph(f"Heading {block.level}"), block.runs, pictures)
    elif block.kind == CODE:
        paragraph = styles.paragraph("No Spacing")
        run = paragraph.add_run("".join(run.text for run in block.runs).rstrip("\n"))
        run.font.name = "Courier New"
    else:
        _runs(styles.paragraph(_style(block)), block.runs, pictures, bold=block.kind == TERM)


def _style(block: TextBlock) -> str:
    if block.kind == ITEM:
        level = min(block.level, _MAX_LIST_LEVELS)
        name = "List Number" if block.number else "List Bullet"
        return name if level == 1 else f"{name} {level}"
    if block.quoted:
        return "Quote"
    return f"List Continue{'' if block.level == 1 else f' {min(block.level, _MAX_LIST_LEVELS)}'}" if block.level else "Normal"


def _runs(paragraph: Any, runs: Runs, pictures: Pictures, *, bold: bool = False) -> None:
    for text_run in runs:
        if text_run.picture and pictures.add(paragraph, text_run):
            continue
        if text_run.note:
            paragraph.add_run(str(text_run.note)).font.superscript = True
            continue
        if text_run.link.startswith(("http://", "https://", "mailto:")):
            run = _link(paragraph, text_run.link, text_run.text)
        else:
            run = paragraph.add_run(text_run.text)
        run.bold = text_run.bold or bold or None
        run.italic = text_run.italic or None
        run.font.strike = text_run.struck or None
        if text_run.code:
            run.font.name = "Courier New"


def _link(paragraph: Any, address: str, text: str) -> Any:
    """Add a link, for which python-docx has no call of its own."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.text.run import Run

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    inner = OxmlElement("w:r")
    link.append(inner)
    paragraph._p.append(link)  # noqa: SLF001 – the way that its documentation gives
    run = Run(inner, paragraph)
    run.text = text
    run.font.underline = True
    return run
