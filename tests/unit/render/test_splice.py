"""Files of all records of a site: written from pieces, they are what they are when they are written whole, whoever has changed what."""

import shutil

import pytest

from builder import output as output_files
from builder.build.pipeline import Options, build
from builder.content import reading
from builder.formats import ENCODERS
from builder.pages import data_records
from builder.render.splice import form_and_kinds

pytestmark = pytest.mark.slow

QUOTES = "data/quotes.csv"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(reading.STARTER, tmp_path / "it")
    return tmp_path / "it"


def made(root, output):
    report = build(Options(root, output, jobs=1))
    assert report.plan is not None, report.diagnostics
    return report


def edit(root):
    file = root / "content/explainers/winter-ferry.md"
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Again, ", 1), "utf-8")


def whole(root, output):
    """Return the files below `data/` as a clean build makes them."""
    build(Options(root, output, jobs=1, cache=False))
    return {path.name: path.read_bytes() for path in (output / "data").iterdir() if path.is_file()}


def test_what_is_composed_is_what_an_encoder_writes(root, tmp_path):
    seen = made(root, tmp_path / "out").loaded
    composed = [page for page in seen.pages if form_and_kinds(page, seen.site) is not None]
    assert {page.template for page in composed} >= {
        "quotes.csv",
        "actors.csv",
        "events.csv",
        "sources.csv",
        "entities.ftm.json",
        "data.json",
    }
    for page in composed:
        assert (tmp_path / "out" / page.output).read_bytes() == ENCODERS[page.template](page.view), page.output


def test_after_an_edit_the_rest_is_taken_from_the_file_as_it_was(root, tmp_path, monkeypatch):
    made(root, tmp_path / "out")
    edit(root)
    asked = []
    honest = output_files.read_intact
    monkeypatch.setattr(output_files, "read_intact", lambda output, manifest, path: asked.append(path) or honest(output, manifest, path))
    again = []
    keys, make = data_records.RECORDS["actors"]
    monkeypatch.setitem(data_records.RECORDS, "actors", (keys, lambda site, key: again.append(key) or make(site, key)))
    made(root, tmp_path / "out")
    assert QUOTES in asked
    assert not again, "no actor's record has the title of an explainer in it"
    found = {path.name: path.read_bytes() for path in (tmp_path / "out/data").iterdir() if path.is_file()}
    assert found == whole(root, tmp_path / "clean")


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[:-9], lambda data: data.replace(b"Ottoline", b"Somebody"), lambda _: b""],
    ids=["cut", "other words", "empty"],
)
def test_a_file_that_somebody_has_changed_is_written_whole(spoil, root, tmp_path):
    made(root, tmp_path / "out")
    file = tmp_path / "out" / QUOTES
    file.write_bytes(spoil(file.read_bytes()))
    edit(root)
    report = made(root, tmp_path / "out")
    assert QUOTES in {step.path for step in report.plan.write}
    assert file.read_bytes() == whole(root, tmp_path / "clean")["quotes.csv"]


def test_a_site_without_quotes_has_no_list_of_them(tmp_path):
    root = tmp_path / "it"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: A site\nlanguage: en\n", "utf-8")
    made(root, tmp_path / "out")
    assert b'"quotes"' not in (tmp_path / "out/data/quotes.json").read_bytes()
