"""The page sends the fields of its forms that the preview reads, and no others: each half has a list of its own."""

import re
from pathlib import Path
from typing import get_args

import msgspec

from builder.preview.annotating.annotation_form import AnnotationForm, SubmittedForm

SCRIPT = Path(__file__).resolve().parents[2] / "builder/preview/client/submission.js"
OF_EVERY_FORM = {"form"} | {field.name for field in msgspec.structs.fields(SubmittedForm)}
"""What is sent with any form: its kind, and what the page adds."""


def fields_of_script():
    """Kind of a form → the fields that the script sends; its lists may hold others (`...PASSAGE`)."""
    script = SCRIPT.read_text("utf-8")
    lists = {}

    def listed(words):
        found = []
        for spread, field in re.findall(r'\.\.\.(\w+)|"(\w+)"', words):
            found += lists[spread] if spread else [field]
        return found

    for name, words in re.findall(r"^const (\w+) = \[(.*)\];$", script, re.MULTILINE):
        lists[name] = listed(words)
    table = script.split("const FIELDS = {\n")[1].split("\n};")[0]
    rows = re.findall(r'^  "?([\w-]+)"?: (?:\[(.*)\]|(\w+)),$', table, re.MULTILINE)
    assert len(rows) == len(table.splitlines())
    return {kind: set(lists[name] if name else listed(words)) for kind, words, name in rows}


def test_the_page_sends_each_form_with_the_fields_that_the_preview_reads():
    read = {
        form.__struct_config__.tag: {field.name for field in msgspec.structs.fields(form)} - OF_EVERY_FORM
        for form in get_args(AnnotationForm)
    }
    assert fields_of_script() == read
