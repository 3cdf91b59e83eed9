"""References as sources: each field of an entry is in its record, or told with its place."""

import json

import pytest

from builder import cli
from builder.importing import ImportInput, ImportOptions, ImportProblem, Question, find
from builder.importing.importer_types import File


def made(name, data):
    given = ImportInput(name, (File(name, data.encode() if isinstance(data, str) else data),))
    return find(given).read(given, ImportOptions(today="2026-01-02"))


def records(found):
    return [(record.id, record.fields, record.body) for record in found.records]


BIBTEX = r"""@comment{jabref-meta: saved}
@string{gaz = "Harbour Gazette"}
@article{hale2024,
  author = {Hale, Anna and {The Patience Line} and Otto von Brack and others},
  title = {The {Ferry} in {\"O}sterreich \& beyond},
  subtitle = {A report},
  journal = gaz, year = 2024, month = mar, day = 8,
  volume = 3, pages = {1--4}, publisher = {Gullhaven Press},
  url = {https://example.org/a\_b%20c}, doi = {10.1000/x_1}, urldate = {2024-03-09},
  langid = {ngerman}, note = {A copy}, abstract = {100\% of it.}, file = {papers/a.pdf}, keywords = {ferry}
}
@book{broken, title = {No end
@misc{twice, title={B}, title={C}}
@online{caesar, editor = {Brack, Otto}, title = {Ides}, date = {-0043-03-15}, doi = {https://doi.org/10.1000/y}}
@misc{empty, volume = 3}
"""


def test_every_field_of_bibtex_is_taken_or_told():
    found = made("library.bib", BIBTEX)
    assert records(found) == [
        (
            "hale2024",
            {
                "title": "The Ferry in Österreich & beyond: A report",
                "publisher": "Harbour Gazette",
                "authors": ["Anna Hale", "The Patience Line", "Otto von Brack", "et al."],
                "url": "https://example.org/a_b%20c",
                "published": "2024-03-08",
                "accessed": "2024-03-09",
                "lang": "de",
                "note": "A copy",
                "x_type": "article",
                "x_volume": "3",
                "x_pages": "1–4",
                "x_publisher": "Gullhaven Press",
                "x_keywords": "ferry",
                "x_doi": "10.1000/x_1",
            },
            "100% of it\\.",
        ),
        (
            "caesar",
            {
                "title": "Ides",
                "authors": ["Otto Brack"],
                "url": "https://doi.org/10.1000/y",
                "published": "-0043-03-15",
                "x_type": "online",
            },
            "",
        ),
    ]
    told = [str(note) for note in found.import_notes]
    for words in (
        "line 12: an entry was left out, which is broken",
        "line 13: an entry was left out, which is broken: Duplicate field keys",
        "line 1: a comment was left out: “jabref-meta: saved”",
        "line 3 (hale2024): “file” was left out: “papers/a.pdf”",
        "line 15 (empty): it was left out, since it has neither a title",
        "line 14 (caesar): its editors stand as its authors: “Otto Brack”",
    ):
        assert any(message.startswith(words) for message in told), (words, told)
    assert len(told) == 6


CSL = [
    {
        "id": "hale2024",
        "type": "article-newspaper",
        "title": "The <i>Ferry</i>",
        "container-title": "Harbour Gazette",
        "publisher": "Gullhaven Press",
        "author": [{"family": "Brack", "given": "Otto", "non-dropping-particle": "von"}, {"literal": "The Patience Line"}],
        "editor": [{"family": "Hale", "given": "Anna"}],
        "issued": {"date-parts": [[2024, 3, 8]]},
        "accessed": {"date-parts": [["2024", "3", "9"]]},
        "URL": "https://example.org/a",
        "DOI": "10.1000/x",
        "language": "en-GB",
        "abstract": "Of it.",
        "note": "A copy",
        "page": "1-4",
        "custom": {"a": 1},
    },
    {"id": 7, "title": "Ides", "issued": {"date-parts": [[-44, 3, 15]]}},
    {"id": "b", "title": "Season", "issued": {"date-parts": [[2024]], "season": 2}},
    {"id": "c", "title": "About", "issued": {"date-parts": [[1850]], "circa": True}},
    {"id": "d", "title": "Span", "issued": {"date-parts": [[2014], [2022]]}},
    {"id": "e", "title": "Raw", "issued": {"raw": "8 March 2024"}},
    {"id": "f", "title": "Odd", "issued": {"raw": "long ago"}},
    "no reference",
]


