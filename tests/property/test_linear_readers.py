"""Each reader of text takes time that grows with its length alone, whatever it is made of: counted in calls of functions.

What reads text belongs into `READERS`: every importer and every target of the fuzzer is asked for there.
"""

import contextlib
import io
import json
import zipfile
from html import escape

import pytest

from builder import dates, linking, urls
from builder.build.load import Options, load_site
from builder.content import markup, secrets
from builder.content.parse import parse
from builder.drafting import as_data, draft_of, read
from builder.exporting import EXPORTERS, select_all
from builder.i18n import language
from builder.importing import ImportInput, ImportOptions
from builder.importing.formats import FORMATS
from builder.importing.importer_types import File, ImportProblem
from builder.model import Settings
from tests.fuzz.targets import TARGETS
from tests.property.test_linear import HEAD, calls

TEXTS = (
    "[",
    "{{",
    "![",
    "a{",
    '"a" ',
    "“a ",
    "said ",
    "Monday 3 March 2021 ",
    "2021-13-45 ",
    "Anna Hale, ",
    "<b ",
    "&",
    "*a **b ",
    "- a\n",
    "a?\n\n",
    "a@b.",
    "http://",
    "\\'e",
    "e\u0301",
    "漢。",
)
SHORT, TIMES = 400, 4


def _as_text(before, behind=""):
    return lambda text: f"{before}{text}{behind}".encode()


def _as_csv(row):
    return lambda text: row.replace("{}", '"' + text.replace('"', '""') + '"').encode()


def _as_json(shape):
    return lambda text: json.dumps(shape).replace('"?"', json.dumps(text)).encode()


def _packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _as_word(text):
    package, office = "http://schemas.openxmlformats.org/package/2006", "http://schemas.openxmlformats.org/officeDocument/2006"
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{words}"><w:body><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:body></w:document>',
        }
    )


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def _as_office(text):
    body = f"<office:body><office:text><text:p>{escape(text)}</text:p></office:text></office:body>"
    spaces = f'xmlns:office="{_OPEN}:office:1.0" xmlns:text="{_OPEN}:text:1.0"'
    return _packed({"content.xml": f"<office:document-content {spaces}>{body}</office:document-content>"})


