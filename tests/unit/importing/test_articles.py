"""Articles as drafts: what a reader of the original sees is in the text, what only its authors see is told and never in it."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from builder import cli
from builder.importing import ExistingRecords, ImportInput, ImportOptions, ImportProblem, find, layout, unpacking
from builder.importing.html_words import read_html as read_words
from builder.importing.importer_types import File

PNG = "iVBORw0KGgo="


def made(name, data, reader, beside=None):
    given = ImportInput(name, (File(name, data.encode() if isinstance(data, str) else data),), beside=(beside or {}).get)
    found = find(given)
    assert found is not None
    assert found.name == reader
    laid = layout(found.read(given, ImportOptions(today="2026-01-02")), ExistingRecords(), ImportOptions(today="2026-01-02"))
    return {path.removeprefix("content/"): data for path, data in laid.files.items()}, [str(note) for note in laid.import_notes]


def body(html):
    files, told = made("a.html", f"<html><body>{html}</body></html>", "html")
    text = next(data for name, data in files.items() if name.endswith(".md")).decode()
    return text.split("---\n", 2)[2].strip(), told


SAVED = """<!DOCTYPE html><html lang="en-GB"><head><title>Ferry in doubt | Gazette</title><link rel="canonical" href="https://example.org/ferry">
<meta property="og:title" content="Ferry in doubt"><meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2024-03-08T10:00:00Z"><meta name="author" content="A. Clerk"><meta name="description" content="A boat.">
</head><body><nav>Home</nav><header>Site head</header><article><header><h1>Ferry in doubt</h1></header>
<p>The <b>boat</b> sails at <a href="/times">five</a>.</p><h2>Why</h2><figure><img src="saved_files/boat.png" alt="The boat"><figcaption>A caption</figcaption></figure>
<!-- ring the lawyer --><script>x()</script></article><footer>Foot</footer></body></html>"""


def test_a_saved_article_is_a_draft_a_source_and_its_text():
    files, told = made("saved.html", SAVED, "html", beside={"saved_files/boat.png": b"PNG"})
    assert sorted(files) == [
        "explainers/ferry-in-doubt/boat.png",
        "explainers/ferry-in-doubt/index.md",
        "sources/ferry-in-doubt.md",
        "sources/ferry-in-doubt.txt",
    ]
    assert files["sources/ferry-in-doubt.md"].decode() == (
        '---\ntitle: "Ferry in doubt"\npublisher: "Harbour Gazette"\nauthors: ["A. Clerk"]\nurl: "https://example.org/ferry"\npublished: "2024-03-08"\nlang: "en-GB"\n---\n'
    )
    assert files["sources/ferry-in-doubt.txt"].decode() == "The boat sails at five.\n\nWhy\n\nThe boat A caption\n"
    assert files["explainers/ferry-in-doubt/index.md"].decode() == (
        '---\ntitle: "Ferry in doubt"\nsummary: "A boat."\nlang: "en-GB"\npublished: "2024-03-08"\nsources: [ferry-in-doubt]\nstatus: draft                     # delete this line to publish\n---\n'
        'The **boat** sails at [five](https://example.org/times).\n\n## Why\n\n![The boat](boat.png "A caption")\n'
    )
    assert told == ["a comment was left out: “ring the lawyer”", "what stands around the article was left out: “Home Site head Foot”"]


GOOGLE = """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c1{font-weight:700}.c2{font-style:italic}</style></head>
<body class="c9"><p class="c0 title"><span>My doc</span></p><p><span class="c1">Bold</span><span> and </span><span class="c2">slanted</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span>
see </span><span><a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D&amp;source=editors">it</a></span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<h1 id="h.1"><span>Head</span></h1><hr class="c8"><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A note.</span></p></div>
<div class="c7"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>ring the lawyer</span></p></div></body></html>"""


def test_a_google_document_has_its_notes_and_links_and_none_of_its_comments():
    files, told = made("gdoc.html", GOOGLE, "html")
    assert files == {
        "explainers/my-doc.md": b'---\ntitle: "My doc"\nstatus: draft                     # delete this line to publish\n---\n'
        b"**Bold** and *slanted*[^ftnt1] see [it](https://example.org/a)\n\n## Head\n\n---\n\n[^ftnt1]: A note.\n"
    }
    assert told == ["a comment was left out: “ring the lawyer”"]


@pytest.mark.parametrize(
    "html, shown, told",
    [
        ("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>", "- one\n  - two\n- three", ""),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two", ""),
        ("<table><tr><th>a</th><th>b|c</th></tr><tr><td>d</td><td>e</td></tr></table>", "| a | b\\|c |\n|---|---|\n| d | e |", ""),
        (
            "<table><tr><td colspan=2>d</td></tr><tr><td>a</td><td>b</td></tr></table>",
            "| d |  |\n|---|---|\n| a | b |",
            "a cell over several columns",
        ),
        ("<blockquote><p>Said.</p><p>Twice.</p></blockquote>", "> Said.\n>\n> Twice.", ""),
        (
            "<p># no heading</p><p>- no list</p><p>2. nor this</p><p>*x* [y] `z` a_b _c</p>",
            "\\# no heading\n\n\\- no list\n\n2\\. nor this\n\n\\*x\\* \\[y\\] \\`z\\` a_b \\_c",
            "",
        ),
        ("<p>a<br>b</p>", "a\\\nb", ""),
        ("<pre>x\n y</pre>", "```\nx\n y\n```", ""),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n: D", ""),
        ("<h3>H</h3><p>x</p>", "### H\n\nx", ""),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc", ""),
        ("<p>a <b> b </b>c <i></i></p>", "a **b** c", ""),
        ('<p><a href="javascript:x()">w</a> x</p>', "w x", "the link to “javascript:x()” was left out"),
        ('<p><a href="#x">w</a> x</p>', "w x", "links within the page were left out"),
        ('<p>x <img src="gone.png" alt="A boat"></p>', "x A boat", "the picture “gone.png” was not found"),
        (f'<p><img src="data:image/png;base64,{PNG}" alt="A boat"></p>', "![A boat](picture-1.png)", ""),
        ('<p>a</p><iframe src="https://example.org/f"></iframe>', "a\n\n[media](https://example.org/f)", "<iframe> is a link now"),
        ("<p>a</p><form>Sign up</form>", "a", "<form> was left out: “Sign up”"),
        ("<p>50%% of &amp;amp; {x} a==b %%c</p>", "50\\%\\% of \\&amp; \\{x} a\\==b \\%\\%c".replace("{x}", "{x\\}"), ""),
        (
            '<p>A<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1"><p>The <i>note</i>. <a href="#fnref1">↑</a></p></li></ol>',
            "A[^fn1]\n\n[^fn1]: The *note*.",
            "",
        ),
    ],
)
def test_each_element_becomes_markdown_or_is_told(html, shown, told):
    text, all_told = body(html)
    assert text == shown
    assert all_told[0].startswith(told) if told else not all_told


def test_elements_within_one_another_end_in_bounded_depth():
    text, told = body("<div>" * 3000 + "words" + "</div>" * 3000)
    assert text == "words"
    assert "deeper than anybody writes" in told[0]


# --- Word ------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def run(text, style=""):
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


DOCUMENT = (
    f"<w:document {W}><w:body>"
    f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Why")}</w:p>'
    f'<w:p>{run("The boat ")}{run("sails", "<w:b/>")}<w:del w:author="B. Ray"><w:r><w:delText> tomorrow</w:delText></w:r></w:del><w:ins w:author="B. Ray">{run(" today")}</w:ins>'
    f'<w:commentRangeStart w:id="0"/>{run(", see ")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:hyperlink r:id="rId9">{run("it")}</w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{run('c')}</w:p></w:tc><w:tc><w:p>{run('d')}</w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>"
)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId9" Type="{R}/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
    f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{R}/footnotes" Target="footnotes.xml"/><Relationship Id="rId3" Type="{R}/comments" Target="comments.xml"/></Relationships>',
    "word/document.xml": DOCUMENT,
    "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("A note.")}</w:p></w:footnote></w:footnotes>',
    "word/comments.xml": f'<w:comments {W}><w:comment w:id="0" w:author="A. Clerk"><w:p>{run("ring the lawyer")}</w:p></w:comment></w:comments>',
    "word/header1.xml": f"<w:hdr {W}><w:p>{run('Draft 3')}</w:p></w:hdr>",
    "word/vbaProject.bin": "x",
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:title>The ferry</dc:title><dc:creator>A. Clerk</dc:creator><cp:keywords>ferry; council</cp:keywords></cp:coreProperties>',
}


def test_the_title_summary_and_date_of_a_document_are_those_of_their_styles():
    document = docx.Document()
    document.core_properties.comments = "made by a program"
    document.add_heading("The pool closes", 0)
    document.add_paragraph("Cracks in the boiler", style="Subtitle")
    byline = document.styles.add_style("Byline", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Ann Lee · 8 March 2024", style=byline)
    document.add_heading("Why", 1)
    document.add_paragraph("It leaks.")
    stream = io.BytesIO()
    document.save(stream)
    files, told = made("draft.docx", stream.getvalue(), "docx")
    text = files["explainers/the-pool-closes.md"].decode()
    assert text.endswith("---\n## Why\n\nIt leaks.\n")
    for line in ('title: "The pool closes"', 'summary: "Cracks in the boiler"', "2024-03-08"):
        assert line in text
    assert [message for message in told if "made by a program" in message and "left out" in message]


def test_a_document_of_word_has_its_text_and_none_of_its_remarks():
    files, told = made("draft.docx", packed(WORD), "docx")
    assert files["explainers/the-ferry.md"].decode() == (
        '---\ntitle: "The ferry"\nauthors: ["A. Clerk"]\ntopics: ["ferry", "council"]\nstatus: draft                     # delete this line to publish\n---\n'
        "## Why\n\nThe boat **sails** today, see [it](https://example.org/a)[^footnote-2]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^footnote-2]: A note.\n"
    )
    assert told == [
        "a comment by A. Clerk: it was left out: “ring the lawyer”",
        "a change by B. Ray: deleted text was left out: “tomorrow”",
        "a change by B. Ray: inserted text stays, as if the change were accepted: “today”",
        "the header of its pages was left out: “Draft 3”",
        "its macros were left out, and not run",
    ]


@pytest.mark.parametrize(
    "inner, kept, words",
    [
        (run("a") + run("secret", "<w:vanish/>"), "a\n", "hidden text was left out: “secret”"),
        (run("a") + run("shown", '<w:vanish w:val="0"/>'), "ashown\n", ""),
        (run("a") + run("secret", '<w:rStyle w:val="H"/>'), "a\n", "hidden text was left out: “secret”"),
        (
            f'{run("a")}<w:moveFrom w:author="B">{run("old")}</w:moveFrom>',
            "a\n",
            "a change by B: text that was moved was left out at its old place: “old”",
        ),
        (
            f'{run("a")}<w:moveTo w:author="B">{run(" new")}</w:moveTo>',
            "a new\n",
            "a change by B: text that was moved stays at its new place: “new”",
        ),
    ],
)
def test_what_word_hides_or_has_moved_away_is_told(inner, kept, words):
    main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    hides = f'<w:styles {main}><w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    parts = {name: WORD[name] for name in ("[Content_Types].xml", "_rels/.rels")}
    parts |= {"word/document.xml": f"<w:document {main}><w:body><w:p>{inner}</w:p></w:body></w:document>", "word/styles.xml": hides}
    files, told = made("draft.docx", packed(parts), "docx")
    assert files["explainers/draft.md"].decode().split("---\n", 2)[2] == kept
    assert [message for message in told if "text" in message] == ([words] if words else [])


@pytest.mark.parametrize(
    "html, kept, words",
    [
        ("<p>a <del>secret</del> b</p>", "a b", "deleted text was left out: “secret”"),
        ("<p>a <s>old</s> b</p>", "a ~~old~~ b", ""),
        ("<p>a</p><div hidden><p>secret</p></div>", "a", "hidden text was left out: “secret”"),
        ('<p>a <span style="color: red; DISPLAY : none">secret</span></p>', "a", "hidden text was left out: “secret”"),
        ('<style>.x {visibility: hidden}</style><p>a</p><p class="y x">secret</p>', "a", "hidden text was left out: “secret”"),
        ("<p>a</p><pre>b<del>secret</del></pre>", "a\n\n```\nb\n```", "deleted text was left out: “secret”"),
    ],
)
def test_what_a_page_does_not_show_is_told(html, kept, words):
    text, told = body(html)
    assert (text, [message for message in told if "text" in message]) == (kept, [words] if words else [])


# --- LibreOffice ------------------------------------------------

ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<office:automatic-styles><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:text>'
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>tomorrow</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:h text:outline-level="2">Why</text:h><text:p>The boat <text:span text:style-name="T1">sails</text:span>, see <text:a xlink:href="https://example.org/a">it</text:a>'
    "<office:annotation><dc:creator>A. Clerk</dc:creator><text:p>ring the lawyer</text:p></office:annotation>"
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>"
    "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>The boat</svg:desc></draw:frame></text:p>'
    "</office:text></office:body></office:document-content>"
)


def test_a_text_of_libreoffice_has_its_text_and_none_of_its_remarks():
    meta = '<office:document-meta xmlns:dc="x"><dc:title>The ferry</dc:title></office:document-meta>'
    files, told = made("draft.odt", packed({"content.xml": ODT, "meta.xml": meta, "Pictures/1.png": b"PNG"}), "odt")
    assert files["explainers/the-ferry/picture-1.png"] == b"PNG"
    assert files["explainers/the-ferry/index.md"].decode().split("---\n", 2)[2] == (
        "## Why\n\nThe boat **sails**, see [it](https://example.org/a)[^fn1]\n\n- one\n\n![The boat](picture-1.png)\n\n[^fn1]: A note.\n"
    )
    assert told == [
        "a change by nobody: deleted text was left out: “tomorrow”",
        "a comment by A. Clerk: it was left out: “ring the lawyer”",
    ]


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.docx", b"no package", "damaged"),
        ("a.docx", packed({"a": "b"}), "no document of Word"),
        ("a.docx", packed({**WORD, "word/document.xml": "<!DOCTYPE x [<!ENTITY e 'x'>]>" + DOCUMENT}), "declares entities"),
        ("a.docx", packed({**WORD, "word/document.xml": "<w:document"}), "damaged"),
        ("a.odt", packed({"content.xml": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"}), "declares entities"),
        ("a.odt", packed({"content.xml": "<x>"}), "damaged"),
        ("a.odt", packed({"content.xml": "<x/>"}), "no text of LibreOffice"),
        ("a.html", b"<html></html>", "no text"),
    ],
)
def test_what_is_hostile_or_broken_ends_in_a_message(name, data, said):
    with pytest.raises(ImportProblem, match=said):
        made(name, data, name[2:])


def test_a_document_that_unpacks_to_far_more_is_not_read(monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_PART_BYTES", 100)
    with pytest.raises(ImportProblem, match="unpacks to far more"):
        made("a.docx", packed(WORD), "docx")


def test_articles_come_in_and_the_site_builds(tmp_path):
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "saved_files").mkdir()
    (tmp_path / "saved_files/boat.png").write_bytes(b"PNG")
    for name, data in (("saved.html", SAVED.encode()), ("gdoc.html", GOOGLE.encode()), ("draft.docx", packed(WORD))):
        (tmp_path / name).write_bytes(data)
    assert (
        cli.main(["import", *(str(tmp_path / name) for name in ("saved.html", "gdoc.html", "draft.docx")), "--root", str(root)]) == cli.FINE
    )
    assert cli.main(["build", "--drafts", "--root", str(root), "--jobs", "1"]) == cli.FINE
    assert not list((root / "site/sources").rglob("*.txt"))


def test_figures_that_are_raised_or_lowered_stay_so():
    text, told = body("<p>10<sup>6</sup> H<sub>2</sub>O, the 5<sup>th</sup></p>")
    assert (text, told) == ("10⁶ H₂O, the 5th", [])


def test_lists_keep_their_numbers():
    assert body("<ol start=5><li>five</li><li value=9>nine</li><li>ten</li></ol>")[0] == "5. five\n9. nine\n10. ten"
    text, told = body("<ol type=a><li>alpha</li></ol>")
    assert text == "1. alpha"
    assert any("counts with letters" in message and "alpha" in message for message in told)


def test_a_comment_in_html_of_a_timeline_is_told():
    told = []
    assert read_words("<p>Words<!-- ring her --> stay</p>", told.append).words == "Words stay"
    assert told == ["a comment was left out: “ring her”"]


def test_lists_and_raised_figures_of_libreoffice_stay_so():
    styles = (
        '<style:style style:name="S1"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style></office:automatic-styles>'
    )
    words = (
        '<text:p>10<text:span text:style-name="S1">6</text:span> boats</text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>'
    )
    content = ODT.replace("</office:automatic-styles>", styles).replace("</office:text>", f"{words}</office:text>")
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
    files, _ = made("a.odt", package.getvalue(), "odt")
    text = next(data for name, data in files.items() if name.endswith(".md")).decode()
    assert "10⁶ boats\n\n1. one\n2. two\n" in text


def test_the_name_of_the_site_behind_a_title_is_told_and_left_out():
    page = (
        '<html><head><title>Ferry in doubt – Gazette</title><link rel="canonical" href="https://example.org/a"></head>'
        "<body><article><h1>Ferry in doubt</h1><p>The boat_1 and _this_ sail.</p></article></body></html>"
    )
    files, told = made("a.html", page, "html")
    assert b'title: "Ferry in doubt"' in files["explainers/ferry-in-doubt.md"]
    assert b"## Ferry" not in files["explainers/ferry-in-doubt.md"]
    assert files["sources/ferry-in-doubt.txt"] == b"The boat_1 and _this_ sail.\n"
    assert "is called “Ferry in doubt”, as its heading is, and not “Ferry in doubt – Gazette”" in " ".join(told)


def test_a_cell_over_several_rows_keeps_the_columns_behind_it():
    rows = '<tr><th rowspan=3>Year</th><th colspan=2>Votes</th></tr><tr><td>12</td><td rowspan="2">for</td></tr><tr><td>13</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>'
    made, _ = body(f"<article><table>{rows}</table></article>")
    assert made == "| Year | Votes |  |\n|---|---|---|\n|  | 12 | for |\n|  | 13 |  |\n| a | b | c |"


@pytest.mark.parametrize(
    "html, text",
    [
        ("<h1>T</h1><h2>A</h2><h3>B</h3>", "## A\n\n### B"),
        ("<h1>T</h1><p>x</p><h1>A</h1><h2>B</h2>", "x\n\n## A\n\n### B"),
        ('<p class="title">T</p><h1>A</h1><h2>B</h2><h6>C</h6>', "## A\n\n### B\n\n###### C"),
    ],
)
def test_headings_keep_their_levels_below_the_title(html, text):
    assert body(f"<article>{html}</article>") == (text, [])


STYLED = """List Bullet: One
List Bullet 2: Two
List Continue 2: More of two
List Bullet: Three
Quote: Said
Intense Quote: Said loudly
List Number: First
List Number 2: Within"""


def test_styles_of_word_are_lists_and_quotations():
    document = docx.Document()
    for line in STYLED.splitlines():
        style, _, words = line.partition(": ")
        document.add_paragraph(words, style=style)
    stream = io.BytesIO()
    document.save(stream)
    given = ImportInput("a.docx", (File("a.docx", stream.getvalue()),))
    (article,) = find(given).read(given, ImportOptions()).articles
    assert article.body == ("- One\n  - Two\n\n    More of two\n- Three\n\n> Said\n>\n> Said loudly\n\n1. First\n   1. Within\n")


def test_lists_of_google_docs_that_stand_behind_one_another_are_one():
    lists = "".join(
        f'<{tag} class="lst-kix_ab-{level} start" start="{start}"><li>{words}</li></{tag}>'
        for tag, level, start, words in (("ol", 0, 1, "One"), ("ul", 1, 1, "Within"), ("ul", 2, 1, "Deep"), ("ol", 0, 2, "Two"))
    )
    assert body(f"<p>Text</p>{lists}<p>End</p>")[0] == "Text\n\n1. One\n    - Within\n        - Deep\n2. Two\n\nEnd"


def test_what_stands_around_an_article_is_told():
    _, told = body("<header>Home <script>x()</script></header><div><p>Before</p><article><p>Words.</p></article></div><footer>End</footer>")
    assert told == ["what stands around the article was left out: “Home Before End”"]


def test_a_formula_of_word_is_told():
    document = docx.Document()
    document.add_paragraph("Words")._p.append(
        docx.oxml.parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x = 1</m:t></m:r></m:oMath>'
        )
    )
    stream = io.BytesIO()
    document.save(stream)
    given = ImportInput("a.docx", (File("a.docx", stream.getvalue()),))
    told = [str(note) for note in find(given).read(given, ImportOptions()).import_notes]
    assert "a formula was left out: “x = 1”" in told
    assert not any("unrecognised" in message for message in told)


def test_merged_cells_and_quotations_of_libreoffice_stay():
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style"))
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    rows = (
        cell(' table:number-rows-spanned="2"', "Year") + cell("", "For"),
        "<table:covered-table-cell/>" + cell("", "Against"),
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    styles = '<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Quotations"/></office:automatic-styles>'
    text = f'<office:document {names}>{styles}<office:body><office:text><text:p text:style-name="P1">Said</text:p><table:table>{table}</table:table></office:text></office:body></office:document>'
    given = ImportInput("a.fodt", (File("a.fodt", text.encode()),))
    made = find(given).read(given, ImportOptions())
    assert made.articles[0].body == "> Said\n\n| Year | For |\n|---|---|\n|  | Against |\n"
    assert [str(note) for note in made.import_notes] == ["a cell over several rows stands in the first of them: “Year”"]


def test_what_stands_among_words_and_is_left_out_is_told():
    page = "<html><body><article><h1>T</h1><p>Before <button>Press me</button> <svg><text>A chart</text></svg> behind.</p><svg><path/></svg></article></body></html>"
    given = ImportInput("a.html", (File("a.html", page.encode()),))
    told = [str(note) for note in find(given).read(given, ImportOptions()).import_notes]
    assert "<button> was left out: “Press me”" in told
    assert "<svg> was left out: “A chart”" in told
    assert "<svg> was left out, which has no words" in told


def test_a_download_of_google_docs_comes_in_with_its_pictures(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: Site\n")
    archive = tmp_path / "Draft.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(
            "Draft.html", '<body class="doc-content"><p class="title">Draft</p><p>Text <img src="images/a.png" alt="A"></p></body>'
        )
        package.writestr("images/a.png", b"\x89PNG\r\n\x1a\n")
        package.writestr("../../outside.html", "<p>Nothing</p>")
    assert cli.main(["import", str(archive), "--root", str(tmp_path)]) == cli.FINE
    assert sorted(path.name for path in (tmp_path / "content/explainers/draft").iterdir()) == ["a.png", "index.md"]
    (tmp_path / "broken.zip").write_bytes(archive.read_bytes()[:200])
    assert cli.main(["import", str(tmp_path / "broken.zip"), "--root", str(tmp_path)]) == cli.PROBLEMS
    assert "could not be read: it is damaged" in capsys.readouterr().err


def test_an_archive_with_a_document_in_it_is_no_document(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        package.writestr("note.md", "# Note\n\nWords.\n")
        package.writestr("draft.docx", packed(WORD))
    assert cli.main(["import", str(tmp_path / "all.zip"), "--root", str(tmp_path)]) == cli.FINE
    assert "draft.docx: it was left out, since it is no Markdown" in capsys.readouterr().out