def test_every_field_of_csl_json_is_taken_or_told():
    found = made("library.json", json.dumps(CSL))
    (first, *rest) = records(found)
    assert first == (
        "hale2024",
        {
            "title": "The Ferry",
            "publisher": "Harbour Gazette",
            "authors": ["Otto von Brack", "The Patience Line"],
            "url": "https://example.org/a",
            "published": "2024-03-08",
            "accessed": "2024-03-09",
            "lang": "en-GB",
            "note": "A copy",
            "x_type": "article-newspaper",
            "x_publisher": "Gullhaven Press",
            "x_editor": "Anna Hale",
            "x_page": "1-4",
            "x_doi": "10.1000/x",
        },
        "Of it\\.",
    )
    assert [fields.get("published") for _, fields, _ in rest] == ["-0043-03-15", "2024-22", "1850~", "2014/2022", "2024-03-08", None]
    assert [str(note) for note in found.import_notes] == [
        "entry 1 (hale2024): “custom” was left out: “{'a': 1}”",
        "entry 8: it was left out, since it is no reference: “no reference”",
        "entry 7 (f): “published” was left out, since it is no date that could be read: “long ago”",
    ]


RIS = """TY  - NEWS
ID  - hale2024
TI  - The ferry
AU  - Hale, Anna
A1  - Brack, Otto
PY  - 2024
DA  - 2024/03/08/
JO  - Harbour Gazette
PB  - Gullhaven Press
UR  - https://example.org/a
DO  - 10.1000/x
LA  - en
AB  - Of it,
and more.
KW  - ferry
KW  - council
SP  - 1
EP  - 4
N1  - ring the lawyer
Y2  - 2024/03/09
ER  -
stray words
TY  - GEN
TI  - No end
"""


def test_every_field_of_ris_is_taken_or_told():
    found = made("library.ris", RIS)
    first, second = records(found)
    assert first == (
        "hale2024",
        {
            "title": "The ferry",
            "publisher": "Harbour Gazette",
            "authors": ["Anna Hale", "Otto Brack"],
            "url": "https://example.org/a",
            "published": "2024-03-08",
            "accessed": "2024-03-09",
            "lang": "en",
            "x_type": "NEWS",
            "x_publisher": "Gullhaven Press",
            "x_keywords": "ferry; council",
            "x_first_page": "1",
            "x_last_page": "4",
            "x_doi": "10.1000/x",
        },
        "Of it, and more\\.",
    )
    assert second[1] == {"title": "No end", "x_type": "GEN"}
    assert [str(note) for note in found.import_notes] == [
        "line 1: “N1” was left out, since it is a note or file of your own: “ring the lawyer”",
        "line 22: it was left out, since it stands in no reference: “stray words”",
        "line 23: the reference has no end (ER)",
    ]


ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","Publisher","DOI","Url","Abstract Note","Date","Access Date","Language","Pages","Notes","Date Added"\n'
    '"AB12","newspaperArticle","2024","Hale, Anna; Brack, Otto","The ferry","Harbour Gazette","Gullhaven Press","","https://example.org/a","Of it.","2024-03-08","2024-03-09 10:00:00","en","1-4","ring the lawyer","2024-03-10"\n'
    '"CD34","book","1850","","Harbour","","Press","10.1000/x","","","","","","","",""\n'
)


def test_every_column_of_zotero_is_taken_or_told():
    found = made("export.csv", ZOTERO)
    assert records(found) == [
        (
            "AB12",
            {
                "title": "The ferry",
                "publisher": "Harbour Gazette",
                "authors": ["Anna Hale", "Otto Brack"],
                "url": "https://example.org/a",
                "published": "2024-03-08",
                "accessed": "2024-03-09",
                "lang": "en",
                "x_item_type": "newspaperArticle",
                "x_pages": "1-4",
                "x_publisher": "Gullhaven Press",
            },
            "Of it\\.",
        ),
        (
            "CD34",
            {"title": "Harbour", "publisher": "Press", "url": "https://doi.org/10.1000/x", "published": "1850", "x_item_type": "book"},
            "",
        ),
    ]
    assert sorted(str(note) for note in found.import_notes) == [
        "row 1: the column “Date Added” was left out: 1 cell, the first in row 2: “2024-03-10”",
        "row 1: the column “Notes” was left out: 1 cell, the first in row 2: “ring the lawyer”",
    ]


