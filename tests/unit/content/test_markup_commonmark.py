"""The dialect stands on CommonMark 0.31.2: the bare renderer passes every example of the specification."""

import json
from pathlib import Path

import pytest

from builder.content import markup

EXAMPLES = json.loads((Path(__file__).parents[2] / "fixtures/commonmark/spec-0.31.2.json").read_text("utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['example']}-{example['section']}")
def test_an_example_of_the_specification(example):
    assert markup.bare(example["markdown"]) == example["html"]


def test_all_examples_are_there():
    assert len(EXAMPLES) == 652
