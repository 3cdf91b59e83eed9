"""Tables as content: each cell is in what is made of it, or told with its row."""

import io
import sys
import zipfile

import pytest

from builder import cli
from builder.importing import ExistingRecords, ImportInput, ImportOptions, ImportProblem, LayoutOptions, Question, find, layout, unpacking
from builder.importing.importer_types import File
from builder.importing.tables.spreadsheet_rows import empty_formulas, omitted_parts
from builder.importing.written_dates import column_order, is_ambiguous, read_date as dated


def given(data, name="chronology.csv"):
    return ImportInput(name, (File(name, data.encode() if isinstance(data, str) else data),))


def made(data, name="chronology.csv", **wishes):
    table = given(data, name)
    return find(table).read(table, ImportOptions(**{"today": "2026-01-02"} | wishes))


def texts(found, known=None, **more):
    laid = layout(found, known or ExistingRecords(), ImportOptions(today="2026-01-02"), LayoutOptions(name="chronology", **more))
    return {path: data.decode() for path, data in laid.files.items()}, [str(one) for one in laid.import_notes]


def of(found, kind):
    return [record.fields for record in found.records if record.kind == kind]


# --- dates ------------------------------------------------


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("2024-03-08", "2024-03-08"),
        ("5 May 1789", "1789-05-05"),
        ("May 5, 1789", "1789-05-05"),
        ("Friday, March 8, 2024", "2024-03-08"),
        ("8. März 2024", "2024-03-08"),
        ("7 décembre 1941", "1941-12-07"),
        ("7 декабря 1941 г.", "1941-12-07"),
        ("2017年2月1日", "2017-02-01"),
        ("2017/2/1", "2017-02-01"),
        ("3.4.2021", "2021-04-03"),
        ("13/04/2021", "2021-04-13"),
        ("c. 1850", "1850~"),
        # a weekday beside figures, where it is the right one
        ("2025-10-17 (Friday)", "2025-10-17"),
        ("17.10.2025 (Fr.), 17:30", "2025-10-17T17:30"),
        ("Fr., 17.10.2025", "2025-10-17"),
        ("2025-10-15 (Friday)", ""),
        # open ends
        ("2010–present", "2010/.."),
        ("since 2010", "2010/.."),
        ("–2010", "../2010"),
        # other scripts and eras
        ("17 жовтня 2025 року", "2025-10-17"),
        ("17 באוקטובר 2025", "2025-10-17"),
        ("17 अक्टूबर 2025", "2025-10-17"),
        ("17 มกราคม 2565", "2022-01-17"),
        # what says that nothing is known
        ("0000-00-00", ""),
        ("n.d.", "unknown"),
        ("1944/45", "1944/1945"),
        ("1944/12", "1944-12"),
        ("um 1850", "1850~"),
        ("44 BC", "-0043"),
        ("44 v. Chr.", "-0043"),
        ("1 BC", "0000"),
        ("circa 44 BC", "-0043~"),
        ("spring 2024", "2024-21"),
        ("Sommer 2024", "2024-22"),
        ("automne 2024", "2024-23"),
        ("winter 2024", "2024-24"),
        ("Winter 2023/24", "2023-24"),
        ("winter 2023-2024", "2023-24"),
        ("Winter 2023/25", ""),
        ("Q1 2024", "2024-33"),
        ("2024-Q4", "2024-36"),
        ("2. Quartal 2024", "2024-34"),
        ("first half of 2024", "2024-40"),
        ("before 1850", "[..1849]"),
        ("vor 8. März 2024", "[..2024-03-07]"),
        ("after December 2019", "[2020-01..]"),
        ("8/9 March 2024", "2024-03-08/2024-03-09"),
        ("8./9. März 2024", "2024-03-08/2024-03-09"),
        ("in March 2024", "2024-03"),
        ("the 1960s", "196X"),
        ("early 2020", ""),
        # zones by name, where it is certain which is meant on that day
        ("8 March 2024 17:30 CET", "2024-03-08T17:30+01:00"),
        ("12. Juli 2024, 9 Uhr 15 MESZ", "2024-07-12T09:15+02:00"),
        ("12 January 2024, 9:15 am (EST)", "2024-01-12T09:15-05:00"),
        ("12 July 2024 9:15 ET", "2024-07-12T09:15-04:00"),
        ("12 July 2024 9:15 EST", ""),
        ("12 July 2024 9:15 IST", ""),
        ("31 March 2024 9:15 CET", ""),
        ("1990s", "199X"),
        ("8–11 March 2024", "2024-03-08/2024-03-11"),
        ("March 8–11, 2024", "2024-03-08/2024-03-11"),
        ("March–May 2024", "2024-03/2024-05"),
        ("2014–2022", "2014/2022"),
        ("April-May 1945", "1945-04/1945-05"),
        ("2014 to 2022", "2014/2022"),
        ("2024-03-08 5:30 PM", "2024-03-08T17:30"),
        ("8 March 2024, 17.30", "2024-03-08T17:30"),
        ("2024-03-08 09:00 – 17:30", "2024-03-08T09:00/17:30"),
        ("unknown", "unknown"),
        ("03/04/2021", ""),
        ("3/4/21", ""),
        ("30 February 2024", ""),
        ("2021-13", ""),
        ("at night", ""),
    ],
)
def test_a_date_is_read_as_people_write_it_or_not_at_all(text, edtf):
    assert dated(text).edtf == edtf


def test_a_column_proves_the_order_of_day_and_month():
    assert column_order(["03/04/2021", "13/04/2021"]) == "dmy"
    assert column_order(["03/04/2021", "04/13/2021"]) == "mdy"
    assert column_order(["13/04/2021", "04/13/2021"]) == "both"
    assert [is_ambiguous(text) for text in ("03/04/2021", "04/04/2021", "3.4.2021", "13/04/2021")] == [True, False, False, False]
    assert (dated("03/04/2021", "dmy").edtf, dated("03/04/2021", "mdy").edtf) == ("2021-04-03", "2021-03-04")


