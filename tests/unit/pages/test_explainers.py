"""The head of an explainer: whose reports it rests on, and the signs that lead to notes."""

import pytest

from tests.unit.pages.test_in_short import view_of


@pytest.mark.parametrize(
    "publishers, report",
    [
        ("A", "A, one report"),
        ("ABC", "3 reports (A, B, C)"),
        ("ABCBD", "5 reports (B, A, C and 1 more)"),
    ],
)
def test_the_head_names_those_with_most_reports(publishers, report):
    sources = "".join(f"  s{n}: {{publisher: {publisher}, title: T{n}}}\n" for n, publisher in enumerate(publishers))
    assert view_of(f"sources:\n{sources}").report == report


@pytest.mark.parametrize("mode, body, signs", [("direct", "“It sank,” says Mina.", ("”",)), ("indirect", "It sank, says Mina.", ("†",))])
def test_the_signs_that_lead_to_notes_are_named(mode, body, signs):
    text = body.partition(",")[0].strip("“")
    front = f"actors: {{mina: Mina}}\nquotes:\n  - {{speaker: mina, text: {text}, mode: {mode}}}\n"
    assert view_of(front, body).note_signs == signs
    assert view_of("", body).note_signs == ()
