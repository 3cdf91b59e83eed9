"""Whether the words that describe a source are of one person or of several."""

import pytest

from builder.model.descriptions import is_of_one, is_of_several, reads_as_one


@pytest.mark.parametrize(
    "words, several, single, reads",
    [
        ("an official", False, True, True),
        ("a senior official  in the ministry", False, True, True),
        ("eine Beamtin", False, True, True),
        ("one clerk", False, True, True),
        ("an official, who knows", False, False, True),
        ("a mechanic at the works", False, False, True),
        ("officials", True, False, False),
        ("the officials", True, False, False),
        ("people in the hall", True, False, False),
        ("two clerks of the hall", True, False, False),
        ("A few aides", True, False, False),
        ("several", True, False, False),
        ("a couple of aides", True, False, False),
        ("a crowd", False, False, False),
        ("an official and a diplomat", False, False, False),
        ("an official or a clerk", False, False, True),
        ("a clerk/judge", False, False, True),
        ("official", False, False, False),
        ("a", False, False, False),
        ("", False, False, False),
    ],
)
def test_of_how_many_a_description_is(words, several, single, reads):
    assert (is_of_several(words), is_of_one(words), reads_as_one(words)) == (several, single, reads)