def test_an_order_that_no_row_proves_is_asked_for():
    with pytest.raises(Question, match="03/04/2021") as asked:
        made("date,event\n03/04/2021,A\n")
    assert (asked.value.option, asked.value.answers) == ("--dates", ("dmy", "mdy"))
    assert [event["when"] for event in of(made("date,event\n03/04/2021,A\n13/04/2021,B\n"), "event")] == ["2021-04-03", "2021-04-13"]
    assert [event["when"] for event in of(made("date,event\n03/04/2021,A\n", dates="mdy"), "event")] == ["2021-03-04"]


# --- chronologies ------------------------------------------------

FULL = """Date,End,Time,Event,Description,Source,Link,Who,Place,Status,By,Wikidata,Display date,Note of ours
2024-03-08,,5:30 PM,The vote,"See <a href=""https://www.google.com/url?q=https://example.org/real&sa=D"">it</a>",Harbour Gazette p. 3,,Ann Lee; Bob Ray,Hall,alleged,,Q42,That Friday,left out
2024-03-09,2024-03-11,,The storm,,https://example.org/a; https://example.org/b,,,,rumoured,,,,
"""


def test_every_cell_of_a_chronology_is_taken_or_told():
    found = made(FULL)
    vote, storm = of(found, "event")
    files, told = texts(found)
    (text,) = files.values()
    for line in (
        'title: "The vote"',
        'when: {says: "That Friday", is: "2024-03-08T17:30"}',
        "status: disputed",
        "actors: [ann-lee, bob-ray]",
        'place: "Hall"',
        "sources: [harbour-gazette-p-3]",
        'text: "See [it](https://example.org/real)"',
        'same_as: ["wd:Q42"]',
        'when: "2024-03-09/2024-03-11"',
        "sources: [example-org-a, example-org-b]",
        'name: "Ann Lee"',
        'title: "Harbour Gazette p. 3"',
        'url: "https://example.org/a"',
    ):
        assert line in text, line
    assert storm["status"].key == "disputed"
    assert vote["title"] == "The vote"
    assert [message for message in told if "Note of ours" in message and "row 2" in message and "left out" in message]
    assert [message for message in told if message.startswith("row 3") and "rumoured" in message]
    assert [message for message in told if message.startswith("row 2") and "Who alleges it?" in message]


@pytest.mark.parametrize(
    "header", ["Datum,Ereignis,Quelle", "fecha,evento,fuente", "日期,事件,来源", "дата,событие,источник", "date,event,source"]
)
def test_columns_are_known_by_their_names_in_many_languages(header):
    (event,) = of(made(f"{header}\n2024-03-08,The vote,Gazette\n"), "event")
    assert (event["title"], event["when"], len(event["sources"])) == ("The vote", "2024-03-08", 1)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "mac_roman"])
def test_a_table_is_read_as_programs_save_it(sign, encoding):
    text = f"date{sign}event\r\n2024-03-08{sign}Café für die Fähre – „Größe“ geändert\r\n2024-03-09{sign}Die Straße über den Fluß\r\n"
    said = {"encoding": encoding} if encoding == "mac_roman" else {}
    found = made(text.encode(encoding), **said)
    assert [event["title"] for event in of(found, "event")] == ["Café für die Fähre – „Größe“ geändert", "Die Straße über den Fluß"]
    assert any("is not in UTF-8" in str(note) for note in found.import_notes) == (encoding == "windows-1252")


def test_columns_that_nobody_can_guess_are_named():
    with pytest.raises(Question, match=r"“foo”, “bar”.*--map") as asked:
        made("foo,bar\n2024,B\n")
    assert asked.value.option == "--map"
    (event,) = of(made("foo,bar,odd\n2024,B,7\n", columns=(("foo", "when"), ("Bar", "title"), ("odd", "x_odd"))), "event")
    assert event == {"title": "B", "when": "2024", "x_odd": "7"}
    for wrong in ((("none", "when"),), (("foo", "whenn"),)):
        with pytest.raises(ImportProblem, match=wrong[0][0] if wrong[0][0] == "none" else "whenn"):
            made("foo,bar\n2024,B\n", columns=wrong)


def test_actors_of_two_ids_stay_two_though_their_item_of_wikidata_is_one():
    found = made(b"id,name,Wikidata\nann,Ann Lee,Q7\nanne,Anne Lee,Q7\n,A. Lee,Q7\n", "actors.csv")
    assert [record.id for record in found.records] == ["ann", "anne"]
    assert any("two actors here" in note.what for note in found.import_notes)


def test_rows_that_cannot_be_events_are_told_in_their_own_words():
    found = made('date,event,text\n2024,,\nlong ago,A,\n,B,\n,,\n2024,,"' + "word " * 60 + '"\n')
    told = "\n".join(map(str, found.import_notes))
    assert "row 2: it was left out, since it has neither a title nor a text: when “2024”" in told
    assert "row 3: “when” is no date that could be read: “long ago”" in told
    assert "row 4: it has no date" in told
    assert "row 6: it has no title" in told
    assert [event.get("when") for event in of(found, "event")] == [{"says": "long ago"}, None, "2024"]


def test_cells_beyond_the_columns_and_lines_above_them_are_told():
    told = "\n".join(map(str, made("Our chronology\ndate,event\n2024,A,more\n").import_notes))
    assert "row 1: “Our chronology” stands above" in told
    assert "row 3: column 3, which has no name, was left out: “more”" in told


# --- actors, sources, quotes ------------------------------------------------


def test_a_table_of_people_makes_actors_with_their_positions():
    found = made(
        "name,role,organisation,from,to,Wikidata,type,notes\n"
        "Anna Hale,Ferry captain,The Patience Line,2011,,Q42,,She sails.\n"
        "Anna Hale,Mayor,Gullhaven,1 May 2020,2022,Q42,,\n"
        "Otto Brack,Harbour master,,,,Q4x,company,\n"
        "Otto Brack,,,2011,,,,\n"
    )
    files, told = texts(found)
    assert sorted(files) == ["content/actors/anna-hale.md", "content/actors/otto-brack-2.md", "content/actors/otto-brack.md"]
    assert files["content/actors/anna-hale.md"] == (
        '---\nname: "Anna Hale"\nposition:\n  - role: "Ferry captain"\n    of: "The Patience Line"\n    from: "2011"\n'
        '  - role: "Mayor"\n    of: "Gullhaven"\n    from: "2020-05-01"\n    to: "2022"\nsame_as: ["wd:Q42"]\n---\nShe sails\\.\n'
    )
    assert "type: Organization" in files["content/actors/otto-brack.md"]
    assert [message for message in told if message.startswith("row 4") and "Q4x" in message]
    assert [message for message in told if message.startswith("row 5") and "two actors" in message]
    assert [message for message in told if message.startswith("row 5") and "has no role: 2011" in message]


