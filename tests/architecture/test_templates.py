"""Templates that can be read: short lines, and conditions that the view has decided."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_house import ROOT, names

LONGEST_LINE, LONGEST_CONDITION = 160, 100
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".xml", ".txt"})
_BLOCK = re.compile(r"\{%-?\s*(?:el)?if\s(.*?)-?%\}", re.DOTALL)
_INLINE = re.compile(r"(?:\{\{|\{%)(?:(?!\}\}|%\}).)*?\sif\s((?:(?!\}\}|%\}|\selse\s).)*)", re.DOTALL)


def conditions(text):
    return sorted({" ".join(found[1].split()) for pattern in (_BLOCK, _INLINE) for found in pattern.finditer(text)})


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_template_has_short_lines_and_short_conditions(path: Path):
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []
    assert [condition for condition in conditions(text) if len(condition) > LONGEST_CONDITION] == [], "decide it in the view"


@pytest.mark.parametrize(
    "text", ["{% if a and b %}", "{%- elif a\n  and b -%}", "{{ x if a and b else y }}", "{% for x in y if a and b %}"]
)
def test_condition_is_found(text):
    assert conditions(text) == ["a and b"]
