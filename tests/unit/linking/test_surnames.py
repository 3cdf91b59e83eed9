"""Which word of a person’s name is a link by itself."""

import pytest

from builder.diagnostics import Location
from builder.i18n.language import load
from builder.linking import surnames
from builder.model import Actor


@pytest.mark.parametrize(
    "name, given, surname",
    [
        ("Ann Lee", "Ann", "Lee"),
        ("Ursula von der Leyen", "Ursula", "von der Leyen"),
        ("Ann Lee Jr.", "Ann", "Lee"),
        ("Xi Jinping", "Jinping", "Xi"),
        ("Kim Jong-un", "Jong-un", "Kim"),
        ("Abe Shinzo", "Shinzo", "Abe"),
        ("Orbán Viktor", "Viktor", "Orbán"),
        ("Viktor Orbán", "Viktor", "Orbán"),
        ("Li Wei", "Li", ""),
        ("Nguyen Phu Trong", "Nguyen", ""),
        ("Ann Xi", "Ann", ""),
        ("Brack", "Brack", ""),
    ],
)
def test_a_surname_is_the_word_that_lists_of_names_tell(name, given, surname):
    actor = Actor(id="x", name=name, location=Location("a.md"))
    assert surnames.surname_of(actor, load("en")) == surname
    assert surnames.divided(actor).given == given