def test_a_table_of_sources_makes_sources():
    found = made(
        "title,publisher,author,url,date,accessed,language,comment\nFerry in doubt,Gazette,Ann Lee; Bob Ray,https://example.org/f,2024-03-08,9 March 2024,English,A copy\nB,,,ftp://x,,,Klingon!,\n"
    )
    first, second = of(found, "source")
    assert first == {
        "title": "Ferry in doubt",
        "publisher": "Gazette",
        "authors": ["Ann Lee", "Bob Ray"],
        "url": "https://example.org/f",
        "published": "2024-03-08",
        "accessed": "2024-03-09",
        "lang": "en",
        "note": "A copy",
    }
    assert second == {"title": "B"}
    assert all(note.where == "row 3" for note in found.import_notes)


def test_a_table_of_quotes_makes_quotes_that_stand_in_no_text_yet():
    found = made(
        "quote,speaker,date,source,medium\nThe boat is sound,Anna Hale,2025-10-14,https://example.org/q,speech\nWe lack a pilot,Tam Osprey,,,\n,Nobody,,,\n"
    )
    files, told = texts(found)
    (text,) = files.values()
    for line in (
        "speaker: [anna-hale]",
        'text: "The boat is sound"',
        'said: "2025-10-14"',
        "medium: statement",
        "via: [example-org-q]",
        "in_body: no",
        "via: [chronology]",
    ):
        assert line in text, line
    assert [message for message in told if message.startswith("row 4") and "words are missing" in message]


# --- what the site has ------------------------------------------------


def test_what_the_site_has_is_joined_only_if_somebody_says_so():
    found = made("name,role,Wikidata\nAnna Hale,Mayor,Q42\nOtto Brack,Clerk,\n")
    known = ExistingRecords({"actor": frozenset({"anna", "otto-brack"})}, {("actor", "wd:Q42"): "anna"})
    with pytest.raises(Question, match="“Anna Hale” is “anna” of the site, by wd:Q42") as asked:
        texts(found, known)
    assert asked.value.option == "--same"
    files, told = texts(found, known, same="join")
    assert list(files) == ["content/actors/otto-brack-2.md"]
    assert [message for message in told if 'name: "Anna Hale"' in message and "stays as it is" in message]
    assert [message for message in told if "the site has another actor “otto-brack”" in message]
    assert sorted(texts(found, known, same="apart")[0]) == ["content/actors/anna-hale.md", "content/actors/otto-brack-2.md"]


# --- spreadsheets ------------------------------------------------


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def cell(place, value):
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" s="1"><v>{value}</v></c>'


