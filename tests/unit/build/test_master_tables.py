"""Tables that stay the master: their rows are records at every build, checked where they stand, and joined with what is written elsewhere."""

import io
import re
import zipfile

import pytest

from builder import cli
from builder.build import master_tables
from builder.build.load import load_site
from builder.build.pipeline import build
from builder.build.run import Options
from builder.importing import ImportInput, ImportOptions, ImportProblem
from builder.importing.importer_types import File
from builder.importing.tables.csv_ids import with_ids
from builder.preview.engine import PreviewEngine
from tests.unit.importing.test_tables import xlsx

PEOPLE = "id,name,role,organisation,from,Wikidata\nanna-hale,Anna Hale,Ferry captain,The Patience Line,2011,Q42\nanna-hale,Anna Hale,Mayor,Gullhaven,2020-05-13,Q42\n"
VOTES = "id;when;title;actors;sources\nvote;2024-03-08;The council votes;Anna Hale;Harbour Gazette\n"
STORY = "---\ntitle: A\npublished: 2025-01-01\nactors: [anna-hale]\ntimeline: [vote]\n---\nAnna Hale spoke.\n"


@pytest.fixture
def root(tmp_path):
    write(tmp_path, "site.yaml", "title: Harbour\n")
    write(tmp_path, "explainers/a.md", STORY)
    write(tmp_path, "tables/people.csv", PEOPLE)
    write(tmp_path, "tables/votes.csv", VOTES)
    return tmp_path


def write(root, name, text):
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def seen(root, **more):
    return load_site(Options(root, root / "site", jobs=1, cache=False, **more))


def told(root):
    return [f"{problem.location}: {problem.message}" for problem in seen(root).diagnostics]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_rows_are_records_and_join_those_in_markdown(root):
    write(root, "actors/anna-hale.md", "---\nname: Anna Hale\nalias: [Captain Hale]\n---\nShe *sails*.\n")
    site = seen(root).site
    actor = site.actors["anna-hale"]
    assert [(position.role, position.of) for position in actor.positions] == [
        ("Ferry captain", "The Patience Line"),
        ("Mayor", "Gullhaven"),
    ]
    assert (actor.alias, actor.same_as) == (("Captain Hale",), ("wd:Q42",))
    assert actor.text.text == "She sails."
    event = site.events["vote"]
    assert (event.actors, event.sources, event.when.date.edtf) == (("anna-hale",), ("harbour-gazette",), "2024-03-08")
    assert site.timelines["a"] == ("vote",)
    assert told(root) == []


@pytest.mark.parametrize(
    "name, text, problem",
    [
        (
            "people.csv",
            "name,role\nAnna Hale,Mayor\n",
            "content/tables/people.csv: This table has no column “id”, so its rows have no addresses that last.",
        ),
        ("people.csv", "id,name,role\n,Anna Hale,Mayor\n", "content/tables/people.csv:2: This row has no id (row 2)."),
        (
            "people.csv",
            PEOPLE + "ann,Ann,Clerk,,20x,\n",
            "content/tables/people.csv:4: Row 4: “from” was left out, since it is no date that could be read: “20x”",
        ),
        (
            "votes.csv",
            VOTES + "vote;2024-03-09;Again;;\n",
            "content/tables/votes.csv:3: The id “vote” stands twice in this table, in row 2 and row 3.",
        ),
        (
            "votes.csv",
            "id,when,title,status\nvote,2024-03-08,It burns,alleged\n",
            "content/tables/votes.csv:2: Row 2: Who alleges it?",
        ),
        (
            "votes.csv",
            "id,when,title\nvote,03/04/2021,It burns\n",
            "content/tables/votes.csv: This table could not be read: it is not clear: the date “03/04/2021” of row 2, column “when”",
        ),
        ("sources.xlsx", b"PK\x03\x04no", "content/tables/sources.xlsx: This table could not be read: "),
        (
            "said.csv",
            "id,quote,speaker,source,said\nq,It burns,Ann,Gazette,2024-03-08\nr,It is out,Ann,,\n",
            "content/tables/said.csv:3: Neither this quote nor its source has a date (row 3, column “quote”).",
        ),
    ],
)
def test_a_problem_is_told_with_file_row_and_column(root, name, text, problem):
    write(root, f"tables/{name}", text)
    assert [message for message in told(root) if message.startswith(problem)], told(root)


