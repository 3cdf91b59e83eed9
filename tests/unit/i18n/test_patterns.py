"""Expressions that are compiled when they are first used."""

import importlib
import re

import pytest

from builder.i18n import patterns

MODULES = [
    "content.anchoring.nearest",
    "content.anchoring.quote_normal_form",
    "linking.defaults",
    "diagnostics.characters",
    "content.markup.flanking",
    "content.mentions.addresses",
    "content.mentions.search_text",
    "content.mentions.affixes",
    "content.mentions.word_bounds",
    "model.descriptions",
    "content.quotations.pairing",
]


def test_it_does_what_a_compiled_one_does():
    late, compiled = patterns.late("(a)|b", re.IGNORECASE), re.compile("(a)|b", re.IGNORECASE)
    assert late.sub("x", "ABc") == compiled.sub("x", "ABc") == "xxc"
    assert (late.pattern, late.flags, late.groups, late.groupindex) == (compiled.pattern, compiled.flags, 1, {})
    assert [found[0] for found in late.finditer("abA")] == ["a", "b", "A"]
    with pytest.raises(AttributeError):
        late.nothing  # noqa: B018 - that it is not there is the point


@pytest.mark.parametrize("name", MODULES)
def test_every_late_one_can_be_compiled(name):
    module = importlib.import_module(f"builder.{name}")
    found = [value for value in vars(module).values() if isinstance(value, patterns.LatePattern)]
    assert found
    assert all(isinstance(pattern.flags, int) for pattern in found)