def xlsx(*sheets, comments="", extra=None):
    """A workbook; numbers are days as Excel counts them."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="rId99" Type="{relations}/styles" Target="styles.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets, 1):
        inner = (
            rows
            if isinstance(rows, str)
            else "".join(
                f'<row r="{r}">{"".join(cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, 1) if value != "")}</row>'
                for r, row in enumerate(rows, 1)
            )
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{inner}</sheetData></worksheet>'
    if comments:
        parts["xl/comments1.xml"] = comments
    return packed(parts | (extra or {}))


def ods(rows):
    table = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f'<office:document-content {table}><office:body><office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*cells, more=""):
    return f"<table:table-row{more}>" + "".join(cells) + "</table:table-row>"


def ods_cell(text, more='office:value-type="string"'):
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_a_workbook_is_read_with_its_dates_and_the_rest_is_told():
    comments = (
        '<comments><commentList><comment ref="B2" authorId="0"><text><t>ring the lawyer</t></text></comment></commentList></comments>'
    )
    rows = [["Date", "Event", "Odd"], [45359, "The vote", "x"], ["c. 1850", "The harbour", ""]]
    found = made(xlsx(rows, [["Name", "Note"], ["second sheet", "y"]], comments=comments, extra={"xl/vbaProject.bin": "x"}), "book.xlsx")
    assert [(event["when"], event["title"]) for event in of(found, "event")] == [("2024-03-08", "The vote"), ("1850~", "The harbour")]
    told = "\n".join(map(str, found.import_notes))
    for words in (
        "cell B2: a comment was left out: “ring the lawyer”",
        "sheet “S2”: it was left out, with 2 rows, the first “Name · Note”",
        "“Odd” was left out",
        "macros were left out",
    ):
        assert words in told, words
    assert "sheet “S1”, row 2" in told
    (second,) = of(made(xlsx(rows, [["name", "role"], ["Ann Lee", "Mayor"]]), "book.xlsx", sheet="S2"), "actor")
    assert second["name"] == "Ann Lee"
    with pytest.raises(ImportProblem, match="no sheet “S3”"):
        made(xlsx(rows), "book.xlsx", sheet="S3")


@pytest.mark.parametrize(
    "cell", ['<c r="B2"><f>NOW()</f></c>', "<c s='1' r='B2'><f>NOW()</f><v></v></c>", '<x:c t="n" r="B2"><x:f/></x:c>']
)
def test_a_formula_without_a_value_is_told(cell):
    assert empty_formulas(f'{cell}<c r="C2"><f>1</f><v>1</v></c>'.encode())
    assert [place for place, _ in empty_formulas(f'{cell}<c r="C2"><f>1</f><v>1</v></c>'.encode())] == ["B2"]


def test_a_sheet_of_timelinejs_in_a_workbook_is_one():
    found = made(
        xlsx([["Year", "Month", "Day", "Time", "Headline"], ["44 BC", "", "", "", "Old"], ["2021", "5", "4", "2:30 PM", "Speech"]]),
        "book.xlsx",
    )
    assert [event["when"] for event in of(found, "event")] == ["-0043", "2021-05-04T14:30"]


def test_an_open_document_is_read():
    date = 'office:value-type="date" office:date-value="2024-03-08"'
    data = ods(ods_row(ods_cell("date"), ods_cell("event")) + ods_row(ods_cell("8 March", date), ods_cell("The vote")))
    assert [(event["when"], event["title"]) for event in of(made(data, "t.ods"), "event")] == [("2024-03-08", "The vote")]


@pytest.mark.parametrize(
    "data, name, said",
    [
        (xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "a.xlsx", "row 1,048,576"),
        (xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "a.xlsx", "beyond column"),
        (xlsx('<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>'), "a.xlsx", "row 1,048,576"),
        (xlsx("<row><c t='n'  r = 'XFD1048576'><v>1</v></c></row>"), "a.xlsx", "row 1,048,576"),
        (xlsx('<x:row><x:c s=">" r="xfd9"><v>1</v></x:c></x:row>'), "a.xlsx", "beyond column"),
        (xlsx('<row r="1048576"><c><v>1</v></c></row>'), "a.xlsx", "row 1,048,576"),
        (xlsx('<row r="99999"><c r="ZZ99999"><v>1</v></c></row>'), "a.xlsx", "5,000,000 cells"),
        (xlsx([["date", "event"]], extra={"xl/odd.txt": "<c s='1' r='XFD1048576'/>"}), "a.xlsx", "row 1,048,576"),
        (xlsx([["date", "event"]], extra={"xl/workbook.bin": "x"}), "a.xlsx", "XLSB"),
        (ods("<table:table-row table:number-rows-repeated='1000000'/>" + ods_row(ods_cell("a"))), "a.ods", "more rows or columns"),
        (ods(ods_row(ods_cell("a"), more=' table:number-rows-repeated="1000000"')), "a.ods", "more rows or columns"),
        (
            ods(
                '<table:table-row><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
            ),
            "a.ods",
            "more rows or columns",
        ),
        (packed({"content.xml": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"}), "a.ods", "declares entities"),
        (b"PK\x03\x04broken", "a.xlsx", "damaged"),
        (b"no spreadsheet", "a.xls", "no spreadsheet"),
        (b"a,b\0\n", "a.csv", "characters that no text has"),
        (b"word\n", "a.csv", "no row has two cells"),
        (b"date,event\n", "a.csv", "no rows below"),
        (b'date,event\n2024,"' + b"x" * 200_000 + b'"\n', "a.csv", "no table that can be read"),
    ],
    ids=[
        "far-row",
        "far-column",
        "place-behind-style",
        "place-in-single-quotes",
        "prefix-and-small-letters",
        "place-of-row-alone",
        "wide-and-long",
        "sheet-of-another-name",
        "xlsb",
        "repeated-in-single-quotes",
        "repeated-rows",
        "repeated-cells",
        "entity",
        "torn",
        "no-xls",
        "nul",
        "one-cell",
        "no-rows",
        "huge-cell",
    ],
)
def test_what_is_hostile_or_broken_ends_in_a_message(data, name, said):
    with pytest.raises(ImportProblem, match=said):
        made(data, name)


def test_a_package_that_unpacks_to_far_more_is_not_read(monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_PART_BYTES", 1000)
    with pytest.raises(ImportProblem, match="unpacks to far more"):
        made(xlsx([["date", "event"], *[["2024", "word " * 100]] * 9]), "a.xlsx")


# --- the command ------------------------------------------------


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/content/site.yaml").write_text("title: T\n")
    return tmp_path / "site"


def run(site, *args):
    return cli.main(["import", *map(str, args), "--root", str(site)])


def files(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()}


def test_a_table_comes_in_by_one_command_and_the_mapping_is_kept(site, tmp_path, capsys):
    table = tmp_path / "votes.csv"
    table.write_text("Tag1,Was,Beleg\n03/04/2021,The vote,Gazette\n", "utf-8")
    before = files(site)
    assert run(site, table) == cli.PROBLEMS
    assert "“Tag1”, “Was”, “Beleg”" in capsys.readouterr().err
    mapping = ["--map", "Tag1=when,Was=title,Beleg=sources"]
    assert run(site, table, *mapping) == cli.PROBLEMS
    assert "--dates dmy|mdy" in capsys.readouterr().err
    assert run(site, table, *mapping, "--dates", "dmy", "--dry-run") == cli.FINE
    assert "event   the-vote  2021-04-03  The vote" in capsys.readouterr().out
    assert files(site) == before
    assert run(site, table, *mapping, "--dates", "dmy", "--title", "Votes") == cli.FINE
    assert (site / "content/tables/votes.yaml").read_text() == (
        '# Mapping of votes.csv for `backstory import`, which reads it the next time.\nkind: "timeline"\nmap:\n  "Tag1": "when"\n  "Was": "title"\n  "Beleg": "sources"\ndates: "dmy"\n'
    )
    there = files(site)
    assert run(site, table, "--title", "Votes") == cli.USAGE
    assert "is on the site already, letter by letter" in capsys.readouterr().err
    table.write_text("Tag1,Was,Beleg\n05/04/2021,Another,Herald\n", "utf-8")
    assert run(site, table, "--title", "More votes") == cli.FINE
    assert b'when: "2021-04-05"' in files(site)["content/explainers/more-votes.md"]
    assert {name: data for name, data in files(site).items() if name in there} == there


def test_people_and_quotes_come_in_and_the_site_builds(site, tmp_path, capsys):
    people, quotes, full = tmp_path / "people.csv", tmp_path / "quotes.csv", tmp_path / "full.csv"
    people.write_text("name,role,organisation,from,to,Wikidata\nAnna Hale,Mayor,Gullhaven,2011,,Q42\n")
    quotes.write_text("quote,speaker\nWe lack a pilot,Tam Osprey\n")
    full.write_text(FULL, "utf-8")
    assert run(site, people, quotes, full) == cli.FINE
    assert "content/actors/anna-hale.md" in files(site)
    assert run(site, people) == cli.USAGE
    assert "is on the site already" in capsys.readouterr().err
    assert cli.main(["build", "--drafts", "--root", str(site), "--jobs", "1"]) == cli.FINE
    assert "file-unused" not in capsys.readouterr().err
    assert cli.main(["undo", "--root", str(site)]) == cli.FINE
    assert "Took back: import people.csv and 2 more" in capsys.readouterr().out
    assert list(files(site)) == ["content/site.yaml"]


def test_nothing_is_written_unless_all_can_be(site, tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("date,event\n2024,A\n")
    bad.write_text("a,b\n1,2\n")
    before = files(site)
    assert run(site, good, bad) == cli.PROBLEMS
    assert run(site, good, tmp_path / "none.csv") == cli.USAGE
    assert run(site, "timelinejs") == cli.USAGE
    assert "--from timelinejs" in capsys.readouterr().err
    assert run(site, good, "--from", "nothing") == cli.USAGE
    assert "there is no format “nothing”" in capsys.readouterr().err
    assert files(site) == before


def test_a_question_is_asked_at_a_terminal(site, tmp_path, monkeypatch, capsys):
    table = tmp_path / "votes.csv"
    table.write_text("date,event\n03/04/2021,The vote\n")
    answers = iter(["later", "mdy"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _words: next(answers))
    assert run(site, table) == cli.FINE
    assert "may be read day first or month first" in capsys.readouterr().out
    assert b'when: "2021-03-04"' in files(site)["content/explainers/votes.md"]
    assert b'dates: "mdy"' in files(site)["content/tables/votes.yaml"]


def test_a_library_that_is_missing_is_named(site, tmp_path, monkeypatch, capsys):
    for module, name, extra in (
        ("python_calamine", "a.xlsx", "sheets"),
        ("icalendar", "a.ics", "calendars"),
        ("mammoth", "a.docx", "articles"),
        ("bibtexparser.entrypoint", "a.bib", "references"),
    ):
        (tmp_path / name).write_bytes(b"PK")
        monkeypatch.setitem(sys.modules, module, None)
        assert run(site, tmp_path / name) == cli.PROBLEMS
        assert f"pip install 'backstory[{extra}]'" in capsys.readouterr().err


def test_a_folder_of_tables_is_each_of_them(site, tmp_path, capsys):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a.csv").write_text("date,event\n2024,A\n")
    (folder / "b.csv").write_text("name,role\nAnn Lee,Mayor\n")
    assert run(site, folder) == cli.FINE
    assert {"content/explainers/a.md", "content/actors/ann-lee.md"} <= files(site).keys()
    (folder / "c.bin").write_bytes(b"?")
    assert run(site, folder, "--dry-run") == cli.USAGE
    assert run(site, folder / "c.bin") == cli.PROBLEMS
    assert "its format was not recognized" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.csv", b" \n", "it is empty"),
        ("a.json", b"{}", "it has no list of events. Nothing"),
        ("a.xlsx", packed({"word/document.xml": "<w/>"}), "it is a document of Word"),
        ("", b"", "it has no files that could be imported"),
    ],
)
def test_what_has_nothing_is_said_to_have_nothing(name, data, said, site, tmp_path, capsys):
    folder = tmp_path / "given"
    folder.mkdir()
    if name:
        (folder / name).write_bytes(data)
    assert run(site, folder / name if name else folder) == cli.PROBLEMS
    assert said in capsys.readouterr().err


def test_a_title_of_figures_makes_an_id_that_a_master_can_hold(site, tmp_path):
    table = site / "content/tables/t.csv"
    table.parent.mkdir()
    table.write_text("date,event\n2024,1984\n")
    assert run(site, table) == cli.FINE
    assert table.read_text() == "date,event,id\n2024,1984,event-1984\n"


def test_a_year_beside_words_says_which_year_they_mean():
    (event,) = of(made("year,exact date,topic\n1834,late winter,A\n"), "event")
    assert event["when"] == {"says": "late winter", "is": "1834"}


def test_comments_in_cells_are_told_and_what_says_nothing_is_nobody():
    found = made(
        "date,event,actors,status,text\n2024,A %%private%%,unknown; N/A,,B <!-- secret --> c\n2099-01-01,Later,,occurred,50%% more\n"
    )
    laid, told = texts(found)
    (text,) = laid.values()
    assert 'title: "A"' in text
    assert 'text: "B c"' in text
    assert r'text: "50\\%\\% more"' in text
    assert "actors" not in text
    assert "status: occurred" not in text
    assert told[:5] == [
        "row 2: “unknown” was left out, since it names nothing and nobody",
        "row 2: “N/A” was left out, since it names nothing and nobody",
        "row 3: “status” was left out, since the day has not come: “occurred”",
        "row 2: a comment was left out: “%%private%%”",
        "row 2: a comment was left out: “<!-- secret -->”",
    ]
    (quote,) = of(made("quote,speaker,source\nThe boat is sound,unknown,Gazette\n"), "quote")
    assert quote["speaker"].key == "unknown"


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line():
    found = made('date,event\n2024,A\n2025,"B\n2026,C\n')
    assert str(found.import_notes[0]) == "line 3: a quotation mark is never closed: all lines that follow are in one cell"
    assert not made('date,event\n2024,A 5" pipe\n2025,B\n').import_notes
    with pytest.raises(ImportProblem, match="row 2, from line 2 on"):
        made('date,event\n2024,"' + "x" * 200_000 + '"\n')


def test_a_column_of_the_authors_own_keeps_its_name():
    (event,) = of(made("date,event,x_mine\n2024,A,kept\n"), "event")
    assert event["x_mine"] == "kept"


def test_a_month_that_there_is_not_is_no_span_of_years():
    assert [dated(text).edtf for text in ("2024-99", "1914-18", "1939–45")] == ["", "1914/1918", "1939/1945"]


# --- several columns for one key, and cells that name nobody ------------------------------------------------


@pytest.mark.parametrize("header", ["date,event,source,source,source", "date,event,Source 1,Source 2,Source 3"])
def test_columns_of_one_name_are_one_list(header):
    found = made(f"{header}\n2024,The vote,A letter,,Minutes\n")
    assert [source["title"] for source in of(found, "source")] == ["A letter", "Minutes"]
    assert not found.import_notes


def test_columns_of_one_name_for_a_single_value_are_told():
    found = made("date,event,place,place\n2024,The vote,Gullhaven,Port\n")
    assert of(found, "event")[0]["place"] == "Gullhaven"
    assert [str(note) for note in found.import_notes] == [
        'row 1: the column “place” was left out: 1 cell, the first in row 2: “Port”. --map "place=x_place" keeps it'
    ]


def test_an_office_that_is_held_still_has_no_end():
    found = made("name,role,from,to\nAnn Lee,Mayor,2020,present\n", "people.csv")
    assert of(found, "actor")[0]["position"] == [{"role": "Mayor", "from": "2020"}]
    assert not found.import_notes


def test_what_names_nobody_is_told():
    found = made("date,event,actors\n2024,The vote,Ann Lee; N/A\n")
    assert [actor["name"] for actor in of(found, "actor")] == ["Ann Lee"]
    assert [str(note) for note in found.import_notes if not note.is_assumed] == [
        "row 2: “N/A” was left out, since it names nothing and nobody"
    ]


@pytest.mark.parametrize(
    "word, status",
    [("geplant", "planned"), ("behauptet", "alleged"), ("called off", "cancelled"), ("Démenti", "denied"), ("Alleged", "alleged")],
)
def test_a_status_in_other_words_is_kept(word, status):
    (event,) = of(made(f"date,event,status,by\n2024-01-02,A,{word},Ann Lee\n"), "event")
    assert event["status"].key == status


@pytest.mark.parametrize(
    "word, status, asked",
    [("denied", "disputed", "Who denies it"), ("rumoured", "disputed", "Who alleges it"), ("expected", None, "Who expects it")],
)
def test_a_status_without_a_voice_is_not_put_down_to_the_source(word, status, asked):
    found = made(f"date,event,status,source\n2024-01-02,A,{word},Echo\n")
    (event,) = of(found, "event")
    assert (event.get("by"), event["x_status"]) == (None, word)
    assert (event["status"].key if "status" in event else None) == status
    assert asked in " ".join(map(str, found.import_notes))


def test_an_unnamed_source_stays_unnamed_with_its_terms():
    found = made("quote,speaker,said\nNo,a mechanic at the works,2024-01-02\n")
    assert [(actor.get("name"), actor["described_as"]) for actor in of(found, "actor")] == [(None, "a mechanic at the works")]
    found = made("name,described_as,role,anonymity_reason\n,a clerk,,may not speak\nAnn Lee,,Mayor,\n")
    assert [actor.get("anonymity_reason") for actor in of(found, "actor")] == ["may not speak", None]


def test_an_actor_whose_name_is_of_a_company_gets_its_type():
    found = made("date,event,actors\n2024-01-02,A,Corran Homes Ltd; Ann Lee\n")
    assert [actor.get("type") and actor["type"].key for actor in of(found, "actor")] == ["Organization", None]
    assert [str(note) for note in found.import_notes if "Corran" in str(note)] != []


def test_a_status_that_nobody_knows_stays_in_the_authors_words():
    found = made("date,event,status\n2024-01-02,A,whispered\n")
    (event,) = of(found, "event")
    assert (event.get("status"), event["x_status"]) == (None, "whispered")
    assert "counts as having happened" in " ".join(map(str, found.import_notes))


def test_a_column_of_days_beside_those_of_year_and_month_is_the_day():
    (event,) = of(made("Jahr,Monat,Tag,Ereignis\n2020,März,3,Beschluss\n"), "event")
    assert event["when"] == "2020-03-03"


@pytest.mark.parametrize("text", ["Friday, 3 May 2021", "Freitag, 3. Mai 2021", "Fri 3 May 2021 17:30"])
def test_a_date_beside_another_weekday_is_no_date(text):
    assert dated(text).edtf == ""
    assert dated(text.replace("Freitag", "Montag").replace("Friday", "Monday").replace("Fri ", "Mon ")).edtf.startswith("2021-05-03")


@pytest.mark.parametrize(
    "words, named",
    [
        ("a senior official", False),
        ("An official", False),
        ("ein Sprecher", False),
        ("unnamed Pentagon aide", False),
        ("An Nguyen", True),
        ("Ann", True),
        ("Un Yong", True),
    ],
)
def test_an_official_without_a_name_is_no_name(words, named):
    (actor,) = of(made(f"quote,speaker\nIt sails,{words}\n"), "actor")
    if named:
        assert actor == {"name": words}
    else:
        assert (actor["type"].key, actor["described_as"], "name" in actor) == ("UnnamedSource", words, False)


def test_what_a_link_of_the_site_leads_to_keeps_its_id_alone():
    table = made("date,event\n2024-03-08,Lighthouse\n2024-03-09,Ferry\n")
    known = ExistingRecords(linked=frozenset({"lighthouse", "chronology"}))
    files, told = texts(table, known)
    assert "id: lighthouse-2" in files["content/explainers/chronology-2.md"]
    assert {message.partition(": ")[2] for message in told} >= {
        "a link of the site leads to another “chronology”, so the explainer is “chronology-2”",
        "a link of the site leads to another “lighthouse”, so this one is “lighthouse-2”",
    }


def test_a_sheet_of_the_versions_before_the_third_is_one_with_its_title():
    data = "Start Date,End Date,Headline,Text,Media,Type,Tag\n9/1/2011,,Harbour,Intro,,start,\n12/25/2012 14:00,,Two,t,https://example.org/a,,x\n"
    found = made(data)
    assert (found.title, found.fields["summary"]) == ("Harbour", "Intro")
    (event,) = of(found, "event")
    assert (event["title"], event["when"], event["x_group"], event["x_media"]) == ("Two", "2012-12-25T14:00", "x", "https://example.org/a")
    (event,) = of(made("Start Date,Headline,Media\n25/12/2012,Two,\n"), "event")
    assert event["when"] == "2012-12-25"


def test_comments_behind_the_cells_of_a_workbook_are_told():
    with zipfile.ZipFile(
        io.BytesIO(packed({"xl/comments/comment1.xml": '<comment ref="B3"><text><t>ring Anna</t></text></comment>'}))
    ) as package:
        assert [str(part) for part in omitted_parts(package)] == ["cell B3: a comment was left out: “ring Anna”"]


def linked_sheet(rows, links):
    """A workbook with a link behind each of some cells."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    tags = "".join(f'<hyperlink xmlns:r="{relations}" ref="{place}" r:id="r{n}"/>' for n, place in enumerate(links))
    targets = "".join(f'<Relationship Id="r{n}" Target="{to}" TargetMode="External"/>' for n, to in enumerate(links.values()))
    inner = "".join(
        f'<row r="{r}">{"".join(cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, 1))}</row>' for r, row in enumerate(rows, 1)
    )
    return xlsx(
        f"{inner}</sheetData><hyperlinks>{tags}</hyperlinks><sheetData>",
        extra={"xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{targets}</Relationships>"},
    )


