"""Workbooks as spreadsheet programs save them: what they hide, count and fail to compute is read or told."""

import io
import zipfile

import pytest

from builder.importing import ImportInput, ImportOptions, ImportProblem, find
from builder.importing.importer_types import File
from builder.importing.tables.cited_works import cited_works
from builder.importing.times_of_day import parse_time
from builder.importing.written_dates import read_date

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(*sheets, properties="", states=(), strings=()):
    """Return a workbook as LibreOffice writes it: each sheet is the inside of its XML; style 1 is a day, 2 a day with its time."""
    numbered = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" state="{state}" r:id="r{n}"/>'
        for n, state in zip(numbered, [*states, *["visible"] * len(sheets)], strict=False)
    )
    related = "".join(f'<Relationship Id="r{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbered)
    kinds = "".join(f'<xf numFmtId="{kind}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for kind in (0, 14, 22))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="w" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="t" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="s" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{kinds}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(f'<si>{string}</si>' for string in strings)}</sst>",
        **{f"xl/worksheets/sheet{n}.xml": f"<worksheet {MAIN}>{inside}</worksheet>" for n, inside in zip(numbered, sheets, strict=True)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def made(data, name="book.xlsx", **wishes):
    given = ImportInput(name, (File(name, data),))
    return find(given).read(given, ImportOptions(today="2026-01-02", **wishes))


def events(found):
    return [record.fields for record in found.records if record.kind == "event"]


def told(found):
    return [str(note) for note in found.import_notes]


def text(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


HEAD = f'<row r="1" hidden="false">{text("A1", "Date")}{text("B1", "Event")}{text("C1", "Place")}</row>'
STRINGS = ("<r><rPr><b/></rPr><t xml:space='preserve'>The </t></r><r><t>vote</t></r>", "<t>Hall</t><rPh sb='0' eb='1'><t>ホール</t></rPh>")
ROWS = (
    '<cols><col min="1" max="2" hidden="false" width="9"/><col min="3" max="3" hidden="true" width="9"/></cols><sheetData>'
    + HEAD
    + '<row r="2" hidden="false"><c r="A2" s="1"><v>{day}</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>'
    + '<row r="3" hidden="true"><c r="A3" s="2"><v>{time}</v></c>'
    + text("B3", "Recount")
    + "</row>"
    + '<row r="4" hidden="true"><c r="A4"><f>DATE(2024,3,9)</f><v>{bare}</v></c><c r="B4" t="str"><f aca="false">A2&amp;""</f><v>From a formula</v></c></row>'
    + '<row r="6"><c r="A6" s="1" t="e"><f>NA()</f><v>#N/A</v></c>'
    + text("B6", "Failed")
    + text("C6", "#REF!")
    + "</row></sheetData>"
)


@pytest.mark.parametrize(
    "properties, first, year",
    [("", 0, "1900"), ('date1904="false"', 0, "1900"), ('date1904="1"', 1462, "1904"), ('date1904="true"', 1462, "1904")],
)
def test_days_count_from_the_year_that_a_workbook_says_and_what_it_hides_is_told(properties, first, year):
    data = workbook(
        ROWS.format(day=45359 - first, time=45360.7291666667 - first, bare=45360 - first), properties=properties, strings=STRINGS
    )
    found = made(data)
    assert events(found) == [
        {"title": "The vote", "when": "2024-03-08", "place": "Hall"},
        {"title": "Recount", "when": "2024-03-09T17:30"},
        {"title": "From a formula", "when": "2024-03-09"},
        {"title": "Failed"},
    ]
    lines = told(found)
    assert f"it is read as the day that spreadsheets count from {year}" in lines.pop(4)
    assert lines == [
        "cell A6: the error “#N/A” was left out",
        "the whole file: rows 3–4 are hidden in it, and came in all the same",
        "the whole file: column C is hidden in it, and came in all the same",
        "row 6: the error “#REF!” was left out",
        "row 6: it has no date",
    ]


def test_a_hidden_sheet_comes_in_only_if_it_is_asked_for():
    rows = f"<sheetData>{HEAD}<row r='2'>{text('A2', '2024')}{text('B2', '{}')}</row></sheetData>"
    data = workbook(rows.format("Hidden"), rows.format("Shown"), states=("veryHidden",))
    assert [event["title"] for event in events(made(data))] == ["Shown"]
    assert told(made(data)) == [
        "sheet “S1”: it is hidden, and was left out, with 2 rows, the first “Date · Event · Place”; --sheet takes it"
    ]
    assert [event["title"] for event in events(made(data, sheet="S1"))] == ["Hidden"]
    with pytest.raises(ImportProblem, match="not hidden; --sheet"):
        made(workbook(rows.format("A"), states=("hidden",)))


def test_what_an_open_document_hides_is_told_and_errors_are_no_words():
    def row(*cells, said=""):
        inner = "".join(f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row {said}>{inner}</table:table-row>"

    rows = row("Date", "Event", "Place") + row("2024", "Fair", "Err:502") + row("2025", "Sale", "Hall", said='table:visibility="filter"')
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        inside = f'<table:table table:name="S">{columns}{rows}</table:table>'
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body></office:document-content>",
        )
    found = made(stream.getvalue(), "t.ods")
    assert [event.get("place") for event in events(found)] == [None, "Hall"]
    assert told(found) == [
        "the whole file: row 3 is hidden in it, and came in all the same",
        "the whole file: column C is hidden in it, and came in all the same",
        "row 2: the error “Err:502” was left out",
    ]


SHEET = ["Year", "Month", "Day", "Time", "Headline"]


@pytest.mark.parametrize(
    "cells, when",
    [
        (["2023", "May", "7", "5:30 PM"], "2023-05-07T17:30"),
        (["2023", "Sept.", "", ""], "2023-09"),
        (["2022-05-06", "", "", ""], "2022-05-06"),
        (["March 8, 2024", "", "", ""], "2024-03-08"),
        (["2023", "spring", "", ""], "2023"),
        (["c. 1850", "", "", ""], "1850~"),
    ],
)
def test_months_in_words_and_whole_dates_in_a_sheet_of_timelinejs_are_read(cells, when):
    rows = [SHEET, [*cells, "A"]]
    inside = "".join(
        f'<row r="{r}">{"".join(text(f"{letter}{r}", cell) for letter, cell in zip("ABCDE", row, strict=True))}</row>'
        for r, row in enumerate(rows, 1)
    )
    assert events(made(workbook(f"<sheetData>{inside}</sheetData>")))[0]["when"] == when


def test_a_table_says_itself_how_its_cells_are_parted():
    found = made(b"sep=;\r\nDate;Event\r\n2024;One, two, three\r\n2025;Four, five, six\r\n", "t.csv")
    assert [event["title"] for event in events(found)] == ["One, two, three", "Four, five, six"]
    assert told(found) == []


def test_when_a_form_was_sent_is_no_date_of_what_it_tells():
    found = made(b"Timestamp,What happened?,When did it happen?,Where?\n3/15/2024 9:12:33,Vote,2024-03-08,Hall\n", "t.csv")
    assert events(found) == [{"title": "Vote", "when": "2024-03-08", "place": "Hall"}]
    assert "the column “Timestamp” was left out" in told(found)[0]
    assert events(made(b"Timestamp,Event\n2024-03-15,Vote\n", "t.csv"))[0]["when"] == "2024-03-15"


def test_from_and_to_are_dates_only_where_no_other_column_is_one():
    found = made(b"From,To,Date,Title\nAnn,Bo,2024-03-08,A letter\n", "t.csv")
    assert events(found) == [{"title": "A letter", "when": "2024-03-08"}]
    assert sum("the column “" in message for message in told(found)) == 2
    assert events(made(b"From,To,Title\n2011,2015,Mayor\n", "t.csv"))[0]["when"] == "2011/2015"


@pytest.mark.parametrize(
    "rows, at, said",
    [
        (["lat,lng", "54.1,7.9"], ["54.1", "7.9"], ""),
        (["Latitude;Longitude", "54,1;-7,9"], ["54.1", "-7.9"], ""),
        (["lat,note", "54.1,"], [], "since the other of latitude and longitude is missing: “54.1”"),
        (["lat;lng;coordinates", "54.1;7.9;1.5, 2.5"], ["1.5", "2.5"], "since “coordinates” say it too"),
    ],
)
def test_latitude_and_longitude_may_stand_in_a_column_each(rows, at, said):
    sign = ";" if ";" in rows[0] else ","
    data = f"date{sign}event{sign}{rows[0]}\n2024{sign}Vote{sign}{rows[1]}\n".encode()
    found = made(data, "t.csv")
    assert [number.key for number in events(found)[0].get("coordinates", [])] == at
    assert said in " ".join(told(found))


def test_addresses_without_their_scheme_are_taken_and_told():
    found = made(b"title,publisher,url\nA,G,example.org/2\nB,G,www.example.org\nC,G,report.pdf\n", "t.csv", kind="sources")
    assert [record.fields.get("url") for record in found.records] == ["https://example.org/2", "https://www.example.org", None]
    assert told(found)[0] == "row 2: “url”: “example.org/2” is taken as https://example.org/2"
    assert "“report.pdf”" in told(found)[-1]


def test_a_table_without_names_of_columns_is_said_to_have_none():
    with pytest.raises(ImportProblem, match="its first row has a date, where the names of the columns should stand"):
        made(b"2024-03-08,Vote,Gazette\n2024-03-09,Sale,Gazette\n", "t.csv")


@pytest.mark.parametrize(
    "cell, works",
    [
        ("Gazette (print)", [("Gazette (print)", "")]),
        ("Gazette (print) https://example.org/x.", [("Gazette (print)", "https://example.org/x")]),
        ("[Gazette](https://example.org/3)", [("Gazette", "https://example.org/3")]),
        (
            "Gazette (https://example.org/1), Chronicle: https://example.org/2",
            [("Gazette", "https://example.org/1"), ("Chronicle", "https://example.org/2")],
        ),
        (
            "https://example.org/1 (Gazette), https://example.org/2 (Chronicle)",
            [("Gazette", "https://example.org/1"), ("Chronicle", "https://example.org/2")],
        ),
        (
            "https://example.org/a,b and https://example.org/wiki/C_(d)",
            [("", "https://example.org/a,b"), ("", "https://example.org/wiki/C_(d)")],
        ),
        ("A https://example.org/1 B https://example.org/2 C", [("A", "https://example.org/1"), ("B", "https://example.org/2"), ("C", "")]),
        ("see [8][9]", [("see [8][9]", "")]),
        ("()", []),
        ("((A (b)", [("A (b)", "")]),
    ],
)
def test_sources_in_a_cell_have_their_own_words_and_addresses(cell, works):
    assert cited_works(cell) == works


@pytest.mark.parametrize(
    "text, time",
    [
        ("17.30 Uhr", "17:30"),
        ("19 Uhr", "19:00"),
        ("9.15 h", "09:15"),
        ("kl. 9", "09:00"),
        ("ore 17.30", "17:30"),
        ("um 8", "08:00"),
        ("9", ""),
        ("25 Uhr", ""),
        ("h", ""),
    ],
)
def test_a_time_may_say_that_it_is_one(text, time):
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("令和6年3月9日", "2024-03-09"),
        ("平成元年", "1989"),
        ("2024/3/10(日)", "2024-03-10"),
        ("2024/3/10(月)", ""),
        ("8 marzo 2024, ore 17.30", "2024-03-08T17:30"),
        ("20240308", "2024-03-08"),
        ("20241399", ""),
    ],
)
def test_dates_of_more_places_are_read(text, edtf):
    assert read_date(text).edtf == edtf


def test_a_space_before_a_quotation_mark_is_no_part_of_a_cell():
    found = made('\ufeff"Date" , "Event" ,"Source"\n 2024-03-08 , "Vote, twice" ,  G  \n'.encode(), "t.csv")
    assert events(found)[0]["title"] == "Vote, twice"