def test_a_problem_of_a_record_is_told_of_its_row_and_column(root):
    write(root, "actors/anna-hale.md", "---\nname: Anne Hale\n---\n")
    found = [problem for problem in seen(root).diagnostics if problem.code == "records-disagree"]
    assert [(str(problem.location), problem.message) for problem in found] == [
        (
            "content/tables/people.csv:2",
            "The actor “anna-hale” has another “name” here than in content/actors/anna-hale.md (row 2, column “name”).",
        )
    ]
    assert not found[0].edits


def test_a_mapping_beside_a_table_says_what_its_columns_are(root):
    write(root, "tables/votes.csv", "id|Tag|Was\nvote|03/04/2021|It burns\n")
    write(root, "tables/votes.yaml", 'kind: timeline\ndates: mdy\nmap: {"Tag": when, "Was": title}\n')
    assert seen(root).site.events["vote"].when.date.edtf == "2021-03-04"
    write(root, "tables/votes.yaml", "map: [")
    assert (
        "content/tables/votes.csv: This table could not be read: it has a mapping in content/tables/votes.yaml, which is no YAML in UTF-8."
        in told(root)
    )


def test_a_row_that_only_a_draft_uses_is_not_published(root):
    write(root, "explainers/a.md", STORY.replace("title: A", "title: A\nstatus: draft"))
    assert not seen(root).site.events
    assert set(seen(root, drafts=True).site.events) == {"vote"}


def test_builds_follow_a_table_and_equal_clean_ones(root, tmp_path_factory):
    assert build(Options(root, root / "site", jobs=1)).plan is not None
    write(root, "tables/votes.csv", VOTES.replace("votes;Anna Hale", "burns;Zoe Kim"))
    clean = tmp_path_factory.mktemp("clean") / "site"
    for output in (root / "site", clean):
        assert build(Options(root, output, jobs=1, cache=output != clean)).plan is not None
    ours, theirs = (
        {name: data for name, data in files(folder).items() if not name.startswith(".backstory")} for folder in (root / "site", clean)
    )
    assert ours == theirs
    assert "actors/zoe-kim/index.html" in ours


def test_the_preview_follows_a_table(root):
    engine = PreviewEngine(Options(root, root / "site", drafts=True, jobs=1, cache=False))
    page = "explainers/a/index.html"
    assert b"The council votes" in engine.current().get(page).body
    path = write(root, "tables/votes.csv", VOTES.replace("votes", "sleeps"))
    assert engine.rebuild(["content/tables/votes.csv"]) is not None
    assert b"The council sleeps" in engine.current().get(page).body
    path.unlink()
    assert engine.rebuild(["content/tables/votes.csv"]) is not None
    assert [problem for problem in engine.current().problems if problem.code == "reference-unknown"]


# --- ids ------------------------------------------------


@pytest.mark.parametrize(
    "before, after",
    [
        (b"when,title\r\n2024,A\r\n", b"when,title,id\r\n2024,A,x\r\n"),
        (b"when,title\n2024,A", b"when,title,id\n2024,A,x"),
        ("when;title\n2024;Ä\n".encode("utf-16"), "when;title;id\n2024;Ä;x\n".encode("utf-16")),
        ("\ufeffwhen\ttitle\n2024\tA\n".encode(), "\ufeffwhen\ttitle\tid\n2024\tA\tx\n".encode()),
        (b'when,title,text\n2024,"A\nB"\n', b'when,title,text,id\n2024,"A\nB",,x\n'),
        (b"id,when,title\n,2024,A\n", b"id,when,title\nx,2024,A\n"),
        (b'id,when,title\n,2024,"A, B"\nk,2025,"C"\n', b'id,when,title\nx,2024,"A, B"\nk,2025,"C"\n'),
    ],
)
def test_ids_are_written_and_all_else_stays(before, after):
    assert with_ids(ImportInput("a.csv", (File("a.csv", before),)), ImportOptions(), 1, {2: "x"}) == after


def test_ids_are_not_written_where_the_encoding_is_not_certain():
    data = "when;title\n2024;日本\n".encode("shift_jis")
    with pytest.raises(ImportProblem, match="its encoding is not certain"):
        with_ids(ImportInput("a.csv", (File("a.csv", data),)), ImportOptions(), 1, {2: "x"})