CHRONOLOGY = [
    ["Date", "Event", "Description", "Source", "Place", "Who"],
    ["2024-03-01", "The vote", "See the minutes", "Gazette; Daily", "Hall", "Ann Lee"],
]


def test_links_behind_cells_are_sources_or_links_of_the_text():
    to = "https://example.org/a?b=1&amp;c=2"
    places = {
        "B2": "https://example.org/vote",
        "C2": to,
        "D2": "https://example.org/g",
        "E2": "https://example.org/map",
        "F2": "mailto:a@example.org",
    }
    found = made(linked_sheet(CHRONOLOGY, places), "t.xlsx")
    (event,) = of(found, "event")
    assert event["text"] == "[See the minutes](https://example.org/a?b=1&c=2)"
    assert [(source.get("title", ""), source.get("url", "")) for source in of(found, "source")] == [
        ("Gazette; Daily", "https://example.org/g"),
        ("", "https://example.org/vote"),
    ]
    told = [str(note) for note in found.import_notes if "link" in str(note)]
    assert told == [
        "row 2: the link behind “Hall” was left out: “https://example.org/map”. A column of its own with the addresses keeps it",
        "row 2: the link behind “Ann Lee” was left out: “mailto:a@example.org”. A column of its own with the addresses keeps it",
    ]


