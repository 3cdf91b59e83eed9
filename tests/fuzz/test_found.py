"""What the fuzzer once found is right now, and its targets take our own content."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import NAMES, seeds
from tests.fuzz.targets import TARGETS

FOUND = sorted(path for path in (Path(__file__).parent / "found").glob("*/*") if path.is_file())


def test_the_fuzzer_knows_every_target():
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_target_takes_what_the_fuzzer_begins_with(name):
    beginnings = list(seeds(name))
    assert len(beginnings) > 10
    for data in beginnings:
        TARGETS[name](data)


def test_what_was_found_once_is_right():
    assert FOUND
    for path in FOUND:
        TARGETS[path.parent.name](path.read_bytes())
