"""Files that are not what they say, or made to do harm: a clear refusal, and never a wrong result."""

import io
import zipfile

import pytest

from builder.importing import ImportInput, ImportOptions, ImportProblem, find
from builder.importing.importer_types import File

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PROTECTED = OLD + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3000


def package(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def read(name, data):
    given = ImportInput(name, (File(name, data),))
    found = find(given)
    assert found is not None
    return found.read(given, ImportOptions(today="2026-01-02"))


SEALED = package({"content.xml": b"\1\2", "META-INF/manifest.xml": b"<manifest:encryption-data/>"})
IN_UTF_16 = package({"word/document.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><d/>'.encode("utf-16")})
LONG = package({"word/document.xml": b"<w:t/>" * 1_600_000})


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.xlsx", PROTECTED, "protected by a password"),
        ("a.docx", PROTECTED, "protected by a password"),
        ("a.odt", SEALED, "protected by a password"),
        ("a.ods", SEALED, "protected by a password"),
        ("a.doc", OLD, "of the old kind"),
        ("a.docx", IN_UTF_16, "declares entities"),
        ("a.docx", LONG, "far longer than an article"),
        ("a.xlsx", b"Date,Event\n2024-03-08,Vote\n", "it is text"),
        ("a.xls", b"<html><table></table></html>", "it is text"),
        ("a.md", b" \n", "has no text"),
        ("a.md", b"x" * 5_000_001, "too large"),
        ("a.html", b"<div>" * 4001 + b"x", "far deeper"),
    ],
)
def test_a_file_that_is_no_article_or_table_is_refused(name, data, said):
    with pytest.raises(ImportProblem, match=said):
        read(name, data)


def test_paragraphs_without_ends_are_not_deep():
    assert read("a.html", b"<body>" + b"<p>Words <b>here</b><li>more" * 4100).articles


def test_a_package_is_known_by_its_parts_under_any_name():
    assert find(ImportInput("export", (File("export", package({"xl/workbook.xml": b""})),))).name == "sheet"
    assert find(ImportInput("a.zip", (File("a.zip", package({"word/document.xml": b""})),))).name == "docx"


def test_a_link_made_by_a_formula_behind_a_title_is_a_source():
    made = read("a.csv", b'Date,Event\n2024-03-08,"=HYPERLINK(""https://example.org/a"",""The vote"")"\n')
    source, event = (record.fields for record in made.records)
    assert (source, event["title"]) == ({"url": "https://example.org/a"}, "The vote")