def test_links_behind_the_cells_of_other_tables_are_addresses():
    found = made(
        linked_sheet([["Title", "Publisher", "Author"], ["A letter", "Gazette", "Otto"]], {"A2": "https://example.org/l"}),
        "t.xlsx",
        kind="sources",
    )
    assert of(found, "source")[0]["url"] == "https://example.org/l"
    found = made(linked_sheet([["Name", "Role"], ["Ann Lee", "Mayor"]], {"A2": "https://www.wikidata.org/wiki/Q42"}), "t.xlsx")
    assert of(found, "actor")[0]["same_as"] == ["wd:Q42"]
    found = made(
        linked_sheet([["Quote", "Speaker", "Source"], ["Never again", "Ann Lee", "Gazette"]], {"C2": "https://example.org/g"}), "t.xlsx"
    )
    assert [(source["title"], source["url"]) for source in of(found, "source")] == [("Gazette", "https://example.org/g")]


def test_links_in_cells_of_an_open_document_and_of_formulas_are_taken():
    link = 'see <text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/m">the minutes</text:a> of May'
    rows = ods_row(*map(ods_cell, ["Date", "Event", "Description"])) + ods_row(*map(ods_cell, ["2024-03-01", "The vote", link]))
    assert of(made(ods(rows), "t.ods"), "event")[0]["text"] == "see [the minutes](https://example.org/m) of May"
    found = made('Date,Event,Source\n2024-03-01,The vote,"=HYPERLINK(""https://example.org/g"";""Gazette"")"\n')
    assert [(source["title"], source["url"]) for source in of(found, "source")] == [("Gazette", "https://example.org/g")]


