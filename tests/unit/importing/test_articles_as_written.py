"""Documents and pages as programs really write them: what is hidden, changed, nested or loaded later is read or told."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from builder.importing import ExistingRecords, ImportInput, ImportOptions, find, layout
from builder.importing.importer_types import File


def made(name, data):
    given = ImportInput(name, (File(name, data),))
    laid = layout(find(given).read(given, ImportOptions(today="2026-01-02")), ExistingRecords(), ImportOptions(today="2026-01-02"))
    text = next(data for path, data in laid.files.items() if path.startswith("content/explainers/") and path.endswith(".md")).decode()
    _, head, body = text.split("---\n", 2)
    return head, body.strip(), [str(note) for note in laid.import_notes]


def page(inside, style=""):
    _, body, told = made("a.html", f"<html><head><style>{style}</style></head><body>{inside}</body></html>".encode())
    return body, told


@pytest.mark.parametrize(
    "inside, shown, told",
    [
        # Google Docs: lists of two kinds behind one another, raised figures, a comment of two paragraphs
        (
            "<ul class='lst-kix_1-0 start'><li>a</li></ul><ul class='lst-kix_1-1 start'><li>b</li></ul><ol class='lst-kix_2-0 start' start='3'><li>c</li></ol>",
            "- a\n    - b\n\n3. c",
            "",
        ),
        ("<p>10<span class='up'>6</span> H<span style='vertical-align:sub'>2</span>O</p>", "10⁶ H₂O", ""),
        (
            "<p>A<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup></p><div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Check</span></p><p>with her</p></div>",
            "A",
            "a comment was left out: “Check with her”",
        ),
        # pictures that are loaded later, galleries, credits beside a caption
        (
            "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='https://example.org/a.jpg' alt='A'>",
            "![A](https://example.org/a.jpg)",
            "",
        ),
        ("<img srcset='https://example.org/a.jpg 1x, https://example.org/b.jpg 2x' alt='A'>", "![A](https://example.org/a.jpg)", ""),
        (
            "<figure><figure><img src='https://example.org/a.jpg' alt='A'></figure><figure><img src='https://example.org/b.jpg' alt='B'></figure><figcaption>Both</figcaption></figure>",
            "![A](https://example.org/a.jpg)\n\n![B](https://example.org/b.jpg)\n\nBoth",
            "",
        ),
        (
            "<figure><img src='https://example.org/a.jpg' alt='A'><figcaption>At sea.</figcaption><span>Photo: B</span></figure>",
            '![A](https://example.org/a.jpg "At sea. Photo: B")',
            "",
        ),
        # what is not printed, and what only screen readers read
        (
            "<h2>Why<span class='mw-editsection'>[edit]</span></h2><p>A<span class='sr-only'>secret</span></p><h2>How<span class='mw-editsection'>[edit]</span></h2>",
            "## Why\n\nA\n\n## How",
            "what is not printed was left out: “[edit]”",
        ),
        # notes, short forms, tables within tables
        ("<p>A<a href='#fn1'>1</a></p><ol><li id='fn1'>Note <a href='#r1'>↩︎</a></li></ol>", "A[^fn1]\n\n[^fn1]: Note", ""),
        ("<p><abbr title='North Sea'>NS</abbr></p>", "NS", "what “NS” is short for was left out: “North Sea”"),
        (
            "<table><tr><td>A<table><tr><td>x</td><td>y</td></tr></table></td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>",
            "| A x · y | B |\n|---|---|\n| C | D |",
            "a table within a cell stands there as words: “x y”",
        ),
    ],
)
def test_what_pages_have_is_read_or_told(inside, shown, told):
    body, all_told = page(inside, ".up{vertical-align:super}")
    assert body == shown
    assert all_told[:1] == ([told] if told else [])


def word(*paragraphs):
    document = docx.Document()
    for text, style, inner in paragraphs:
        paragraph = document.add_paragraph(text, style=style)
        if inner:
            paragraph._p.append(parse_xml(inner.replace("<w:", "<w:", 1).replace(" W", f" {nsdecls('w')}", 1)))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_what_was_deleted_within_an_insertion_is_told_as_deleted_and_a_table_of_contents_left_out():
    change = '<w:ins W w:id="4" w:author="A"><w:del w:id="5" w:author="B"><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:ins>'
    entry = '<w:pPr W><w:pStyle w:val="TOC1"/></w:pPr>'
    _, body, told = made("a.docx", word(("One\t1", None, entry), ("The boat ", None, change)))
    assert body.endswith("The boat kept")
    assert told[:2] == [
        "a change by A: inserted text stays, as if the change were accepted: “kept”",
        "a change by B: deleted text was left out: “gone”",
    ]
    assert "a table of contents was left out: “One1”" in told


SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("table", "table"),
            ("fo", "xsl-fo-compatible"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = (
    '<style:style style:name="Unseen"><style:text-properties text:display="none"/></style:style><style:style style:name="P2" style:parent-style-name="Unseen"/>'
    '<style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P3" style:parent-style-name="Subtitle"/>'
    '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" text:start-value="3"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
)
TEXT = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><dc:creator>Ed</dc:creator></text:insertion></text:changed-region></text:tracked-changes>'
    "<text:table-of-content><text:p>One 1</text:p></text:table-of-content>"
    '<text:p text:style-name="P1">Ferry</text:p><text:p text:style-name="P3">In doubt</text:p>'
    '<text:p>A <text:span text:style-name="Unseen">unseen</text:span><text:change-start text:change-id="c1"/>b <text:span text:style-name="T1">c</text:span><text:change-end text:change-id="c1"/></text:p>'
    '<text:p text:style-name="P2">hidden too</text:p><text:section text:display="none"><text:p>and this</text:p></text:section>'
    '<text:p><text:hidden-paragraph text:is-hidden="true"/>and that</text:p>'
    '<text:list text:style-name="L1"><text:list-item><text:p>n</text:p><text:list><text:list-item><text:p>in</text:p></text:list-item></text:list></text:list-item><text:list-item text:start-value="7"><text:p>m</text:p></text:list-item></text:list>'
    "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby></text:p>"
)
ABOUT = "<dc:title>From a template</dc:title><meta:initial-creator>Anna</meta:initial-creator><dc:creator>Bo</dc:creator><meta:keyword>sea</meta:keyword><meta:keyword>boat</meta:keyword><dc:subject>Subject</dc:subject>"


def open_document(*, is_flat):
    text = f"<office:body><office:text>{TEXT}</office:text></office:body>"
    pages = "<office:master-styles><style:master-page><style:header><text:p>Secret</text:p></style:header></style:master-page></office:master-styles>"
    styles = f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
    if is_flat:
        return f"<office:document {SPACES}><office:meta>{ABOUT}</office:meta>{styles}{pages}{text}</office:document>".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"<office:document-content {SPACES}>{text}</office:document-content>")
        package.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}{pages}</office:document-styles>")
        package.writestr("meta.xml", f"<office:document-meta {SPACES}><office:meta>{ABOUT}</office:meta></office:document-meta>")
    return stream.getvalue()


@pytest.mark.parametrize("name, is_flat", [("a.odt", False), ("a.fodt", True)])
def test_nothing_hidden_in_a_text_of_libreoffice_comes_in_and_its_changes_are_told(name, is_flat):
    head, body, told = made(name, open_document(is_flat=is_flat))
    for line in ('title: "Ferry"', 'summary: "In doubt"', 'authors: ["Anna"]', 'topics: ["sea", "boat"]'):
        assert f"{line}\n" in head
    assert body == "A b ~~c~~\n\n3. n\n   - in\n7. m\n\n漢（かん）"
    assert told == [
        "the header of its pages was left out: “Secret”",
        "a table of contents or an index was left out: “One 1”",
        "hidden text was left out: “unseen”",
        "hidden text was left out: “hidden too”",
        "hidden text was left out: “and this”",
        "hidden text was left out: “and that”",
        "a change by Ed: inserted text stays, as if the change were accepted: “b c”",
        "the properties of the document: its subject was left out: “Subject”",
    ]