_ANNOTATION = {"exact": "?", "type": "TextQuoteSelector"}
_FILES = {
    "bibtex": ("f.bib", _as_text("@article{a, title={", "}, year=2020, author={Lee}}\n")),
    "ris": ("f.ris", _as_text("TY  - JOUR\nTI  - ", "\nER  - \n")),
    "zotero": ("f.csv", _as_csv("Key,Item Type,Title,Author,Date,Abstract Note\nA,book,{},Lee,2020,{}\n")),
    "csl-json": ("f.json", _as_json([{"id": "a", "type": "book", "title": "?", "issued": {"raw": "?"}}])),
    "annotations": (
        "f.json",
        _as_json({"type": "Annotation", "target": {"source": "https://example.org/", "selector": _ANNOTATION}, "bodyValue": "?"}),
    ),
    "followthemoney": ("f.ftm.json", _as_json({"id": "a", "schema": "Person", "properties": {"name": ["?"], "birthDate": ["?"]}})),
    "littlesis": (
        "f.json",
        _as_json({"data": [{"type": "entities", "id": 1, "attributes": {"name": "?", "blurb": "?", "primary_ext": "Person"}}]}),
    ),
    "popolo": ("f.json", _as_json({"persons": [{"id": "a", "name": "?", "biography": "?"}]})),
    "wikidata": (
        "f.json",
        _as_json({"entities": {"Q1": {"type": "item", "id": "Q1", "labels": {"en": {"language": "en", "value": "?"}}, "claims": {}}}}),
    ),
    "timelinejs": ("f.json", _as_json({"events": [{"start_date": {"year": "2020"}, "text": {"headline": "?", "text": "?"}}]})),
    "ics": ("f.ics", _as_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20200101\r\nSUMMARY:", "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")),
    "markwhen": ("f.mw", _as_text("2020-01-01: ", "\n")),
    "dated-list": ("f.md", _as_text("- 2020-01-01: a\n- 2020-01-02: ", "\n")),
    "csv": ("f.csv", _as_csv("date,headline\n2020-01-01,a\n2020-01-01,{}\n")),
    "docx": ("f.docx", _as_word),
    "odt": ("f.odt", _as_office),
    "html": ("f.html", _as_text("<html><head><title>t</title></head><body><article><p>", "</p></article></body></html>")),
    "notes": ("f.md", _as_text("# T\n\n")),
    "yaml": ("f.yaml", _as_text("- date: 2020-01-01\n  title: a\n- ")),
    "json": ("f.json", _as_json([{"date": "2020-01-01", "title": "?"}])),
}
_AS_ANOTHER = {"sheet": "csv"}
"""Importers whose cells or texts another one reads."""


def _imported(name):
    importer = next(format_ for format_ in FORMATS if format_.name == name)
    path, written = _FILES[name]

    def reader(text):
        data = written(text)
        return lambda: importer.read(ImportInput(path, (File(path, data),)), ImportOptions())

    return reader


def _of_dates(text):
    def all_of_them():
        for part in (text, text[:40], *text.split()):
            with contextlib.suppress(dates.DateProblem):
                dates.parse(part)

    return all_of_them


def _front_matter(text):
    rows = "\n".join(f"  - {row}" for row in text.splitlines())
    return lambda: parse("content/explainers/a.md", f"{HEAD}timeline:\n{rows}\n---\nA.\n".encode())


READERS = {
    **{f"import of {name}": _imported(name) for name in _FILES},
    "document": lambda text: lambda: parse("content/explainers/a.md", f"{HEAD}---\n{text}\n".encode()),
    "block": _front_matter,
    "body": lambda text: lambda: markup.read(text, path="a.md"),
    "date": _of_dates,
    "quote": lambda text: lambda: parse("content/explainers/a.md", f"{HEAD}quotes:\n  - z: It holds\n---\nIt holds {text}\n".encode()),
    "weekdays": lambda text: lambda: list(dates.find_weekdays(f"3 {text}")),
    "article": lambda text: lambda: as_data(draft_of(read(f"# T\n\n{text}\n", name="a.md"), dates.parse("2024-03-03"))),
    "page of the web": lambda text: lambda: draft_of(read(f"<html><body><h1>t</h1><p>{text}</p></body></html>", name="a.html")),
    "ids": lambda text: lambda: urls.slug(text),
    "secrets": lambda text: lambda: secrets.masked(text),
}
_ONLY_LINEAR_TO = 6
"""Times the calls for four times the text: time that grows with the square would be sixteen."""


def test_every_importer_and_every_target_of_the_fuzzer_is_counted():
    assert {format_.name for format_ in FORMATS} == _FILES.keys() | _AS_ANOTHER.keys()
    assert TARGETS.keys() <= READERS.keys()


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_is_four_times_the_work_of_a_reader(name):
    def work(part, size):
        read_it = READERS[name]((part * (size // len(part) + 1))[:size])

        def done():
            with contextlib.suppress(ImportProblem):
                read_it()

        return calls(done)

    for part in TEXTS:
        work(part, 100)  # the first time, much is loaded
        assert work(part, SHORT * TIMES) < _ONLY_LINEAR_TO * work(part, SHORT) + 3_000, part


SLOW_ONCE = {
    ("import of html", "<table><tr><td>"): 8,
    ("import of markwhen", "[a]("): 25_000,
    ("import of csl-json", "<b "): 60_000,
    ("import of notes", "<script>"): 25_000,
    ("import of notes", "<a href=x>"): 10_000,
}
"""What a pattern does calls no function, so these would time out here; a table in a cell was read once more for each table around it."""


@pytest.mark.parametrize("name, part", SLOW_ONCE)
def test_what_was_read_anew_at_every_sign_is_read_once(name, part):
    times = SLOW_ONCE[name, part]
    with contextlib.suppress(ImportProblem):
        assert calls(READERS[name](part * times)) < 2_000_000


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_four_times_the_text_is_four_times_the_work_of_an_exporter(exporter):
    def work(part, size):
        text = (part * (size // len(part) + 1))[:size]
        front = f"{HEAD}actors: {{z: Ann Lee}}\nsources: {{s: {{title: Sale, publisher: Lantern}}}}\nquotes:\n  - z: It holds\ntimeline: [{{2020-01-01: The sale}}]\n"
        document = parse("content/explainers/a.md", f"{front}---\n“It holds,” said Ann Lee.\n\n{text}\n".encode())
        site, _ = linking.link(Settings(title="T", base_url="https://example.org/"), language.load("en"), (document,), drafts=True)
        return calls(lambda: exporter.write(select_all(site)))

    for part in ("a\n\n", "[a](http://example.org/) ", "- a\n", "“a” ", "|a|\n|-|\n"):
        work(part, 100)
        most = _ONLY_LINEAR_TO * work(part, SHORT) + 3_000
        assert work(part, SHORT * TIMES) < most, part


MANY = {
    "unknown speakers": lambda n: "quotes:\n" + "".join(f"  - nobody{m}: some words {m}\n" for m in range(n)),
    "unknown speakers beside as many actors": lambda n: (
        "actors:\n"
        + "".join(f"  a{m}: Name Number{m}\n" for m in range(n))
        + "quotes:\n"
        + "".join(f"  - b{m}: words {m}\n" for m in range(n))
    ),
    "wrong dates": lambda n: "timeline:\n" + "".join(f"  - 2021-13-{m % 90}: Thing {m}\n" for m in range(n)),
}


@pytest.mark.parametrize("kind", MANY)
def test_problems_of_one_kind_take_time_that_grows_with_their_number(kind, tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("format: 1\ntitle: T\n")

    def work(n):
        (tmp_path / "content/explainers/a.md").write_text(f"{HEAD}{MANY[kind](n)}---\nText.\n", "utf-8")
        return calls(lambda: load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)))

    work(3)
    # From 200 on, nothing near is looked for any more.
    assert work(800) < _ONLY_LINEAR_TO * work(200)