def test_words_in_a_column_of_addresses_are_told():
    found = made("Date,Event,URL\n2024-03-01,The vote,ask the clerk\n")
    assert "row 2: “url” was left out, since it is no address of the web: “ask the clerk”" in map(str, found.import_notes)


@pytest.mark.parametrize(
    "cells, read",
    [
        (["14/03/21", "03/04/99"], ["2021-03-14", "1999-04-03"]),
        (["3/14/29", "1/2/30"], ["2029-03-14", "1930-01-02"]),
        (["14.3.21"], ["2021-03-14"]),
        (["14-Mar-21", "2 Apr 99"], ["2021-03-14", "1999-04-02"]),
        (["14/03/21 17:30"], ["2021-03-14T17:30"]),
        (["98-12-31", "01-02-03"], ["1998-12-31", "2001-02-03"]),
        (["31-12-98", "01-02-03"], ["1998-12-31", "2003-02-01"]),
        (["44269", "44269.729167"], ["2021-03-14", "2021-03-14T17:30"]),
    ],
)
def test_short_dates_are_read_as_spreadsheets_do_and_that_is_told(cells, read):
    found = made("\n".join(["Date,Event", *(f"{written},Event {n}" for n, written in enumerate(cells))]))
    assert [event["when"] for event in of(found, "event")] == read
    told = [str(note) for note in found.import_notes if "write the date in full" in str(note)]
    assert len(told) == 1
    assert told[0].startswith(f"row 2: “{cells[0]}” in the column “Date” is “")


def test_short_dates_that_may_be_read_in_two_ways_are_asked_for_or_told():
    with pytest.raises(Question, match="03/04/2021"):
        made("Date,Event\n03/04/21,The vote\n")
    assert of(made("Date,Event\n03/04/21,The vote\n", dates="mdy"), "event")[0]["when"] == "2021-03-04"
    found = made("Date,Event\n01-02-03,The vote\nMar-21,Two\n99999,Three\n12,Four\n")
    assert [event["when"]["says"] for event in of(found, "event")] == ["01-02-03", "Mar-21", "99999", "12"]
    assert sum("is no date that could be read" in str(note) for note in found.import_notes) == 4


def test_characters_that_no_text_has_are_told_with_their_row():
    told = [str(note) for note in made("date,event\n2024-03-01,The bo\x07at\n2024-03-02,A \ue000\ufffe\n").import_notes]
    assert [message.partition(" in its words")[0] for message in told] == [
        "row 2: U+0007 (BELL)",
        "row 3: U+E000 (a character of private use) and U+FFFE (a noncharacter)",
    ]


