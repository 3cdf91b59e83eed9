"""Templates that can be read: short lines, and conditions that the view has decided."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_house import ROOT, names

LONGEST_LINE, LONGEST_CONDITION, MOST_TERMS = 160, 100, 2
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".xml", ".txt"})
_BLOCK = re.compile(r"\{%-?\s*(?:el)?if\s(.*?)-?%\}", re.DOTALL)
_INLINE = re.compile(r"(?:\{\{|\{%)(?:(?!\}\}|%\}).)*?\sif\s((?:(?!\}\}|%\}|\selse\s).)*)", re.DOTALL)


_TEXTS = re.compile(r'"[^"]*"')


def terms(condition):
    return 1 + len(re.findall(r"\b(?:and|or)\b", _TEXTS.sub("", condition)))


def conditions(text):
    return sorted({" ".join(found[1].split()) for pattern in (_BLOCK, _INLINE) for found in pattern.finditer(text)})


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_template_has_short_lines_and_short_conditions(path: Path):
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []
    assert [condition for condition in conditions(text) if len(condition) > LONGEST_CONDITION or terms(condition) > MOST_TERMS] == [], (
        "decide it in the view"
    )


def test_terms_are_counted_outside_of_texts():
    assert [terms(condition) for condition in ("a", 'a and "b or c"', "a and (b or not c)")] == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["{% if a and b %}", "{%- elif a\n  and b -%}", "{{ x if a and b else y }}", "{% for x in y if a and b %}"]
)
def test_condition_is_found(text):
    assert conditions(text) == ["a and b"]