def test_the_first_import_writes_ids_the_mapping_and_the_explainer(root, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    path = write(root, "tables/floods.csv", "Tag,Was\n2024-03-08,The vote\n2025-01-02,The vote\n")
    command = ["import", str(path), "--root", str(root)]
    assert cli.main(command) == 1
    assert "--map" in capsys.readouterr().err
    assert cli.main([*command, "--map", "Tag=when,Was=title", "--title", "Floods"]) == 0
    assert path.read_text() == "Tag,Was,id\n2024-03-08,The vote,the-vote\n2025-01-02,The vote,the-vote-2\n"
    assert 'kind: timeline\nmap:\n  "Tag": when\n  "Was": title\n' in path.with_suffix(".yaml").read_text()
    assert "timeline:\n  - the-vote\n  - the-vote-2\n---" in (root / "content/explainers/floods.md").read_text()
    assert "Wrote 2 ids into its column “id”." in capsys.readouterr().out
    assert not [problem for problem in seen(root, drafts=True).diagnostics if problem.severity == "error"]
    # A new row gets an id; what is there stays.
    path.write_text(path.read_text() + "2026-01-02,The end,\n")
    assert cli.main(command) == 0
    assert path.read_text().endswith("2025-01-02,The vote,the-vote-2\n2026-01-02,The end,the-end\n")


def ods(rows):
    """Return a spreadsheet as LibreOffice writes it: what is empty behind the table is repeated."""
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    empty = '<table:table-cell table:number-columns-repeated="1020"/>'
    body = f"<office:body><office:spreadsheet><table:table table:name='S'>{rows.replace('…', empty)}</table:table></office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
        package.writestr("content.xml", f"<office:document-content {names}>{body.replace(chr(39), chr(34))}</office:document-content>")
    return stream.getvalue()


def row(*cells, more="…", said=""):
    shown = "".join(f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row{said}>{shown}{more}</table:table-row>"


def test_an_ods_gets_a_column_of_ids_and_stays_as_it_is_besides(root, capsys):
    path = root / "content/tables/clerks.ods"
    behind = row(said=" table:number-rows-repeated='1048570'")
    before = ods(row("name", "role") + row("Zoe Kim", "Clerk") + row("Ann Poe") + row("Bo Ek", more="") + behind)
    path.write_bytes(before)
    assert cli.main(["import", str(path), "--root", str(root)]) == 0
    assert "Wrote 3 ids" in capsys.readouterr().out
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(io.BytesIO(before)) as old:
        assert [(entry.filename, entry.compress_type) for entry in made.infolist()] == [
            (entry.filename, entry.compress_type) for entry in old.infolist()
        ]
        text = made.read("content.xml").decode()
    assert re.findall(r"<text:p>([^<]*)", text) == [
        "name",
        "role",
        "id",
        "Zoe Kim",
        "Clerk",
        "zoe-kim",
        "Ann Poe",
        "ann-poe",
        "Bo Ek",
        "bo-ek",
    ]
    assert 'number-columns-repeated="1019"/></table:table-row>' in text
    assert not [problem for problem in master_tables.read(root).diagnostics if problem.code == "row-no-id"]
    assert cli.main(["import", str(path), "--root", str(root)]) == 0


def test_a_spreadsheet_in_which_no_id_can_be_written_is_told_which_ones_it_could_have(root, capsys):
    path = root / "content/tables/clerks.ods"
    path.write_bytes(before := ods(row("name", "role", "id") + row("Zoe Kim", "Clerk")))
    assert cli.main(["import", str(path), "--root", str(root)]) == 1
    assert "They could be row 2: zoe-kim" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert [problem.code for problem in master_tables.read(root).diagnostics] == ["row-no-id"]


def test_a_workbook_gets_a_column_of_ids_and_stays_as_it_is_besides(root, capsys):
    path = root / "content/tables/clerks.xlsx"
    before = xlsx([["name", "role"], ["Zoe Kim", "Clerk"], ["Ann Poe", ""]], extra={"xl/theme.xml": "<theme/>"})
    path.write_bytes(before)
    assert cli.main(["import", str(path), "--root", str(root)]) == 0
    assert "Wrote 2 ids" in capsys.readouterr().out
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(io.BytesIO(before)) as old:
        assert made.namelist() == old.namelist()
        assert [name for name in old.namelist() if made.read(name) != old.read(name)] == ["xl/worksheets/sheet1.xml"]
        sheet = made.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'r="(C\d)" t="inlineStr"><is><t>([^<]*)', sheet) == [("C1", "id"), ("C2", "zoe-kim"), ("C3", "ann-poe")]
    assert not [problem for problem in master_tables.read(root).diagnostics if problem.code == "row-no-id"]
    assert cli.main(["import", str(path), "--root", str(root)]) == 0


def test_numbers_of_a_column_are_never_written_over(root, capsys):
    path = write(root, "tables/floods.csv", "id,when,title\n7,2024-03-08,The flood\n")
    assert cli.main(["import", str(path), "--root", str(root)]) == 1
    assert "row 2 has “7” in its column “id”, and a bare number is no id here" in capsys.readouterr().err
    assert path.read_text() == "id,when,title\n7,2024-03-08,The flood\n"


def test_the_id_of_a_row_is_changed_in_its_table(root, capsys):
    assert cli.main(["rename", "anna-hale", "anna", "--root", str(root)]) == 2
    assert "“anna-hale” is in content/tables/people.csv, row 2. Change it there" in capsys.readouterr().err
    assert cli.main(["check", "--fix", "--root", str(root)]) == 0


QUOTES = "id,quote,speaker,source,said\nq,It burns,Ann Lee,Gazette,2024-03-08\nr,It is out,Bo Ek,Gazette,2024-03-09\n"


def test_a_table_of_quotes_is_an_explainer_at_every_build(root):
    write(root, "tables/said.csv", QUOTES)
    write(root, "tables/said.yaml", "kind: quotes\nexplainer:\n  title: What was said\n  published: 2024-03-10\n")
    look_again = seen(root)
    site = look_again.site
    assert [problem.code for problem in look_again.diagnostics] == []
    assert site.explainers["said"].title == "What was said"
    quote = site.quotes["said", "r"]
    assert (quote.segments, quote.speakers, quote.via, quote.said.date.edtf, quote.in_body) == (
        ("It is out",),
        ("bo-ek",),
        ("gazette",),
        "2024-03-09",
        False,
    )
    write(root, "tables/said.yaml", "kind: quotes\nexplainer:\n  title: What was said\n  published: 2024-03-10\n  odd: 1\n")
    assert [
        message
        for message in told(root)
        if message.startswith("content/tables/said.yaml: A record of the kind “explainer” has no key “odd”")
    ]
    write(root, "tables/said.yaml", "kind: quotes\nexplainer:\n  title: What was said\n  published: 2024-03-10\n")
    build(Options(root, root / "site", jobs=1))
    write(root, "tables/said.csv", QUOTES.replace("It is out", "It is still burning"))
    build(Options(root, root / "site", jobs=1))
    again = files(root / "site")
    assert b"still burning" in again["actors/bo-ek/index.html"]
    build(Options(root, root / "clean", jobs=1, cache=False))
    assert {name: data for name, data in again.items() if name.endswith(".html")} == {
        name: data for name, data in files(root / "clean").items() if name.endswith(".html")
    }


def test_a_table_of_quotes_gets_ids_and_a_draft_and_none_where_an_explainer_has_its_name(root, capsys):
    path = write(root, "tables/said.csv", QUOTES.replace("id,", "").replace("q,It", "It").replace("r,It", "It"))
    assert cli.main(["import", str(path), "--root", str(root), "--title", "Said so"]) == 0
    assert (
        path.read_text()
        == "quote,speaker,source,said,id\nIt burns,Ann Lee,Gazette,2024-03-08,it-burns\nIt is out,Bo Ek,Gazette,2024-03-09,it-is-out\n"
    )
    kept = path.with_suffix(".yaml").read_text()
    assert kept.endswith(
        'kind: quotes\nexplainer:\n  title: "Said so"\n  status: draft                     # delete this line to publish\n'
    )
    assert "said" not in seen(root).site.explainers
    assert cli.main(["import", str(path), "--root", str(root)]) == 0
    assert path.with_suffix(".yaml").read_text() == kept
    taken = write(root, "tables/a.csv", QUOTES)
    assert cli.main(["import", str(taken), "--root", str(root)]) == 1
    assert "there is an explainer “a”" in capsys.readouterr().err