@pytest.mark.parametrize("name, data", [("a.ris", "nothing"), ("a.json", '[{"issued": '), ("b.json", '"issued"')])
def test_what_is_no_list_of_references_is_refused(name, data):
    given = ImportInput(name, (File(name, data.encode()),))
    reader = find(given)
    if reader is not None:
        with pytest.raises(ImportProblem, match=r"^it is no"):
            reader.read(given, ImportOptions())


def test_references_become_files_and_the_site_builds(tmp_path, capsys):
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\n")
    for name, data in (
        ("l.bib", BIBTEX),
        ("l.ris", RIS.replace("hale2024", "other").replace("example.org/a", "example.org/b")),
        ("l.csv", ZOTERO.replace("example.org/a", "example.org/c").replace("1000/x", "1000/z")),
    ):
        (tmp_path / name).write_text(data)
    args = [str(tmp_path / name) for name in ("l.bib", "l.ris", "l.csv")]
    assert cli.main(["import", *args, "--root", str(root)]) == cli.FINE
    text = (root / "content/sources/hale2024.md").read_text()
    assert text.startswith('---\ntitle: "The Ferry in Österreich & beyond: A report"\n')
    assert cli.main(["build", "--drafts", "--root", str(root), "--jobs", "1"]) == cli.FINE
    (tmp_path / "m.bib").write_text("@misc{m, title={The same}, url={https://example.org/a\\_b%20c}}")
    assert cli.main(["import", str(tmp_path / "m.bib"), "--root", str(root)]) == cli.PROBLEMS
    assert "is “hale2024” of the site, by https://example.org/a_b%20c" in capsys.readouterr().err
    assert cli.main(["import", str(tmp_path / "m.bib"), "--same", "apart", "--root", str(root)]) == cli.FINE


# --- dates that may be read in two ways ------------------------------------------------

RAW = '[{"id": "a", "title": "A", "issued": {"raw": "03/04/2021"}}, {"id": "b", "title": "B", "issued": {"raw": "%s"}}]'


def test_a_raw_date_is_asked_about_unless_another_proves_the_order():
    def published(other, **wishes):
        given = ImportInput("refs.json", (File("refs.json", (RAW % other).encode()),))
        return [record.fields["published"] for record in find(given).read(given, ImportOptions(**wishes)).records]

    assert published("13/04/2021") == ["2021-04-03", "2021-04-13"]
    assert published("2020", dates="mdy") == ["2021-03-04", "2020"]
    with pytest.raises(Question, match="the date “03/04/2021” of entry 1") as asked:
        published("2020")
    assert (asked.value.option, asked.value.answers) == ("--dates", ("dmy", "mdy"))


@pytest.mark.parametrize(
    "name, data, title",
    [
        ("a.bib", r"@misc{a, title={10\textsuperscript{6} of H\textsubscript{2}O}, year=2020}", "10⁶ of H₂O"),
        (
            "a.json",
            '[{"id": "a", "type": "book", "title": "10<sup>6</sup> of <i>H<sub>2</sub>O</i>", "issued": {"raw": "2020"}}]',
            "10⁶ of H₂O",
        ),
    ],
)
def test_figures_of_a_title_that_are_raised_stay_so(name, data, title):
    assert made(name, data).records[0].fields["title"] == title


@pytest.mark.parametrize(
    "issued, published",
    [
        ({"date-parts": [[2020], [2021]], "circa": True}, "2020~/2021~"),
        ({"literal": "March 1900", "circa": 1}, "1900-03~"),
        ({"date-parts": [[2020]], "circa": False}, "2020"),
    ],
)
def test_what_csl_dates_about_is_dated_about(issued, published):
    found = made("a.json", json.dumps([{"id": "a", "type": "book", "title": "T", "issued": issued}]))
    assert found.records[0].fields["published"] == published


def test_what_stands_behind_a_name_in_ris_stays_behind_it():
    assert made("a.ris", "TY  - BOOK\nTI  - T\nAU  - Ray, Bo, Jr.\nER  - \n").records[0].fields["authors"] == ["Bo Ray, Jr."]


