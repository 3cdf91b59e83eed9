"""What is said of a format that there is none of."""

import pytest

from builder import exporting, importing
from builder.cli.format_hints import unknown_format

EXPORTED = {exporter.name: exporter.about for exporter in exporting.EXPORTERS}
ENDINGS = {exporter.ending: exporter.name for exporter in reversed(exporting.EXPORTERS)}


@pytest.mark.parametrize(
    "word, meant",
    [
        ("word", "docx"),
        ("Word", "docx"),
        ("DOCX", "docx"),
        (".docx", "docx"),
        ("md", "markdown"),
        ("markdwn", "markdown"),
        ("calendar", "ics"),
        ("ical", "ics"),
        ("excel", "csv"),
        ("zotero", "csl-json"),
        ("references", "csl-json"),
        ("ftm", "followthemoney"),
        ("timeline", "timelinejs"),
    ],
)
def test_the_format_that_is_meant_is_named(word, meant):
    assert unknown_format(word, EXPORTED, ENDINGS).startswith(f"there is no format “{word}”. Did you mean “{meant}”")


@pytest.mark.parametrize("word", ["", "?", "(", "csw", "postscript", "the", "with", "an", "of", "3"])
def test_where_none_is_near_all_are_named(word):
    assert unknown_format(word, EXPORTED, ENDINGS) == f"there is no format “{word}”. There are: {', '.join(EXPORTED)}"


@pytest.mark.parametrize("word", ["word", "excel", "zotero"])
def test_what_is_imported_is_named_by_its_programs_too(word):
    assert "Did you mean" in unknown_format(word, {format_.name: format_.about for format_ in importing.FORMATS})