@pytest.mark.parametrize(
    "name, table",
    [
        ("events.csv", "Date,Event,Who\n2024-03-08,The sale,Corran Homes; Harbour Ltd; a clerk\n"),
        ("quotes.csv", "Quote,Speaker,Source\nIt is sold,Corran Homes,Gazette\n"),
        ("people.csv", "Name,Alias\nCorran Homes,CH\n"),
    ],
)
def test_a_name_that_shows_neither_a_person_nor_a_body_is_told(name, table):
    told = [str(note) for note in made(table.encode(), name).import_notes if note.is_assumed]
    assert told == [
        "the whole file: “Corran Homes” has no type, and counts as a person. Of a firm or an office, write “type: Organization” or “type: PublicBody”"
    ]


def test_quotes_that_begin_alike_have_ids_of_their_own(tmp_path):
    rows = ("No comment.,Ann Lee", "No comment.,Bo Ek", "No comment at all about the boat,Bo Ek", "No comment at all about the quay,Bo Ek")
    table = "quote,speaker,source,said\n" + "".join(f"{row},Gazette,2024-03-08\n" for row in rows)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "said.csv").write_text(table)
    assert cli.main(["import", str(tmp_path / "said.csv"), "--root", str(tmp_path)]) == 0
    assert cli.main(["check", "--drafts", "--root", str(tmp_path)]) == 0


def test_a_quote_with_the_id_of_another_gets_one_of_its_own_and_that_is_told():
    found = made(b'id,quote,speaker,source\nq,It burns,Ann Lee,G\nq,It is out,Bo Ek,G\n"R: [1]",Over,Bo Ek,G\n', "said.csv")
    laid = layout(found, ExistingRecords(), ImportOptions(), LayoutOptions(name="said"))
    assert [row.id for row in laid.rows if row.kind == "quote"] == ["q", "q-2", "r-1"]
    assert "row 3: its id is “q-2” here, not “q”, which another quote has" in [str(note) for note in laid.import_notes]


def test_a_record_with_an_id_of_the_site_is_proposed_to_be_joined():
    found = made(b"id,name,role\nanna-hale,Anna Hale,Mayor\n", "people.csv")
    existing = ExistingRecords({"actor": frozenset({"anna-hale"})})
    with pytest.raises(Question, match="“Anna Hale” is “anna-hale” of the site, by its id") as asked:
        layout(found, existing, ImportOptions())
    assert asked.value.option == "--same"
    assert layout(found, existing, ImportOptions(), LayoutOptions(same="join")).rows == ()
    assert [row.id for row in layout(found, existing, ImportOptions(), LayoutOptions(same="apart")).rows] == ["anna-hale-2"]


@pytest.mark.parametrize(
    "table, example",
    [
        ('position,title,time\n1,Ship leaves,"March 26, 2024 12:39 a.m."\n2,Mayday,1:26 a.m.\n', '--map "time=when"'),
        ("Foo,Bar\nWords,5 May 2020\n", '--map "Bar=when,Foo=title"'),
    ],
)
def test_the_column_that_has_dates_is_the_example(table, example):
    with pytest.raises(Question, match=example):
        made(table.encode(), "t.csv")


def test_a_cell_over_several_rows_counts_for_each():
    merged = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B4:C4"/></mergeCells>'
    data = xlsx([["Date", "Event", "Source"], ["2024-03-08", "The vote", "G"], ["", "The fair", "H"], ["2024-03-09", "End", ""]])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(stream, "w") as again:
        for name in package.namelist():
            part = package.read(name)
            again.writestr(name, part.replace(b"</sheetData>", b"</sheetData>" + merged.encode()) if "sheet1" in name else part)
    found = made(stream.getvalue(), "t.xlsx")
    assert [record.fields["when"] for record in found.records if record.kind == "event"] == ["2024-03-08", "2024-03-08", "2024-03-09"]
    assert [str(note) for note in found.import_notes] == [
        "the whole file: what stands in a cell over several rows counts for each of them, such as row 2, “2024-03-08”"
    ]


def test_an_entry_in_quotation_marks_may_have_the_signs_that_part_others():
    cell = '"Hale; Sons"; Bo Ek; ""Big"" Ann'
    found = made(
        f'Date,Event,Who,Source\n2024,Vote,"{cell.replace(chr(34), chr(34) * 2)}","""A; b"" https://example.org/a; C"\n'.encode(), "t.csv"
    )
    assert [record.fields["name"] for record in found.records if record.kind == "actor"] == ["Hale; Sons", "Bo Ek", '""Big"" Ann']
    assert [(record.fields["title"], record.fields.get("url", "")) for record in found.records if record.kind == "source"] == [
        ("A; b", "https://example.org/a"),
        ("C", ""),
    ]


@pytest.mark.parametrize("days", ["Mar 3–5 2021", "2021-03-03/2021-03-05"])
def test_a_time_beside_several_days_is_told_and_given_to_none_of_them(days):
    found = made(f"Date,Time,Event\n{days},noon,The fair\n".encode(), "t.csv")
    assert of(found, "event")[0]["when"] == "2021-03-03/2021-03-05"
    assert "row 2: “time” was left out, since it stands with several days: “noon”" in map(str, found.import_notes)


@pytest.mark.parametrize(
    "cell, at", [("46.2, -6.14", ["46.2", "-6.14"]), ("[46.2;6]", ["46.2", "6"]), ("91, 0", None), ("in the hall", None)]
)
def test_coordinates_are_degrees_or_told(cell, at):
    found = made(f'Date,Event,Coordinates\n2024-03-01,The vote,"{cell}"\n')
    (event,) = of(found, "event")
    assert [number.key for number in event.get("coordinates", [])] == (at or [])
    assert any("“coordinates” was left out" in str(note) for note in found.import_notes) is (at is None)


def test_a_season_that_has_begun_is_not_ahead():
    assert of(made("Date,Event,Status\nspring 2024,The vote,occurred\n", today="2024-06-01"), "event")[0]["status"].key == "occurred"
    assert "status" not in of(made("Date,Event,Status\nDecember 2024,The vote,occurred\n", today="2024-06-01"), "event")[0]