@pytest.mark.parametrize(
    "name, data, published, said",
    [
        ("a.ris", "TY  - BOOK\nTI  - A\nPY  - 1850///circa\nER  - \n", "1850~", ""),
        ("a.ris", "TY  - JOUR\nTI  - A\nDA  - 2020/05//Spring\nER  - \n", "2020-05", "“Spring” beside its date was left out"),
        ("a.bib", '@misc{a, title={A}, year=2019, month="8~" # mar}', "2019-03-08", ""),
        ("a.bib", '@misc{a, title={A}, year=2019, month=jun # "~12"}', "2019-06-12", ""),
        ("a.bib", "@misc{a, title={A}, year=2019, month={March~5}}", "2019-03-05", ""),
        ("a.bib", "@misc{a, title={A}, year=2019, month={after Easter}}", "2019", "only the year was kept"),
    ],
)
def test_of_a_date_as_much_is_kept_as_can_be_read(name, data, published, said):
    found = made(name, data)
    assert found.records[0].fields["published"] == published
    assert said in " ".join(map(str, found.import_notes))
    assert bool(said) == bool(found.import_notes)


def test_values_of_several_parts_are_joined_and_the_kind_of_an_entry_is_not_lost():
    (record,) = made(
        "a.bib",
        '@string{gaz = "Harbour Gazette"}@thesis{a, title={No # "1"}, journal=gaz # { Weekly} # " " # 2, type={PhD}, note=odd # {x}}',
    ).records
    assert record.fields == {
        "title": 'No # "1"',
        "publisher": "Harbour Gazette Weekly 2",
        "note": "oddx",
        "x_entry_type": "thesis",
        "x_type": "PhD",
    }


def test_the_time_of_an_access_in_ris_and_codes_in_titles_are_read():
    assert made("a.ris", "TY  - NEWS\nTI  - A\nY2  - 2024/03/10/12:11:10\nER  - \n").records[0].fields["accessed"] == "2024-03-10"
    found = made(
        "a.json", json.dumps([{"id": "a", "type": "article-newspaper", "title": "The <i>Sea</i> &amp; a <span class='nocase'>b</span>"}])
    )
    assert found.records[0].fields["title"] == "The Sea & a b"


def test_a_second_entry_of_one_key_is_a_source_of_its_own():
    found = made(
        "a.bib",
        "@misc{dup, title={One}, year=2018}\n@misc{dup, title={Two}, year=2019, month=mar}\n@book{ed, title={Three}, editor={Lee, Ann}}\n",
    )
    assert {(key, fields["title"], fields.get("published")) for key, fields, _ in records(found)} == {
        ("dup", "One", "2018"),
        ("dup-2", "Two", "2019-03"),
        ("ed", "Three", None),
    }
    assert [str(note) for note in found.import_notes] == [
        "line 2: its key “dup” is that of an entry above it, so it is “dup-2” here",
        "line 3 (ed): its editors stand as its authors: “Ann Lee”",
    ]


def test_commands_of_tex_that_nobody_knows_keep_their_words_and_dates_their_signs():
    found = made(
        "a.bib", r"@misc{a, title={{\LaTeX} \textit{in} \mkbibquote{use} \odd one, 5 \euro}, date={2020-05~/2021?}, url={example.org/x}}"
    )
    (record,) = found.records
    assert record.fields["title"] == r"LaTeX in use \odd one, 5 €"
    assert (record.fields["published"], record.fields["url"]) == ("2020-05~/2021?", "https://example.org/x")
    assert [str(note) for note in found.import_notes] == ["line 1 (a): “url”: “example.org/x” is taken as https://example.org/x"]


def test_a_date_of_ris_is_asked_about_as_it_is_written_and_of_two_addresses_one_is_told():
    text = "TY  - NEWS\nTI  - A\nDA  - {}\nUR  - https://example.org/a; https://example.org/b\nER  - \n"
    with pytest.raises(Question, match="“12/05/2020”"):
        made("a.ris", text.format("12/05/2020"))
    found = made("a.ris", text.format("25/05/2020"))
    assert (found.records[0].fields["url"], found.records[0].fields["published"]) == ("https://example.org/a", "2020-05-25")
    assert str(found.import_notes[0]) == "line 1: “url” was left out, since there is another: “https://example.org/b”"
